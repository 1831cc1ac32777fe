import assert from "node:assert/strict";
import { test } from "node:test";
import { isKey, keyOf } from "./keys.ts";

test("keyOf: a name with spaces and accents: becomes a key", () => {
  assert.equal(keyOf("Mon Café, v1.2!"), "mon-cafe-v1.2");
});

test("keyOf: a name without any letter or digit: leaves nothing", () => {
  assert.equal(keyOf("–– ?"), "");
});

test("keyOf: a very long name: is cut to a key", () => {
  const key = keyOf("word ".repeat(60));
  assert.ok(isKey(key));
  assert.ok(key.length <= 100);
});

test("isKey: what the API refuses: is none", () => {
  for (const text of ["", "-a", "a b", "ä", "a/b", "a".repeat(101)]) assert.equal(isKey(text), false, text);
  for (const text of ["a", "A_b.c-1", "9"]) assert.equal(isKey(text), true, text);
});
