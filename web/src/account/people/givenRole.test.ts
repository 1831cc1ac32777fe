import assert from "node:assert/strict";
import { test } from "node:test";
import { CUSTOM, givenTo, isChosen, rolePatch } from "./givenRole.ts";

const reader = { choice: "reader", customRoles: [] };
const custom = { choice: CUSTOM, customRoles: ["a", "b"] };

test("givenTo: a member with custom roles: has these in place of the built-in one", () => {
  const given = givenTo({ role: "reader", customRoles: ["1"] }, (id) => `key-${id}`);
  assert.deepEqual(given, { choice: CUSTOM, customRoles: ["key-1"] });
});

test("rolePatch: nothing has changed: is empty", () => {
  assert.deepEqual(rolePatch(reader, { ...reader, customRoles: ["left over"] }), []);
  assert.deepEqual(rolePatch(custom, { choice: CUSTOM, customRoles: ["b", "a"] }), []);
});

test("rolePatch: from custom roles to a built-in one: takes the custom ones away", () => {
  assert.deepEqual(rolePatch(custom, { choice: "writer", customRoles: ["a"] }), [
    { op: "replace", path: "/role", value: "writer" },
    { op: "replace", path: "/customRoles", value: [] },
  ]);
});

test("rolePatch: to custom roles: leaves the built-in one, which no longer counts", () => {
  assert.deepEqual(rolePatch(reader, custom), [{ op: "replace", path: "/customRoles", value: ["a", "b"] }]);
});

test("isChosen: custom roles without any: is not", () => {
  assert.ok(isChosen(reader));
  assert.ok(!isChosen({ choice: CUSTOM, customRoles: [] }));
});
