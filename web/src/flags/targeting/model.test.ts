import assert from "node:assert/strict";
import { test } from "node:test";
import type { Clause } from "../../rules/model.ts";
import type { Draft, Rule } from "./draft.ts";
import { instructionsFrom } from "./instructions.ts";
import { describe } from "./words.ts";

const YES = "id-yes";
const NO = "id-no";
const NAMES = {
  variation: (id: string) => id.replace("id-", ""),
  variationOf: (_: string, id: string) => id,
};

function aClause(change: Partial<Clause> = {}): Clause {
  return {
    id: "c1",
    contextKind: "user",
    attribute: "country",
    op: "in",
    values: ["NL"],
    negate: false,
    ...change,
  };
}

function aRule(id: string, change: Partial<Rule> = {}): Rule {
  return { id, description: "", clauses: [aClause()], served: { variationId: YES }, ...change };
}

function aDraft(change: Partial<Draft> = {}): Draft {
  return {
    on: false,
    prerequisites: [],
    targets: [],
    rules: [],
    fallthrough: { variationId: NO },
    offVariationId: NO,
    ...change,
  };
}

function words(before: Draft, after: Draft): string[] {
  return instructionsFrom(before, after).map((each) => describe(each, before, NAMES));
}

test("instructions: nothing changed, none", () => {
  assert.deepEqual(instructionsFrom(aDraft({ rules: [aRule("r")] }), aDraft({ rules: [aRule("r")] })), []);
});

test("instructions: key moved to another variation, is removed before it is added", () => {
  const target = { contextKind: "user", values: ["ann"] };
  const before = aDraft({ targets: [{ ...target, variationId: YES }] });
  const after = aDraft({ targets: [{ ...target, variationId: NO }] });
  assert.deepEqual(instructionsFrom(before, after), [
    { kind: "removeTargets", ...target, variationId: YES },
    { kind: "addTargets", ...target, variationId: NO },
  ]);
});

test("instructions: new rules between known ones, stand before the next known one", () => {
  const before = aDraft({ rules: [aRule("a"), aRule("b")] });
  const after = aDraft({ rules: [aRule("new:1"), aRule("a"), aRule("new:2"), aRule("b"), aRule("new:3")] });
  const placed = instructionsFrom(before, after).map((each) =>
    "beforeRuleId" in each ? each.beforeRuleId : "end",
  );
  assert.deepEqual(placed, ["a", "b", "end"]);
});

test("instructions: rules removed and moved, are removed first and ordered without them", () => {
  const before = aDraft({ rules: [aRule("a"), aRule("b"), aRule("c")] });
  const after = aDraft({ rules: [aRule("c"), aRule("a")] });
  assert.deepEqual(instructionsFrom(before, after), [
    { kind: "removeRule", ruleId: "b" },
    { kind: "reorderRules", ruleIds: ["c", "a"] },
  ]);
});

test("instructions: a rule's only clause replaced, is never without one", () => {
  const before = aDraft({ rules: [aRule("a")] });
  const after = aDraft({ rules: [aRule("a", { clauses: [aClause({ id: "new:1", attribute: "plan" })] })] });
  assert.deepEqual(
    instructionsFrom(before, after).map(({ kind }) => kind),
    ["addClauses", "removeClauses"],
  );
});

test("words: a rollout of the default rule, are the shares and what was before", () => {
  const weights = { [YES]: 10_000, [NO]: 90_000 };
  const after = aDraft({ fallthrough: { weights, contextKind: "user", bucketBy: undefined } });
  assert.deepEqual(words(aDraft(), after), ["Serve 10 % yes, 90 % no to everybody else, instead of no"]);
});

test("words: many keys, name the first five", () => {
  const values = ["a", "b", "c", "d", "e", "f", "g"];
  const after = aDraft({ targets: [{ contextKind: "user", variationId: YES, values }] });
  assert.deepEqual(words(aDraft(), after), ["Serve yes to user a, b, c, d, e and 2 more"]);
});

test("words: a changed condition, tell the old one and the new one", () => {
  const before = aDraft({ rules: [aRule("a", { description: "Dutch" })] });
  const after = aDraft({
    rules: [aRule("a", { description: "Dutch", clauses: [aClause({ negate: true })] })],
  });
  assert.deepEqual(words(before, after), [
    "Rule 1 (Dutch): ask whether user country is none of NL, instead of user country is one of NL",
  ]);
});
