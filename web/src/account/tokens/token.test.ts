import assert from "node:assert/strict";
import { test } from "node:test";
import { CUSTOM, INLINE } from "../people/givenRole.ts";
import { policyDraft } from "../policy/statements.ts";
import { draftOf, emptyToken, faultOfToken, givenFields, nameOfToken, type Token } from "./token.ts";

const statement = { effect: "allow" as const, resources: ["team/*"], actions: ["viewTeam"] };

test("givenFields: whatever is chosen: exactly one of the three is given", () => {
  const empty = emptyToken();
  assert.deepEqual(givenFields(empty), { role: "reader", customRoleIds: null, inlineRole: null });
  const custom = { ...empty, given: { choice: CUSTOM, customRoles: ["a"] } };
  assert.deepEqual(givenFields(custom), { role: null, customRoleIds: ["a"], inlineRole: null });
  const inline = {
    ...empty,
    given: { choice: INLINE, customRoles: ["a"] },
    policy: policyDraft([statement]),
  };
  assert.deepEqual(givenFields(inline), { role: null, customRoleIds: null, inlineRole: [statement] });
});

test("faultOfToken: a policy of its own without statements: is told", () => {
  assert.equal(faultOfToken(emptyToken()), "");
  assert.notEqual(faultOfToken({ ...emptyToken(), given: { choice: INLINE, customRoles: [] } }), "");
});

test("draftOf: a token with custom roles: has their keys", () => {
  const token = { name: "n", description: "", customRoleIds: ["1"], defaultApiVersion: 20220603 } as Token;
  const draft = draftOf(token, (id) => `key-${id}`);
  assert.deepEqual(draft.given, { choice: CUSTOM, customRoles: ["key-1"] });
  assert.equal(draft.version, 20220603);
});

test("nameOfToken: one without a name: is known by its end", () => {
  assert.equal(nameOfToken({ name: "", token: "0001" }), "ends in 0001");
});
