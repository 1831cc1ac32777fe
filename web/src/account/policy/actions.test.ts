import assert from "node:assert/strict";
import { test } from "node:test";
import { actionsOf, actionsOn, kindsOf, unknownActions } from "./actions.ts";
import { matches } from "./wildcards.ts";
import { statementInWords } from "./words.ts";

const table = actionsOf({
  paths: {
    "/flags": {
      get: {
        summary: "List flags",
        "x-daybreak-action": "viewFlag",
        "x-daybreak-resource": "proj/*:env/*:flag/*",
      },
      patch: {
        summary: "Change a flag",
        "x-daybreak-action": "updateOn updateTags",
        "x-daybreak-resource": "proj/*:env/*:flag/*",
      },
      parameters: [],
    },
    "/teams": {
      get: { summary: "List teams", "x-daybreak-action": "viewTeam", "x-daybreak-resource": "team/*" },
    },
    "/open": { get: { summary: "Needs nothing" } },
  },
});

test("actionsOf: a description of the API: has each action once, by name", () => {
  assert.deepEqual(
    table.map(({ name }) => name),
    ["updateOn", "updateTags", "viewFlag", "viewTeam"],
  );
  assert.deepEqual(table[0]?.summaries, ["Change a flag"]);
  assert.deepEqual(kindsOf(table), ["proj/*:env/*:flag/*", "team/*"]);
});

test("actionsOf: something else altogether: has none", () => {
  for (const value of [undefined, null, 1, {}, { paths: null }]) assert.deepEqual(actionsOf(value), []);
});

test("actionsOn: some resources: only what can be done to them", () => {
  assert.deepEqual(
    actionsOn(table, ["team/*"]).map(({ name }) => name),
    ["viewTeam"],
  );
  assert.equal(actionsOn(table, []).length, 4);
});

test("unknownActions: mistyped, or of other resources: are told", () => {
  assert.deepEqual(unknownActions(table, ["team/*"], ["view*", "updateOn", "veiwTeam"]), [
    "updateOn",
    "veiwTeam",
  ]);
  assert.deepEqual(unknownActions([], ["team/*"], ["anything"]), []);
});

test("matches: stars stand for anything: letters count as they are", () => {
  assert.ok(matches("*", "updateOn"));
  assert.ok(matches("update*", "updateOn"));
  assert.ok(matches("*Access*n", "createAccessToken"));
  assert.ok(!matches("Update*", "updateOn"));
  assert.ok(!matches("ab*ba", "aba"));
});

test("statementInWords: a denial with exceptions: is a sentence", () => {
  assert.equal(
    statementInWords({ effect: "deny", resources: ["proj/*:env/production:flag/*"], notActions: ["view*"] }),
    "Denies every action but view* on all flags in the environment production in all projects",
  );
  assert.equal(
    statementInWords({ effect: "allow", notResources: ["team/a"], actions: ["a", "b", "c", "d"] }),
    "Allows a, b, c and 1 more on everything but the team a",
  );
});
