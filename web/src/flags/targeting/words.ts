// A semantic patch in words: what somebody reads before they save. Pure.
import type { Schemas } from "../../api/client.ts";
import { parseClause, type Served } from "../../rules/model.ts";
import { describeClauses, describeServed, enumerate } from "../../rules/words.ts";
import { ruleTexts } from "../../texts/rules.ts";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Draft } from "./draft.ts";
import type { Instruction } from "./instructions.ts";

export interface Names {
  /** A variation of the flag itself, by id. */
  variation: (id: string) => string;
  /** A variation of another flag, by id. */
  variationOf: (flagKey: string, id: string) => string;
}

export function describe(instruction: Instruction, before: Draft, names: Names): string {
  const texts = targetingTexts.words;
  switch (instruction.kind) {
    case "turnFlagOn":
      return texts.on;
    case "turnFlagOff":
      return texts.off(before.offVariationId ? names.variation(before.offVariationId) : texts.nothing);
    case "addPrerequisite":
    case "updatePrerequisite":
      return texts.need(instruction.key, names.variationOf(instruction.key, instruction.variationId));
    case "removePrerequisite":
      return texts.needNot(instruction.key);
    case "addTargets":
      return texts.target(list(instruction), names.variation(instruction.variationId));
    case "removeTargets":
      return texts.untarget(list(instruction), names.variation(instruction.variationId));
    case "updateFallthroughVariationOrRollout":
      return texts.fallthrough(
        served(instruction, names),
        describeServed(before.fallthrough, names.variation),
      );
    case "updateOffVariation":
      return texts.offVariation(names.variation(instruction.variationId));
    default:
      return describeOfRule(instruction, before, names);
  }
}

type OfRule = Extract<Instruction, { kind: `${string}Rule${string}` | `${string}Clause${string}` }>;

function describeOfRule(instruction: OfRule, before: Draft, names: Names): string {
  const texts = targetingTexts.words;
  if (instruction.kind === "addRule") {
    return texts.addRule(words(instruction.clauses), served(instruction, names));
  }
  if (instruction.kind === "reorderRules") {
    return texts.reorder(instruction.ruleIds.map((id) => ruleName(id, before)).join(", "));
  }
  const rule = ruleName(instruction.ruleId, before);
  switch (instruction.kind) {
    case "removeRule":
      return texts.removeRule(rule);
    case "updateRuleDescription":
      return texts.describeRule(rule, instruction.description);
    case "addClauses":
      return texts.addClauses(rule, words(instruction.clauses));
    case "removeClauses":
      return texts.removeClauses(rule, clausesOf(instruction, before));
    case "updateClause":
      return texts.changeClause(
        rule,
        clausesOf({ ...instruction, clauseIds: [instruction.clauseId] }, before),
        words([instruction.clause]),
      );
    case "updateRuleVariationOrRollout":
      return texts.serve(rule, served(instruction, names));
  }
}

function list({ contextKind, values }: { contextKind: string; values: readonly string[] }): string {
  return `${contextKind} ${enumerate(values)}`;
}

function words(clauses: readonly Schemas["ClauseShape"][]): string {
  return describeClauses(clauses.map(parseClause));
}

interface ServedParameters {
  variationId?: string;
  rolloutWeights?: Readonly<Record<string, number>>;
  rolloutContextKind?: string;
  rolloutBucketBy?: string;
}

function served(instruction: ServedParameters, names: Names): string {
  const { variationId = "", rolloutWeights, rolloutContextKind = "user", rolloutBucketBy } = instruction;
  const meant: Served = rolloutWeights
    ? { weights: rolloutWeights, contextKind: rolloutContextKind, bucketBy: rolloutBucketBy }
    : { variationId };
  return describeServed(meant, names.variation);
}

/** How people know a rule: by its number, and what somebody called it. */
function ruleName(id: string, before: Draft): string {
  const place = before.rules.findIndex((rule) => rule.id === id);
  return ruleTexts.rule(place + 1, before.rules[place]?.description ?? "");
}

function clausesOf(
  { ruleId, clauseIds }: { ruleId: string; clauseIds: readonly string[] },
  before: Draft,
): string {
  const rule = before.rules.find(({ id }) => id === ruleId);
  return describeClauses(rule?.clauses.filter(({ id }) => clauseIds.includes(id)) ?? []);
}
