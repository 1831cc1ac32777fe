import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOfSpecifier } from "../policy/specifiers.ts";
import { EXAMPLES } from "./examples.ts";
import { changeOf } from "./fields.ts";

const before = {
  name: "Developer",
  description: "",
  basePermissions: "reader",
  policy: [{ effect: "allow" as const, resources: ["team/*"], actions: ["viewTeam"] }],
};

test("changeOf: nothing has changed: is empty", () => {
  assert.deepEqual(changeOf(before, structuredClone(before)), { patch: [], words: [] });
});

test("changeOf: one statement for another: tells both", () => {
  const policy = [{ effect: "deny" as const, resources: ["team/*"], actions: ["*"] }];
  const { patch, words } = changeOf(before, { ...before, policy });
  assert.deepEqual(patch, [{ op: "replace", path: "/policy", value: policy }]);
  assert.deepEqual(words, [
    "No longer: Allows viewTeam on all teams",
    "New: Denies every action on all teams",
  ]);
});

test("changeOf: name, description, base permissions: are told one by one", () => {
  const { words } = changeOf(before, {
    ...before,
    name: "Dev",
    description: "x",
    basePermissions: "no_access",
  });
  assert.equal(words.length, 3);
});

test("EXAMPLES: every specifier: can be read", () => {
  for (const { policy } of Object.values(EXAMPLES)) {
    for (const { resources = [] } of policy) {
      for (const specifier of resources) assert.equal(faultOfSpecifier(specifier), "");
    }
  }
});
