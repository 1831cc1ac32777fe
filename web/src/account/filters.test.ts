import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf } from "./filters.ts";

test("filterOf: several fields: are separated by commas", () => {
  assert.equal(filterOf({ query: "ann", team: "shop", role: undefined }), "query:ann,team:shop");
});

test("filterOf: what would be read as grammar: becomes spaces", () => {
  assert.equal(filterOf({ query: 'Lee, "Ann" (x' }), "query:Lee   Ann   x");
  assert.equal(filterOf({ query: "," }), undefined);
});
