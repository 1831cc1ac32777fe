import assert from "node:assert/strict";
import { test } from "node:test";
import { keysOf } from "../../rules/keys.ts";
import type { Clause } from "../../rules/model.ts";
import { changesFrom, patchOf } from "./changes.ts";
import { type Draft, parseDraft, type Rule, type Segment, valuesOf, withValues } from "./draft.ts";
import { faultsOf } from "./faults.ts";
import { rebase } from "./rebase.ts";
import { describe } from "./words.ts";

function aClause(change: Partial<Clause> = {}): Clause {
  return {
    id: "c1",
    contextKind: "user",
    attribute: "plan",
    op: "in",
    values: ["gold"],
    negate: false,
    ...change,
  };
}

function aRule(id: string, change: Partial<Rule> = {}): Rule {
  return {
    id,
    description: "",
    clauses: [aClause()],
    weight: 100_000,
    contextKind: "user",
    bucketBy: "key",
    ...change,
  };
}

function aDraft(change: Partial<Draft> = {}): Draft {
  return { targets: [], rules: [], ...change };
}

const included = (...values: string[]) => ({ list: "included" as const, contextKind: "user", values });
const excluded = (...values: string[]) => ({ list: "excluded" as const, contextKind: "user", values });
const words = (before: Draft, after: Draft) =>
  changesFrom(before, after).map((each) => describe(each, before));

test("parseDraft: users and others, stand in the same lists by kind", () => {
  const segment = {
    included: ["ann"],
    includedContexts: [{ contextKind: "org", values: ["acme"] }],
    excluded: [],
    excludedContexts: [],
    rules: [{ _id: "r", clauses: [{ op: "in", values: [1] }], weight: 5_000, rolloutContextKind: "org" }],
  } as Partial<Segment> as Segment;
  const draft = parseDraft(segment);
  assert.deepEqual(draft.targets, [
    included("ann"),
    { list: "included", contextKind: "org", values: ["acme"] },
  ]);
  assert.deepEqual(
    draft.rules.map(({ id, weight, contextKind, bucketBy }) => [id, weight, contextKind, bucketBy]),
    [["r", 5_000, "org", "key"]],
  );
});

test("withValues: a key that is in one list, leaves the other", () => {
  const targets = withValues([included("ann", "bob")], "excluded", "user", ["bob", "bob"]);
  assert.deepEqual(valuesOf(targets, "included", "user"), ["ann"]);
  assert.deepEqual(valuesOf(targets, "excluded", "user"), ["bob"]);
  assert.deepEqual(withValues(targets, "excluded", "user", []), [included("ann")]);
});

test("keysOf: pasted in any way, are each there once", () => {
  assert.deepEqual(keysOf(" ann\nbob, cy\r\n\nann;d e"), ["ann", "bob", "cy", "d e"]);
});

test("changes: nothing changed, none", () => {
  const draft = aDraft({ targets: [included("ann")], rules: [aRule("r")] });
  assert.deepEqual(changesFrom(draft, structuredClone(draft)), []);
});

test("changes: key moved, is removed before it is added", () => {
  const [before, after] = [aDraft({ targets: [included("ann")] }), aDraft({ targets: [excluded("ann")] })];
  assert.deepEqual(changesFrom(before, after), [
    { kind: "removeIncludedTargets", contextKind: "user", values: ["ann"] },
    { kind: "addExcludedTargets", contextKind: "user", values: ["ann"] },
  ]);
  assert.deepEqual(words(before, after), [
    "No longer name user ann as always in it",
    "Never have user ann in it",
  ]);
});

test("changes: a rule's only clause replaced, is never without one", () => {
  const after = aDraft({ rules: [aRule("a", { clauses: [aClause({ id: "new:1", values: ["free"] })] })] });
  assert.deepEqual(
    changesFrom(aDraft({ rules: [aRule("a")] }), after).map(({ kind }) => kind),
    ["addClauses", "removeClauses"],
  );
});

