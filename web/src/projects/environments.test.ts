import assert from "node:assert/strict";
import { test } from "node:test";
import { expiryOf, isColour } from "./environments.ts";

test("expiryOf: a life of an hour: is an hour from now", () => {
  assert.equal(expiryOf("hour", 1_000), 3_601_000);
});

test("expiryOf: no life: is none, so that the key stops at once", () => {
  assert.equal(expiryOf("none", 1_000), undefined);
});

test("isColour: what the API refuses: is none", () => {
  for (const text of ["", "#417505", "41750", "4175055", "zzzzzz"]) assert.equal(isColour(text), false, text);
  assert.ok(isColour("f5A623"));
});
