import assert from "node:assert/strict";
import { test } from "node:test";
import { areSame, attributeDrafts, attributesOf, emptyAttribute, faultOfAttributes } from "./attributes.ts";

test("attributesOf: drafts of what there is: is what there is", () => {
  const attributes = { project: ["shop", "blog"], area: [] };
  assert.deepEqual(attributesOf(attributeDrafts(attributes)), attributes);
});

test("attributesOf: a row without a name: is left out", () => {
  assert.deepEqual(attributesOf([emptyAttribute(" ", ["x"])]), {});
});

test("areSame: another order of names: does not count", () => {
  assert.ok(areSame({ a: ["1"], b: [] }, { b: [], a: ["1"] }));
  assert.ok(!areSame({ a: ["1"] }, { a: ["2"] }));
});

test("faultOfAttributes: a name twice, or a value that says too much: is told", () => {
  assert.match(faultOfAttributes([emptyAttribute("a"), emptyAttribute("a ")]), /twice/);
  assert.match(faultOfAttributes([emptyAttribute("a", ["shop:env"])]), /shop:env/);
  assert.equal(faultOfAttributes([emptyAttribute("a", ["shop", "dark-*"])]), "");
});
