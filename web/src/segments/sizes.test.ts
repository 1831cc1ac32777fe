import assert from "node:assert/strict";
import { test } from "node:test";
import { describeSize, segmentFilter } from "./sizes.ts";

const empty = {
  included: [],
  includedContexts: [],
  excluded: [],
  excludedContexts: [],
  rules: [],
  unbounded: false,
};
const rule = { clauses: [] };

test("sizes: count keys of every kind, and rules", () => {
  assert.equal(describeSize(empty), "nobody yet");
  assert.equal(describeSize({ ...empty, included: ["a"] }), "1 key");
  const others = [{ contextKind: "org", values: ["b", "c"] }];
  const sized = { ...empty, included: ["a"], includedContexts: others, rules: [rule, rule] };
  assert.equal(describeSize(sized), "3 keys, 2 rules");
});

test("sizes: of a list, are told by the API", () => {
  const _unboundedMetadata = {
    envId: "e",
    segmentId: "s",
    version: 1,
    includedCount: 12_345,
    excludedCount: 0,
    lastModified: 0,
    deleted: false,
  };
  assert.equal(describeSize({ ...empty, unbounded: true, _unboundedMetadata }), "12,345 keys");
});

test("filters: are written in the words of the API", () => {
  assert.equal(segmentFilter({}), undefined);
  assert.equal(
    segmentFilter({ query: 'a"b', tag: "x", kind: "lists" }),
    'query equals "a\\"b", tags anyOf ["x"], unbounded equals true',
  );
  assert.equal(segmentFilter({ kind: "rules" }), "unbounded equals false");
});
