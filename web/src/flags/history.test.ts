import assert from "node:assert/strict";
import { test } from "node:test";
import { historyTexts } from "../texts/flagHistory.ts";
import { cursorOf, environmentsOf, statementsFor, wordsOf } from "./history.ts";

function entry(actions: string[], resource: string, description = "") {
  return { accesses: actions.map((action) => ({ action, resource })), description };
}

test("statementsFor: other environments: are left out, the flag as a whole is not", () => {
  assert.deepEqual(statementsFor("shop", "cart", ["test", "staging"]), [
    { effect: "allow", resources: ["proj/shop:env/*:flag/cart"] },
    { effect: "deny", resources: ["proj/shop:env/test:flag/cart", "proj/shop:env/staging:flag/cart"] },
  ]);
  assert.equal(statementsFor("shop", "cart", []).length, 1);
});

test("cursorOf: the link to the next page: says where it begins", () => {
  assert.deepEqual(cursorOf("/api/v2/auditlog?limit=20&before=1700&beforeId=1a22"), {
    before: 1700,
    beforeId: "1a22",
  });
  assert.equal(cursorOf(undefined), undefined);
});

test("environmentsOf: resources with tags and with stars: only keys of environments count", () => {
  assert.deepEqual(environmentsOf(entry(["updateOn"], "proj/shop:env/live;critical:flag/cart;a,b")), [
    "live",
  ]);
  assert.deepEqual(environmentsOf(entry(["updateName"], "proj/shop:env/*:flag/cart")), []);
});

test("wordsOf: a flag that was turned: says which way", () => {
  const told = (state: boolean) => `- \`environments.live.on\` is now \`${state}\``;
  assert.deepEqual(wordsOf(entry(["updateOn"], "", told(true))), [historyTexts.on]);
  assert.deepEqual(wordsOf(entry(["updateOn"], "", told(false))), [historyTexts.off]);
  assert.deepEqual(wordsOf(entry(["updateOn"], "")), [historyTexts.actions.updateOn]);
});

test("wordsOf: the same action twice, and one without words: each is told once", () => {
  assert.deepEqual(wordsOf(entry(["updateTags", "updateTags", "bendFlag"], "")), [
    historyTexts.actions.updateTags,
    "bendFlag",
  ]);
});
