import assert from "node:assert/strict";
import { test } from "node:test";
import { type Group, matching, sorted } from "./groups.ts";

function aGroup(name: string, overall?: number, applicationKeys: string[] = []): Group {
  const score = { score: overall ?? 0, indicator: overall === undefined ? "notCalculated" : "good" };
  return { name, key: name.toLowerCase(), applicationKeys, scores: { overall: score } } as unknown as Group;
}

const names = (groups: readonly Group[]) => groups.map(({ name }) => name).join(" ");
const groups = [aGroup("B", 70), aGroup("C"), aGroup("A", 70), aGroup("D", 90, ["Checkout"])];

test("sorted: by a score: puts groups without one last, and equal ones by name", () => {
  assert.equal(names(sorted(groups, "-overall")), "D A B C");
  assert.equal(names(sorted(groups, "overall")), "A B D C");
});

test("sorted: by name: either way", () => {
  assert.equal(names(sorted(groups, "name")), "A B C D");
  assert.equal(names(sorted(groups, "-name")), "D C B A");
});

test("matching: a part of a name or an application: finds it in any case", () => {
  assert.equal(names(matching(groups, "checkOUT")), "D");
  assert.equal(names(matching(groups, "b")), "B");
  assert.equal(matching(groups, undefined).length, 4);
});
