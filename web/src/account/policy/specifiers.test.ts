import assert from "node:assert/strict";
import { test } from "node:test";
import { areOfOneKind, faultOfSpecifier, specifierInWords, typesOf } from "./specifiers.ts";

test("faultOfSpecifier: what the server reads: is right", () => {
  for (const text of [
    "*",
    "acct",
    "proj/shop;beta,new:env/*:flag/dark-*",
    `proj/\${roleAttribute/project}:env/*`,
    "*/*:env/test",
    "application/team/web",
  ]) {
    assert.equal(faultOfSpecifier(text), "", text);
  }
});

test("faultOfSpecifier: what the server refuses: says why", () => {
  for (const text of [
    "",
    "proj",
    "proj/",
    "/shop",
    "pr*j/shop",
    "proj/a;b;c",
    "proj/a;",
    "proj/a: env/b",
    "a/b::c/d",
  ]) {
    assert.notEqual(faultOfSpecifier(text), "", text);
  }
});

test("typesOf: what lies in what: from the outside in", () => {
  assert.deepEqual(typesOf("proj/shop;beta:env/*:flag/*"), ["proj", "env", "flag"]);
  assert.deepEqual(typesOf("*"), []);
});

test("areOfOneKind: stars stand for any kind: else kinds are compared", () => {
  assert.ok(areOfOneKind("proj/a:env/b:*/*", "proj/*:env/*:flag/*"));
  assert.ok(areOfOneKind("*", "team/*"));
  assert.ok(!areOfOneKind("proj/a", "proj/*:env/*"));
  assert.ok(!areOfOneKind("team/a", "member/*"));
});

test("specifierInWords: reads from the inside out", () => {
  assert.equal(
    specifierInWords("proj/*:env/production;critical:flag/dark-*"),
    "flags like dark-* in the environment production tagged critical in all projects",
  );
  assert.equal(
    specifierInWords(`proj/\${roleAttribute/project}`),
    "the projects of the role attribute project",
  );
  assert.equal(specifierInWords("proj/a:env/*:*/*"), "everything in all environments in the project a");
  assert.equal(specifierInWords("acct"), "the account");
  assert.equal(specifierInWords("*"), "everything");
});
