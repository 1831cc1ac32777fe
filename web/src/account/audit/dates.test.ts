import assert from "node:assert/strict";
import { test } from "node:test";
import { afterOf, beforeOf, dateText, textOfAfter, textOfBefore } from "./dates.ts";

test("afterOf, beforeOf: a day: its bounds lead back to it", () => {
  const [after, before] = [afterOf("2026-03-29"), beforeOf("2026-03-29")];
  assert.equal(textOfAfter(after), "2026-03-29");
  assert.equal(textOfBefore(before), "2026-03-29");
  assert.equal(dateText(before ?? 0), "2026-03-30");
});

test("afterOf: no day: is none", () => {
  assert.equal(afterOf(""), undefined);
  assert.equal(beforeOf("x"), undefined);
  assert.equal(textOfAfter(undefined), "");
});
