// A statement of a policy as a sentence.
import { policyTexts } from "../../texts/policies.ts";
import { ANYTHING, specifierInWords } from "./specifiers.ts";
import type { Statement } from "./statements.ts";

const SHOWN = 3;

export function statementInWords(statement: Statement): string {
  const texts = policyTexts.words;
  const { effect, resources = [], notResources = [], actions = [], notActions = [] } = statement;
  const what = notActions.length ? texts.everyActionBut(listed(notActions)) : actionsInWords(actions);
  const where = notResources.length
    ? texts.everythingBut(listed(notResources.map(specifierInWords)))
    : listed(resources.map(specifierInWords));
  return texts[effect](what, where);
}

function actionsInWords(actions: readonly string[]): string {
  const { everyAction, everyView, everyUpdate } = policyTexts.words;
  const words: Record<string, string> = {
    [ANYTHING]: everyAction,
    "view*": everyView,
    "update*": everyUpdate,
  };
  return listed(actions.map((action) => words[action] ?? action));
}

function listed(items: readonly string[]): string {
  const { nothing, and, more } = policyTexts.words;
  if (items.length === 0) return nothing;
  const shown = items.slice(0, SHOWN);
  if (items.length > SHOWN) return more(shown.join(", "), items.length - SHOWN);
  const last = shown.pop() ?? "";
  return shown.length ? `${shown.join(", ")}${and}${last}` : last;
}
