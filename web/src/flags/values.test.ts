import assert from "node:assert/strict";
import { test } from "node:test";
import { valueTexts } from "../texts/flagEditing.ts";
import { canonical, faultsOfValues, parseValue, typeOf, writeValue } from "./values.ts";

test("typeOf: values of one type: is that type", () => {
  assert.equal(typeOf([true, false]), "boolean");
  assert.equal(typeOf(["a", ""]), "string");
  assert.equal(typeOf([0, 1.5]), "number");
});

test("typeOf: values of several types, or of none of these: is JSON", () => {
  assert.equal(typeOf([1, "a"]), "json");
  assert.equal(typeOf([null, {}]), "json");
});

test("parseValue: what writeValue has written: comes back", () => {
  for (const value of [true, "", "two words", -0.5, { a: [1, null] }, [], null]) {
    const type = typeOf([value]);
    assert.deepEqual(parseValue(type, writeValue(type, value)), { value });
  }
});

test("parseValue: text that is nothing of the type: is told", () => {
  assert.deepEqual(parseValue("number", "1O"), { fault: valueTexts.noNumber });
  assert.deepEqual(parseValue("number", '"1"'), { fault: valueTexts.noNumber });
  assert.deepEqual(parseValue("number", " "), { fault: valueTexts.missing });
  assert.deepEqual(parseValue("json", "{a: 1}"), { fault: valueTexts.noJson });
  assert.deepEqual(parseValue("boolean", "yes"), { fault: valueTexts.noBoolean });
});

test("faultsOfValues: a value that is there already: is told at the later one", () => {
  assert.deepEqual(faultsOfValues("string", ["a", "b", "a"]), ["", "", valueTexts.twice]);
  assert.deepEqual(faultsOfValues("json", ['{"a":1,"b":2}', '{ "b": 2, "a": 1 }']), ["", valueTexts.twice]);
  assert.deepEqual(faultsOfValues("number", ["1", "1.0"]), ["", valueTexts.twice]);
});

test("canonical: members in another order: are the same", () => {
  assert.equal(
    canonical({ b: [1, { d: 1, c: 2 }], a: null }),
    canonical({ a: null, b: [1, { c: 2, d: 1 }] }),
  );
  assert.notEqual(canonical([1, 2]), canonical([2, 1]));
});
