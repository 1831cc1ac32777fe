import assert from "node:assert/strict";
import { test } from "node:test";
import { durationsOf, sharesOf, unknownOf } from "./stages.ts";

const known = { coding: 60, review: 30, wait: 10, deploy: 0 };

test("shares add up to the whole, and nothing has none", () => {
  const shares = sharesOf(known).map(({ stage, percent }) => [stage, percent]);
  assert.deepEqual(shares, [
    ["coding", 60],
    ["review", 30],
    ["wait", 10],
  ]);
  assert.deepEqual(sharesOf({ ...known, coding: 0, review: 0, wait: 0 }), []);
});

test("a stage that nobody recorded is unknown, one that took no time is not", () => {
  assert.deepEqual(unknownOf({ ...known, review: undefined }), ["review"]);
});

test("a pull request's stages are the means over its deliveries", () => {
  const leadTime = {
    codingDurationMs: 5,
    avgWaitDurationMs: 3,
    maxWaitDurationMs: 4,
    avgTotalLeadTimeMs: 8,
    maxTotalLeadTimeMs: 9,
  };
  assert.deepEqual(durationsOf(leadTime), { coding: 5, review: undefined, wait: 3, deploy: undefined });
});
