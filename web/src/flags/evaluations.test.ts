import assert from "node:assert/strict";
import { test } from "node:test";
import { seriesOf, sharesOf, sum, totalsOf } from "./evaluations.ts";

const usage = {
  series: [
    { time: 1_000, "0": 3, "1": 1 },
    { time: 2_000, "0": 0, "1": 0 },
  ],
  metadata: [{ value: true, name: "Shown" }, { value: false }],
};

test("seriesOf: a variation without a name: is called by its value", () => {
  assert.deepEqual(seriesOf(usage), [
    {
      name: "Shown",
      points: [
        [1_000, 3],
        [2_000, 0],
      ],
    },
    {
      name: "false",
      points: [
        [1_000, 1],
        [2_000, 0],
      ],
    },
  ]);
});

test("totalsOf: several variations: are added up for each point", () => {
  assert.deepEqual(totalsOf(usage), [4, 0]);
  assert.equal(sum(totalsOf(usage)), 4);
});

test("sharesOf: what was counted: is told in percent", () => {
  assert.deepEqual(
    sharesOf(usage).map(({ share }) => share),
    [75, 25],
  );
});

test("sharesOf: nothing was counted: no share is anything", () => {
  assert.deepEqual(
    sharesOf({ ...usage, series: [] }).map(({ share }) => share),
    [0, 0],
  );
});
