import assert from "node:assert/strict";
import { test } from "node:test";
import { patchOf } from "./patches.ts";

test("patchOf: some fields have changed: only those are in it", () => {
  assert.deepEqual(patchOf({ name: "a", tags: ["x"] }, { name: "a", tags: ["x", "y"] }), [
    { op: "replace", path: "/tags", value: ["x", "y"] },
  ]);
});

test("patchOf: a field was not there: it is put there", () => {
  assert.deepEqual(patchOf<{ secret?: string }>({}, { secret: "s" }), [
    { op: "replace", path: "/secret", value: "s" },
  ]);
});

test("patchOf: nothing has changed: is empty", () => {
  assert.deepEqual(patchOf({ name: "a" }, { name: "a" }), []);
});
