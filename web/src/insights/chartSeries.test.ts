import assert from "node:assert/strict";
import { test } from "node:test";
import { largestOf } from "./chartSeries.ts";

const series = (name: string, ...counts: number[]) => ({
  metadata: { name, count: counts.reduce((sum, each) => sum + each, 0) },
  data: counts.map((y, x) => ({ x, y })),
});

test("few series come as they are, by name", () => {
  const found = largestOf([series("b", 3), series("a", 1)], 3, "others");
  assert.deepEqual(found, [
    { name: "a", points: [[0, 1]] },
    { name: "b", points: [[0, 3]] },
  ]);
});

test("of many series the small ones become one", () => {
  const found = largestOf([series("a", 1, 1), series("b", 9, 9), series("c", 2, 3)], 2, "others");
  assert.deepEqual(found, [
    {
      name: "b",
      points: [
        [0, 9],
        [1, 9],
      ],
    },
    {
      name: "others",
      points: [
        [0, 3],
        [1, 4],
      ],
    },
  ]);
});
