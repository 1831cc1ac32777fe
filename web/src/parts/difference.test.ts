import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOf, linesOf } from "./difference.ts";

test("differencesOf: equal things: are not different", () => {
  assert.deepEqual(differencesOf({ a: [1, { b: null }] }, { a: [1, { b: null }] }), []);
});

test("differencesOf: a member deep within: is told with its path alone", () => {
  const before = { name: "Cart", environments: { test: { on: false, rules: [] } } };
  const after = { name: "Cart", environments: { test: { on: true, rules: [] } } };
  assert.deepEqual(differencesOf(before, after), [
    { path: ["environments", "test", "on"], removed: [false], added: [true] },
  ]);
});

test("differencesOf: versions and links: are never told", () => {
  assert.deepEqual(differencesOf({ _version: 1, _links: { a: 1 } }, { _version: 2, _links: { a: 2 } }), []);
});

test("differencesOf: members that come and go: stand on one side alone", () => {
  assert.deepEqual(differencesOf({ old: 1 }, { new: 2 }), [
    { path: ["old"], removed: [1], added: [] },
    { path: ["new"], removed: [], added: [2] },
  ]);
});

test("differencesOf: plain values in a list: are told one by one", () => {
  assert.deepEqual(differencesOf({ tags: ["a", "b"] }, { tags: ["b", "c"] }), [
    { path: ["tags"], removed: ["a"], added: ["c"] },
  ]);
});

test("differencesOf: items with ids: are followed to their new place, and called by their names", () => {
  const before = {
    variations: [
      { _id: "x", name: "On" },
      { _id: "y", name: "Off" },
    ],
  };
  const after = {
    variations: [
      { _id: "y", name: "None" },
      { _id: "x", name: "On" },
    ],
  };
  assert.deepEqual(differencesOf(before, after), [
    { path: ["variations", "None", "name"], removed: ["Off"], added: ["None"] },
    { path: ["variations", "order"], removed: [["On", "Off"]], added: [["None", "On"]] },
  ]);
});

test("differencesOf: items without ids: are compared place by place", () => {
  const before = { targets: [{ values: ["ann"] }] };
  const after = { targets: [{ values: ["ann", "bob"] }, { values: ["eve"] }] };
  assert.deepEqual(differencesOf(before, after), [
    { path: ["targets", "1", "values"], removed: [], added: ["bob"] },
    { path: ["targets", "2"], removed: [], added: [{ values: ["eve"] }] },
  ]);
});

test("differencesOf: something new: is one change without what says nothing", () => {
  assert.deepEqual(differencesOf(undefined, { key: "a", _version: 1 }), [
    { path: [], removed: [], added: [{ key: "a" }] },
  ]);
});

test("linesOf: an empty text: can be seen", () => {
  assert.deepEqual(linesOf(""), ['""']);
  assert.deepEqual(linesOf({ a: 1 }), ["{", '  "a": 1', "}"]);
});
