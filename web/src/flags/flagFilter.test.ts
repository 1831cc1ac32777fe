import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, isFiltered, parseFlagList } from "./flagFilter.ts";

test("filterOf: nothing is looked for: there is no filter", () => {
  assert.equal(filterOf({ sort: "name" }), undefined);
  assert.equal(isFiltered({ sort: "name", offset: 20 }), false);
});

test("filterOf: several things are looked for: all of them count", () => {
  const search = { query: "cart, new", tag: "web", state: "deprecated", type: "temporary" } as const;
  assert.equal(filterOf(search), "query:cart  new,tags:web,state:deprecated,type:temporary");
  assert.equal(isFiltered(search), true);
});

test("parseFlagList: what is no state or lifetime: counts as absent", () => {
  const { state, type } = parseFlagList({ state: "gone", type: "eternal" });
  assert.deepEqual([state, type], [undefined, undefined]);
});