test("words: rules, are called by their number and name", () => {
  const before = aDraft({ rules: [aRule("a", { description: "Payers" }), aRule("b")] });
  const after = aDraft({
    rules: [
      aRule("a", {
        description: "Payers",
        weight: 30_000,
        clauses: [aClause({ values: ["gold", "silver"] })],
      }),
      aRule("new:1"),
    ],
  });
  assert.deepEqual(words(before, after), [
    "Take away Rule 2",
    "Rule 1 (Payers): ask whether user plan is one of gold, silver, instead of user plan is one of gold",
    "Rule 1 (Payers): 30 % of those who match belong to it, dealt by user",
    "Add a rule: user plan is one of gold; everybody who matches belongs to it",
  ]);
});

test("patch: as long as instructions can say it, they do", () => {
  const after = aDraft({ rules: [aRule("new:1")] });
  const patch = patchOf(aDraft(), after, 3);
  assert.deepEqual("instructions" in patch && patch.instructions, changesFrom(aDraft(), after));
});

test("patch: a new rule for a share, is a JSON patch of the version that was seen", () => {
  const before = aDraft({ targets: [included("ann")], rules: [aRule("a")] });
  const after = aDraft({
    targets: [included("ann", "bob"), { list: "included", contextKind: "org", values: ["acme"] }],
    rules: [aRule("a"), aRule("new:1", { weight: 10_000, clauses: [aClause({ id: "new:2" })] })],
  });
  const patch = patchOf(before, after, 3);
  const clause = { contextKind: "user", attribute: "plan", op: "in", values: ["gold"], negate: false };
  assert.deepEqual("operations" in patch && patch.operations, [
    { op: "test", path: "/version", value: 3 },
    { op: "replace", path: "/included", value: ["ann", "bob"] },
    { op: "replace", path: "/includedContexts", value: [{ contextKind: "org", values: ["acme"] }] },
    {
      op: "replace",
      path: "/rules",
      value: [
        { _id: "a", clauses: [{ ...clause, _id: "c1" }] },
        { clauses: [clause], weight: 10_000, rolloutContextKind: "user", bucketBy: "key" },
      ],
    },
  ]);
});

test("rebase: edits of two people, both stand", () => {
  const base = aDraft({ targets: [included("ann", "bob")], rules: [aRule("a"), aRule("b")] });
  const mine = aDraft({
    targets: [included("ann"), excluded("eve")],
    rules: [aRule("a", { description: "Mine" }), aRule("b"), aRule("new:1")],
  });
  const theirs = aDraft({
    targets: [included("ann", "bob", "cy")],
    rules: [aRule("a", { weight: 1_000 }), aRule("b", { description: "Theirs" }), aRule("c")],
  });
  const { draft, lost } = rebase(base, mine, theirs);
  assert.deepEqual(valuesOf(draft.targets, "included", "user"), ["ann", "cy"]);
  assert.deepEqual(valuesOf(draft.targets, "excluded", "user"), ["eve"]);
  assert.deepEqual(
    draft.rules.map(({ id, description }) => [id, description]),
    [
      ["a", "Mine"],
      ["b", "Theirs"],
      ["c", ""],
      ["new:1", ""],
    ],
  );
  assert.deepEqual(lost, []);
});

test("rebase: rule edited here and taken away there, is lost and told", () => {
  const base = aDraft({ rules: [aRule("a")] });
  const { draft, lost } = rebase(base, aDraft({ rules: [aRule("a", { weight: 1 })] }), aDraft());
  assert.deepEqual(draft.rules, []);
  assert.deepEqual(
    lost.map(({ id }) => id),
    ["a"],
  );
});

test("faults: are told with the rule they are in", () => {
  const draft = aDraft({
    rules: [aRule("a"), aRule("b", { clauses: [] }), aRule("c", { clauses: [aClause({ values: [] })] })],
  });
  assert.deepEqual(faultsOf(draft), [
    "Rule 2: Add a condition: without one this rule is for everybody.",
    "Rule 3: Name at least one value.",
  ]);
});
