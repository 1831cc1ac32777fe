import assert from "node:assert/strict";
import { test } from "node:test";
import type { Configuration } from "./flag.ts";
import { usesOf } from "./uses.ts";

const flag = { defaults: { onVariation: 0, offVariation: 1 } };
const bare: Configuration = {
  on: true,
  archived: false,
  salt: "",
  sel: "",
  lastModified: 0,
  version: 1,
  _site: {},
  _environmentName: "Production",
  trackEvents: false,
  trackEventsFallthrough: false,
};

test("usesOf: a variation that nothing names: is used by new environments alone", () => {
  assert.deepEqual(usesOf(flag, bare, 1), {
    isOnDefault: false,
    isOffDefault: true,
    isOff: false,
    isFallthrough: false,
    rules: 0,
    targets: 0,
  });
});

test("usesOf: targets of several kinds: each context counts once", () => {
  const configuration = {
    ...bare,
    targets: [{ values: ["ann", "bob"], variation: 0, contextKind: "user" }],
    contextTargets: [
      { values: [], variation: 0, contextKind: "user" },
      { values: ["acme"], variation: 0, contextKind: "organization" },
      { values: ["beta"], variation: 1, contextKind: "organization" },
    ],
  };
  assert.equal(usesOf(flag, configuration, 0).targets, 3);
});

test("usesOf: a rollout: uses the variations that have a share of it", () => {
  const rollout = {
    variations: [
      { variation: 0, weight: 100_000 },
      { variation: 1, weight: 0 },
    ],
  };
  const configuration = {
    ...bare,
    fallthrough: { rollout },
    rules: [{ clauses: [], rollout }],
    offVariation: 1,
  };
  const [first, second] = [usesOf(flag, configuration, 0), usesOf(flag, configuration, 1)];
  assert.deepEqual([first.isFallthrough, first.rules, first.isOff], [true, 1, false]);
  assert.deepEqual([second.isFallthrough, second.rules, second.isOff], [false, 0, true]);
});
