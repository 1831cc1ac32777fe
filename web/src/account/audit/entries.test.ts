import assert from "node:assert/strict";
import { test } from "node:test";
import { authorOf, byDay, changesIn, cursorIn, isRefusal, isRemoval, readCursor } from "./entries.ts";

const member = { _links: {}, _id: "m", email: "ann@example.com", firstName: "Ann", lastName: "Lee" };
const token = { _links: {}, _id: "t", name: "build", ending: "0001", serviceToken: false };
const subject = { _links: {}, name: "Daybreak" };

test("authorOf: a member, a token of theirs, the server: are told apart", () => {
  assert.deepEqual(authorOf({ member, subject }), { kind: "member", id: "m", name: "Ann Lee" });
  assert.deepEqual(authorOf({ member, token, subject }), {
    kind: "token",
    id: "t",
    name: "the token build (ends in 0001)",
    of: "Ann Lee",
  });
  assert.deepEqual(authorOf({ subject }), { kind: "server", id: "", name: "Daybreak" });
});

test("isRefusal, isRemoval: by what was done", () => {
  assert.ok(isRefusal({ accesses: [] }));
  assert.ok(!isRemoval({ accesses: [] }));
  assert.ok(isRemoval({ accesses: [{ action: "deleteFlag", resource: "proj/a:env/*:flag/b" }] }));
});

test("readCursor: what cursorIn wrote: is where the next page begins", () => {
  const id = "1a229b9bf5d0000b7bb29e6e";
  const cursor = cursorIn(`/api/v2/auditlog?limit=20&before=1795996368670&beforeId=${id}`);
  assert.deepEqual(readCursor(cursor), { before: 1795996368670, beforeId: id });
  assert.equal(cursorIn(undefined), undefined);
  assert.equal(readCursor("nonsense"), undefined);
});

test("byDay: entries in order: each day once", () => {
  const days = byDay([{ date: 29 }, { date: 21 }, { date: 5 }], (at) => String(Math.floor(at / 10)));
  assert.deepEqual(
    days.map(({ day, entries }) => [day, entries.length]),
    [
      ["2", 2],
      ["0", 1],
    ],
  );
});

test("changesIn: actions of an update: are words, each once", () => {
  const resource = "proj/a:env/b:flag/c";
  const accesses = [
    { action: "updateOn", resource },
    { action: "updateOn", resource },
    { action: "updateFlagVariations", resource },
  ];
  assert.equal(changesIn({ accesses }), "update on, update flag variations");
  assert.equal(changesIn({ accesses: [{ action: "createFlag", resource }] }), "");
});
