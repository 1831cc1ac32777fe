import assert from "node:assert/strict";
import { test } from "node:test";
import { policyDraft } from "../policy/statements.ts";
import { bodyOf, changeOf, draftOf, emptyWebhook, faultOfWebhook, type Webhook } from "./webhook.ts";

const webhook: Webhook = {
  _links: {},
  _id: "1",
  name: "chat",
  url: "https://hooks.example/",
  secret: "s",
  on: true,
  tags: ["b", "a"],
};

test("changeOf: nothing has changed: is empty", () => {
  assert.deepEqual(changeOf(webhook, draftOf(webhook)), { patch: [], words: [] });
});

test("changeOf: turned off and no longer signed: says what that means", () => {
  const { patch, words } = changeOf(webhook, { ...draftOf(webhook), on: false, signs: false });
  assert.deepEqual(
    patch.map(({ path, value }) => [path, value]),
    [
      ["/on", false],
      ["/secret", ""],
    ],
  );
  assert.match(words[0] ?? "", /forgotten/);
});

test("changeOf: no statement any more: everything is told", () => {
  const statements = [{ effect: "allow", resources: ["*"], actions: ["*"] }];
  const narrow = { ...webhook, statements } as unknown as Webhook;
  const { words } = changeOf(narrow, { ...draftOf(narrow), policy: policyDraft([]) });
  assert.deepEqual(words, ["Tell every entry of the audit log"]);
});

test("bodyOf: a new one without a secret: lets one be made up", () => {
  const body = bodyOf({ ...emptyWebhook(), url: " https://hooks.example/ " });
  assert.deepEqual([body.sign, body.secret, body.url], [true, "", "https://hooks.example/"]);
});

test("faultOfWebhook: statements that cannot be read: are told", () => {
  assert.equal(faultOfWebhook(emptyWebhook()), "");
  assert.notEqual(faultOfWebhook({ ...emptyWebhook(), policy: { statements: [], json: "{" } }), "");
});
