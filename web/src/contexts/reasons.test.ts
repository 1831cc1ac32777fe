import assert from "node:assert/strict";
import { test } from "node:test";
import { explainReason, isDefault, isSameValue } from "./reasons.ts";

const flag = {
  variations: [
    { _id: "a", value: true, name: "New" },
    { _id: "b", value: false },
  ],
  environments: {
    production: {
      rules: [
        { _id: "one", clauses: [{ op: "in", attribute: "country", values: ["NL", "DE"] }], variation: 0 },
        {
          _id: "two",
          description: "A few",
          clauses: [{ op: "segmentMatch", values: ["testers"] }],
          rollout: {
            variations: [
              { variation: 0, weight: 30_000 },
              { variation: 1, weight: 70_000 },
            ],
          },
        },
      ],
      fallthrough: { rollout: { variations: [{ variation: 1, weight: 100_000 }] } },
    },
  },
};

const why = (reason: Parameters<typeof explainReason>[0]) => explainReason(reason, flag, "production");

test("a rule that matched is told with its number and its conditions", () => {
  assert.equal(
    why({ kind: "RULE_MATCH", ruleIndex: 0, ruleID: "one" }),
    "Rule 1 matched: user country is one of NL, DE",
  );
  assert.equal(
    why({ kind: "RULE_MATCH", ruleIndex: 1, ruleID: "two" }),
    "Rule 2 matched, “A few”: context is in the segment testers; a rollout of 30 % New, 70 % false",
  );
});

test("without the flag, less is told", () => {
  const reason = { kind: "RULE_MATCH", ruleIndex: 0, ruleID: "one" };
  assert.equal(explainReason(reason, undefined, "production"), "Rule 1 matched");
});

test("every other reason has its words", () => {
  assert.equal(why({ kind: "OFF" }), "The flag is off");
  assert.equal(why({ kind: "FALLTHROUGH" }), "Default rule: a rollout of 100 % false");
  assert.match(explainReason({ kind: "FALLTHROUGH" }, undefined, "production"), /no target or rule/);
  assert.match(why({ kind: "TARGET_MATCH" }), /individually/);
  assert.match(why({ kind: "PREREQUISITE_FAILED", prerequisiteKey: "base" }), /base/);
  assert.match(why({ kind: "ERROR", errorKind: "MALFORMED_FLAG" }), /does not fit together/);
  assert.match(why({ kind: "ERROR", errorKind: "NEWER" }), /NEWER/);
});

test("off and fallthrough are defaults", () => {
  assert.deepEqual(
    ["OFF", "FALLTHROUGH", "TARGET_MATCH", "RULE_MATCH"].map((kind) => isDefault({ kind })),
    [true, true, false, false],
  );
});

test("values are the same whatever the order of their names", () => {
  assert.ok(isSameValue({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 }));
  assert.ok(!isSameValue([1, 2], [2, 1]));
  assert.ok(!isSameValue(null, {}));
});
