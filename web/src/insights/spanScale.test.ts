import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf } from "./spanScale.ts";

const HOUR = 3_600_000;
const series = (...values: number[]) => [
  { name: "any", points: values.map((value, at) => [at, value] as const) },
];

test("lines are at round durations, and nothing rises above the last one", () => {
  assert.deepEqual(scaleOf(series(80 * HOUR, 3 * HOUR), false), {
    range: [0, 84 * HOUR],
    interval: 12 * HOUR,
  });
});

test("stacked values count together", () => {
  const both = [...series(30 * HOUR), ...series(50 * HOUR)];
  assert.equal(scaleOf(both, true).range[1], 84 * HOUR);
  assert.equal(scaleOf(both, false).range[1], 56 * HOUR);
});

test("nothing at all still has a scale", () => {
  assert.deepEqual(scaleOf([], true), { range: [0, 60_000], interval: 60_000 });
});
