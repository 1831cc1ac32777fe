import assert from "node:assert/strict";
import { test } from "node:test";
import type { Draft, Rule } from "./draft.ts";
import { rebase } from "./rebase.ts";

function aRule(id: string, description = ""): Rule {
  return { id, description, clauses: [], served: { variationId: "yes" } };
}

function aDraft(change: Partial<Draft> = {}): Draft {
  return {
    on: false,
    prerequisites: [],
    targets: [],
    rules: [],
    fallthrough: { variationId: "no" },
    offVariationId: "no",
    ...change,
  };
}

test("rebase: edits of different places, both stand", () => {
  const { draft, lost } = rebase(
    aDraft(),
    aDraft({ on: true }),
    aDraft({ fallthrough: { variationId: "yes" } }),
  );
  assert.deepEqual([draft.on, draft.fallthrough, lost], [true, { variationId: "yes" }, []]);
});

test("rebase: the same place edited by both, is as edited here", () => {
  const mine = aDraft({ fallthrough: { variationId: "mine" } });
  const theirs = aDraft({ fallthrough: { variationId: "theirs" } });
  assert.deepEqual(rebase(aDraft(), mine, theirs).draft.fallthrough, { variationId: "mine" });
});

test("rebase: keys added by both, are all there", () => {
  const with_ = (...values: string[]) =>
    aDraft({ targets: [{ contextKind: "user", variationId: "yes", values }] });
  const { draft } = rebase(with_("a"), with_("a", "mine"), with_("theirs"));
  assert.deepEqual(draft.targets, [{ contextKind: "user", variationId: "yes", values: ["theirs", "mine"] }]);
});

test("rebase: rule edited here and taken away there, is lost and told", () => {
  const base = aDraft({ rules: [aRule("a"), aRule("b")] });
  const mine = aDraft({ rules: [aRule("a", "edited"), aRule("b")] });
  const { draft, lost } = rebase(base, mine, aDraft({ rules: [aRule("b")] }));
  assert.deepEqual([draft.rules, lost], [[aRule("b")], [aRule("a", "edited")]]);
});

test("rebase: rule taken away here, stays away although edited there", () => {
  const { draft } = rebase(
    aDraft({ rules: [aRule("a")] }),
    aDraft(),
    aDraft({ rules: [aRule("a", "theirs")] }),
  );
  assert.deepEqual(draft.rules, []);
});

test("rebase: new rules of both, keep their places", () => {
  const base = aDraft({ rules: [aRule("a"), aRule("b")] });
  const mine = aDraft({ rules: [aRule("a"), aRule("new:1"), aRule("b")] });
  const theirs = aDraft({ rules: [aRule("c"), aRule("a"), aRule("b")] });
  assert.deepEqual(
    rebase(base, mine, theirs).draft.rules.map(({ id }) => id),
    ["c", "a", "new:1", "b"],
  );
});

test("rebase: moved here, are in the new order with what came there at the end", () => {
  const base = aDraft({ rules: [aRule("a"), aRule("b")] });
  const mine = aDraft({ rules: [aRule("b"), aRule("a")] });
  const theirs = aDraft({ rules: [aRule("a", "theirs"), aRule("b"), aRule("c")] });
  assert.deepEqual(rebase(base, mine, theirs).draft.rules, [aRule("b"), aRule("a", "theirs"), aRule("c")]);
});
