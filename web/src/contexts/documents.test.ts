import assert from "node:assert/strict";
import { test } from "node:test";
import {
  attributeFilter,
  contextFilter,
  documentOf,
  nameOf,
  parseDocument,
  partsOf,
  readValue,
  writeValue,
} from "./documents.ts";

test("a context of one kind is one part, without what is not an attribute", () => {
  const [part, ...others] = partsOf({
    kind: "org",
    key: "acme",
    plan: "gold",
  });
  assert.deepEqual(others, []);
  assert.deepEqual(part, {
    kind: "org",
    key: "acme",
    attributes: [{ name: "plan", value: "gold" }],
  });
});

test("a multi-context has a part for each kind", () => {
  const parts = partsOf({ kind: "multi", user: { key: "ann", name: "Ann" }, org: { key: "acme" } });
  assert.deepEqual(
    parts.map((part) => [part.kind, part.key, nameOf(part)]),
    [
      ["user", "ann", "Ann"],
      ["org", "acme", "acme"],
    ],
  );
});

test("a part is a document of its own", () => {
  const document = { kind: "user", key: "ann", plan: "gold" };
  assert.deepEqual(partsOf(document).map(documentOf), [document]);
});

test("values are read as they are written", () => {
  for (const value of ["NL", "44", 44, true, "true", null, ["a", 1], { city: "Bonn" }, "", '"']) {
    assert.deepEqual(readValue(writeValue(value)), value);
  }
  assert.equal(writeValue("NL"), "NL");
  assert.equal(writeValue("44"), '"44"');
});

test("what is no context says why", () => {
  assert.match(JSON.stringify(parseDocument("{")), /no JSON/);
  assert.match(JSON.stringify(parseDocument("[]")), /is an object/);
  assert.match(JSON.stringify(parseDocument('{"key": "a"}')), /which kind/);
  assert.match(JSON.stringify(parseDocument('{"kind": "user"}')), /a key/);
  assert.match(JSON.stringify(parseDocument('{"kind": "multi", "org": {}}')), /a key/);
  assert.deepEqual(parseDocument('{"kind": "user", "key": "a"}'), { document: { kind: "user", key: "a" } });
});

test("filters are written in the words of the API", () => {
  assert.equal(contextFilter({}), undefined);
  assert.equal(contextFilter({ query: ' an"n, ', kind: "user" }), 'q equals "an\\"n,", kind equals "user"');
});

test("a context is found with its attribute, whatever they are called", () => {
  assert.equal(
    attributeFilter({ kind: "user", key: 'a"b' }, "/address/city"),
    'kind equals "user", key equals "a\\"b", "user./address/city" exists true',
  );
});
