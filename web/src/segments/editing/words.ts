// Changes of a segment in words: what somebody reads before they save. Pure.
import type { Schemas } from "../../api/client.ts";
import { percent } from "../../parts/numbers.ts";
import { parseClause, WHOLE } from "../../rules/model.ts";
import { describeClauses, enumerate } from "../../rules/words.ts";
import { ruleTexts } from "../../texts/rules.ts";
import { segmentTexts } from "../../texts/segments.ts";
import type { Change } from "./changes.ts";
import type { Draft, Rule } from "./draft.ts";

export function describe(change: Change, before: Draft): string {
  const texts = segmentTexts.words;
  switch (change.kind) {
    case "addIncludedTargets":
      return texts.include(list(change));
    case "removeIncludedTargets":
      return texts.includeNot(list(change));
    case "addExcludedTargets":
      return texts.exclude(list(change));
    case "removeExcludedTargets":
      return texts.excludeNot(list(change));
    case "addRule":
      return texts.addRule(words(change.clauses), describeShare(change.weight ?? WHOLE));
    default:
      return describeOfRule(change, before);
  }
}

type OfRule = Extract<Change, { ruleId: string }>;

function describeOfRule(change: OfRule, before: Draft): string {
  const texts = segmentTexts.words;
  const rule = ruleName(change.ruleId, before);
  switch (change.kind) {
    case "removeRule":
      return texts.removeRule(rule);
    case "updateRuleDescription":
      return texts.describeRule(rule, change.description);
    case "addClauses":
      return texts.addClauses(rule, words(change.clauses));
    case "removeClauses":
      return texts.removeClauses(rule, clausesOf(change.ruleId, change.clauseIds, before));
    case "updateClause":
      return texts.changeClause(
        rule,
        clausesOf(change.ruleId, [change.clauseId], before),
        words([change.clause]),
      );
    case "updateRuleRolloutAndContextKind":
      return change.weight === WHOLE
        ? texts.everybody(rule, describeShare(change.weight))
        : texts.share(rule, describeShare(change.weight), change.contextKind);
  }
}

/** Who of those whom a rule matches. */
export function describeShare(weight: Rule["weight"]): string {
  return weight === WHOLE ? segmentTexts.everybody : segmentTexts.shareOf(percent(weight / 1_000));
}

function list({ contextKind, values }: { contextKind: string; values: readonly string[] }): string {
  return `${contextKind} ${enumerate(values)}`;
}

function words(clauses: readonly Schemas["ClauseShape"][]): string {
  return describeClauses(clauses.map(parseClause));
}

/** How people know a rule: by its number, and what somebody called it. */
function ruleName(id: string, { rules }: Draft): string {
  const place = rules.findIndex((rule) => rule.id === id);
  return ruleTexts.rule(place + 1, rules[place]?.description ?? "");
}

function clausesOf(ruleId: string, clauseIds: readonly string[], { rules }: Draft): string {
  const rule = rules.find(({ id }) => id === ruleId);
  return describeClauses(rule?.clauses.filter(({ id }) => clauseIds.includes(id)) ?? []);
}
