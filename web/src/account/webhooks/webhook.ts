// A webhook as the API tells it, as a form holds it, and what a change of it says. Pure.
import type { Schemas } from "../../api/client.ts";
import { webhookTexts } from "../../texts/webhooks.ts";
import { patchOf, type Replacement } from "../patches.ts";
import { type PolicyDraft, policyDraft, readPolicy, type Statement } from "../policy/statements.ts";
import { statementInWords } from "../policy/words.ts";

export type Webhook = Schemas["WebhookShape"];

export interface WebhookDraft {
  name: string;
  url: string;
  on: boolean;
  signs: boolean;
  secret: string;
  tags: string[];
  policy: PolicyDraft;
}

export function emptyWebhook(): WebhookDraft {
  return { name: "", url: "", on: true, signs: true, secret: "", tags: [], policy: policyDraft([]) };
}

export function draftOf(webhook: Webhook): WebhookDraft {
  const { name, url, on, secret = "", tags, statements } = webhook;
  return { name, url, on, signs: secret !== "", secret, tags, policy: policyDraft(statements) };
}

/** Why the draft cannot be sent; an empty text where it can. */
export function faultOfWebhook({ policy }: WebhookDraft): string {
  return readPolicy(policy).fault;
}

interface Fields {
  name: string;
  url: string;
  on: boolean;
  secret: string;
  tags: string[];
  statements: Statement[];
}

function fieldsOf({ name, url, on, signs, secret, tags, policy }: WebhookDraft): Fields {
  const { statements } = readPolicy(policy);
  return {
    name: name.trim(),
    url: url.trim(),
    on,
    secret: signs ? secret : "",
    tags: [...tags].sort(),
    statements,
  };
}

export interface WebhookChange {
  patch: Replacement[];
  words: string[];
}

export function changeOf(webhook: Webhook, draft: WebhookDraft): WebhookChange {
  const after = fieldsOf(draft);
  const patch = patchOf(fieldsOf(draftOf(webhook)), after);
  return { patch, words: patch.flatMap(({ path }) => wordsOf(path, after)) };
}

function wordsOf(path: string, after: Fields): string[] {
  const texts = webhookTexts.words;
  switch (path) {
    case "/name":
      return [texts.name(after.name)];
    case "/url":
      return [texts.url(after.url)];
    case "/on":
      return [after.on ? texts.on : texts.off];
    case "/secret":
      return [after.secret ? texts.secret : texts.unsigned];
    case "/tags":
      return [texts.tags(after.tags.join(", "))];
    default:
      return after.statements.length
        ? after.statements.map((statement) => texts.tells(statementInWords(statement)))
        : [texts.tellsAll];
  }
}

/** What a new webhook is made of. Without a secret one is made up. */
export function bodyOf(draft: WebhookDraft): Fields & { sign: boolean } {
  return { ...fieldsOf(draft), sign: draft.signs };
}
