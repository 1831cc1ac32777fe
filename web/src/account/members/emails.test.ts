import assert from "node:assert/strict";
import { test } from "node:test";
import { isEmail, splitEmails } from "./emails.ts";

test("isEmail: an address or something else: is told apart", () => {
  assert.ok(isEmail("ann@example.com"));
  for (const text of ["ann", "@example.com", "ann lee@example.com", ""]) assert.ok(!isEmail(text), text);
});

test("splitEmails: a list as it is pasted: is taken apart", () => {
  assert.deepEqual(splitEmails(" a@x.com, b@x.com;\nc@x.com "), ["a@x.com", "b@x.com", "c@x.com"]);
});
