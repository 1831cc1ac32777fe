import assert from "node:assert/strict";
import { test } from "node:test";
import { turnsOf } from "./turns.ts";

test("cursors are those of the links", () => {
  const links = {
    self: { href: "/api/v2/things?limit=20" },
    prev: { href: "/api/v2/things?limit=20&before=MTI" },
    next: { href: "/api/v2/things?limit=20&after=MTM%3D" },
  };
  assert.deepEqual(turnsOf(links), { previous: { before: "MTI" }, next: { after: "MTM=" } });
});

test("a list of one page leads nowhere", () => {
  assert.deepEqual(turnsOf({ self: { href: "/api/v2/things" } }), { previous: undefined, next: undefined });
});
