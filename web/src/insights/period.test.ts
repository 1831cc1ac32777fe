import assert from "node:assert/strict";
import { test } from "node:test";
import { bucketOf, isChosen, periodOf } from "./period.ts";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 5, 10, 12);

test("a number of days ends with today", () => {
  const { from, to } = periodOf({ range: 7 }, NOON);
  assert.equal(to, Date.UTC(2026, 5, 11));
  assert.equal(from, Date.UTC(2026, 5, 4));
});

test("nothing said is 28 days", () => {
  const { from, to } = periodOf({}, NOON);
  assert.equal(to - from, 28 * DAY);
});

test("chosen dates are left as they are", () => {
  const chosen = { from: NOON - 5 * DAY - 1, to: NOON - DAY };
  assert.deepEqual(periodOf({ range: 7, ...chosen }, NOON), chosen);
  assert.equal(isChosen(chosen), true);
  assert.equal(isChosen({ range: 7 }), false);
});

test("bars are days, weeks, or four weeks", () => {
  const wide = (days: number) => bucketOf({ from: NOON - days * DAY, to: NOON }, 31) / DAY;
  assert.deepEqual([7, 28, 90, 364, 2000].map(wide), [1, 1, 7, 7, 28]);
});
