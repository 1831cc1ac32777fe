import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentNames } from "./projects.ts";

test("environmentNames: environments are expanded: are their names", () => {
  assert.deepEqual(environmentNames({ items: [{ name: "Test" }, { name: "Production" }], totalCount: 2 }), [
    "Test",
    "Production",
  ]);
});

test("environmentNames: nothing is expanded: are none", () => {
  assert.deepEqual(environmentNames(undefined), []);
  assert.deepEqual(environmentNames({ items: "?" }), []);
});
