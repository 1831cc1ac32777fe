import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, remainingFault } from "./faults.ts";

const refused = {
  code: "invalid_request",
  message: "validation failed: key: too long; tags[0]: odd",
  errors: [
    { attribute: "key", reason: "too long" },
    { attribute: "tags[0]", reason: "odd" },
  ],
};

test("faultOf: a field that is named: tells what is wrong with it", () => {
  assert.equal(faultOf(refused, "key"), "too long");
  assert.equal(faultOf(refused, "tags"), "odd");
  assert.equal(faultOf(refused, "name"), undefined);
});

test("remainingFault: every fault has its field: nothing remains", () => {
  assert.equal(remainingFault(refused, "key", "tags"), undefined);
  assert.equal(remainingFault(null), undefined);
});

test("remainingFault: one has none, or the error names no field: it is said in full", () => {
  assert.equal(remainingFault(refused, "key"), refused.message);
  assert.equal(remainingFault({ code: "conflict", message: "taken" }, "key"), "taken");
});
