import assert from "node:assert/strict";
import { test } from "node:test";
import { addressFrom, linesOf, mentionOf, partsOf, wordsOf } from "./codeReferences.ts";

const hunk = {
  startingLineNumber: 9,
  lines: "def price():\n    return NEW_PRICE",
  flagKey: "new-price",
  aliases: ["NEW_PRICE", "NEW_PRICE_2", "NEW_PRICE"],
};

test("linesOf: a hunk: has numbers as in its file", () => {
  assert.deepEqual(linesOf(hunk), [
    { number: 9, text: "def price():" },
    { number: 10, text: "    return NEW_PRICE" },
  ]);
});

test("mentionOf: context lines come first: is the line with the flag", () => {
  assert.equal(mentionOf(hunk), 10);
  assert.equal(mentionOf({ ...hunk, lines: "nothing" }), 9);
});

test("partsOf: words that begin alike: the longest is marked", () => {
  assert.deepEqual(partsOf("a NEW_PRICE_2 b", wordsOf(hunk)), [
    { text: "a ", isMention: false },
    { text: "NEW_PRICE_2", isMention: true },
    { text: " b", isMention: false },
  ]);
  assert.deepEqual(partsOf("", wordsOf(hunk)), []);
});

test("addressFrom: a template of a host: is filled in, with slashes of paths kept", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the server keeps templates like this
  const template = "https://git.example.com/shop/blob/${sha}/${filePath}#L${lineNumber}";
  assert.equal(
    addressFrom(template, { sha: "0a5", filePath: "src/a b.py", lineNumber: "9" }),
    "https://git.example.com/shop/blob/0a5/src/a%20b.py#L9",
  );
});

test("addressFrom: no template, an unknown variable or a script: is no link", () => {
  assert.equal(addressFrom("", {}), undefined);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the server keeps templates like this
  assert.equal(addressFrom("https://git.example.com/${other}", { sha: "0a5" }), undefined);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the server keeps templates like this
  assert.equal(addressFrom("javascript:alert('${sha}')", { sha: "0a5" }), undefined);
});
