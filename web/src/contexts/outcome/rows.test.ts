import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evaluation } from "../reasons.ts";
import { narrow, rowsOf } from "./rows.ts";

const gets = (key: string, value: unknown, kind = "FALLTHROUGH"): Evaluation => ({
  name: `The ${key}`,
  key,
  _value: value,
  reason: { kind },
  _links: {},
});
const keys = (rows: ReturnType<typeof narrow>) => rows.map(({ evaluation }) => evaluation.key);

test("only values that differ count as different", () => {
  const before = [gets("one", { a: 1, b: 2 }), gets("two", true)];
  const rows = rowsOf(
    [gets("one", { b: 2, a: 1 }, "RULE_MATCH"), gets("two", false), gets("new", 1)],
    before,
  );
  assert.deepEqual(
    rows.map((row) => row.before?._value),
    [undefined, true, undefined],
  );
  assert.deepEqual(keys(narrow(rows, { only: "changed" })), ["two"]);
});

test("flags are found by a part of their names and keys", () => {
  const rows = rowsOf([gets("banner", 1), gets("cart", 2)], undefined);
  assert.deepEqual(keys(narrow(rows, { query: " BANN" })), ["banner"]);
  assert.deepEqual(keys(narrow(rows, { query: "the c" })), ["cart"]);
  assert.deepEqual(keys(narrow(rows, {})), ["banner", "cart"]);
});

test("special is what more than the default decides", () => {
  const rows = rowsOf([gets("a", 1), gets("b", 1, "OFF"), gets("c", 1, "TARGET_MATCH")], undefined);
  assert.deepEqual(keys(narrow(rows, { only: "special" })), ["c"]);
});
