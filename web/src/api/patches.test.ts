import assert from "node:assert/strict";
import { test } from "node:test";
import { patchOf } from "./patches.ts";

const before = { name: "Shop", tags: ["a"], critical: false };

test("patchOf: something is changed: replaces that alone", () => {
  assert.deepEqual(patchOf(before, { name: "Shop", tags: ["a", "b"], critical: true }), [
    { op: "replace", path: "/tags", value: ["a", "b"] },
    { op: "replace", path: "/critical", value: true },
  ]);
});

test("patchOf: nothing is changed: is empty", () => {
  assert.deepEqual(patchOf(before, { ...before, tags: ["a"] }), []);
});
