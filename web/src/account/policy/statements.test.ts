import assert from "node:assert/strict";
import { test } from "node:test";
import {
  draftOf,
  emptyDraft,
  faultsOf,
  policyDraft,
  readJson,
  readPolicy,
  statementOf,
} from "./statements.ts";

const statement = {
  effect: "deny" as const,
  resources: ["proj/*:env/production:flag/*"],
  notActions: ["view*"],
};

test("statementOf: a draft of a statement: is that statement", () => {
  assert.deepEqual(statementOf(draftOf(statement)), statement);
});

test("readPolicy: statements of the API: are read back as they were", () => {
  assert.deepEqual(readPolicy(policyDraft([statement])), { statements: [statement], fault: "" });
});

test("readPolicy: one that is not complete: is named", () => {
  const draft = { statements: [draftOf(statement), emptyDraft()], json: undefined };
  assert.equal(readPolicy(draft).fault, "Statement 2 is not complete.");
});

test("readPolicy: JSON is typed: that is what counts", () => {
  const json = '[{"effect": "allow", "resources": ["*"], "actions": ["*"]}]';
  assert.deepEqual(readPolicy({ statements: [], json }).statements, [
    { effect: "allow", resources: ["*"], actions: ["*"] },
  ]);
});

test("faultsOf: nothing named, or a specifier that cannot be read: says so beside the field", () => {
  assert.deepEqual(Object.keys(faultsOf(emptyDraft())), ["resources", "actions"]);
  const odd = { ...emptyDraft(), resources: ["proj"], actions: ["*"] };
  assert.deepEqual(faultsOf(odd), { resources: "proj: proj needs a key, as in proj/*." });
});

for (const [text, told] of [
  ["[", "This is no JSON"],
  ["{}", "A policy is a list"],
  ["[1]", "Statement 1: a statement is an object"],
  ['[{"effect": "maybe"}]', "effect is"],
  ['[{"effect": "allow", "resources": ["*"]}]', "either actions or notActions"],
  ['[{"effect": "allow", "resources": ["*"], "notResources": ["*"], "actions": ["*"]}]', "either resources"],
  ['[{"effect": "allow", "resources": ["*"], "actions": [1]}]', "either actions"],
  ['[{"effect": "allow", "resources": ["x"], "actions": ["*"]}]', "x needs a key"],
  ['[{"effect": "allow", "resource": ["*"], "actions": ["*"]}]', "resource is no part"],
] as const) {
  test(`readJson: ${text}: is refused with the reason`, () => {
    assert.match(readJson(text).fault, new RegExp(told.replace(/[()[\]{}]/g, "\\$&")));
  });
}
