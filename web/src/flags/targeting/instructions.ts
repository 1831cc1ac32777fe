// The semantic patch from one draft to another. Pure. What did not change is not named, so that edits of two people
// at different places of a flag both stand.
import { type ClauseInstruction, clauseInstructions } from "../../rules/clauseInstructions.ts";
import { type Served, shapeOf } from "../../rules/model.ts";
import type { Draft, Prerequisite, Rule, Target } from "./draft.ts";

interface ServedParameters {
  variationId?: string;
  rolloutWeights?: Readonly<Record<string, number>>;
  rolloutContextKind?: string;
  rolloutBucketBy?: string;
}

type ClauseBody = ReturnType<typeof shapeOf>;

export type Instruction =
  | { kind: "turnFlagOn" }
  | { kind: "turnFlagOff" }
  | { kind: "addPrerequisite" | "updatePrerequisite"; key: string; variationId: string }
  | { kind: "removePrerequisite"; key: string }
  | {
      kind: "addTargets" | "removeTargets";
      contextKind: string;
      variationId: string;
      values: readonly string[];
    }
  | ({
      kind: "addRule";
      description?: string;
      clauses: ClauseBody[];
      beforeRuleId?: string;
    } & ServedParameters)
  | { kind: "removeRule"; ruleId: string }
  | { kind: "reorderRules"; ruleIds: readonly string[] }
  | { kind: "updateRuleDescription"; ruleId: string; description: string }
  | ClauseInstruction
  | ({ kind: "updateRuleVariationOrRollout"; ruleId: string } & ServedParameters)
  | ({ kind: "updateFallthroughVariationOrRollout" } & ServedParameters)
  | { kind: "updateOffVariation"; variationId: string };

export function instructionsFrom(before: Draft, after: Draft): Instruction[] {
  return [
    ...ofSwitch(before.on, after.on),
    ...ofPrerequisites(before.prerequisites, after.prerequisites),
    ...ofTargets(before.targets, after.targets),
    ...ofRules(before.rules, after.rules),
    ...(isSame(before.fallthrough, after.fallthrough)
      ? []
      : [{ kind: "updateFallthroughVariationOrRollout" as const, ...parametersOf(after.fallthrough) }]),
    ...(after.offVariationId && before.offVariationId !== after.offVariationId
      ? [{ kind: "updateOffVariation" as const, variationId: after.offVariationId }]
      : []),
  ];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function parametersOf(served: Served): ServedParameters {
  if ("variationId" in served) return { variationId: served.variationId };
  const { weights, contextKind, bucketBy } = served;
  return {
    rolloutWeights: weights,
    rolloutContextKind: contextKind,
    ...(bucketBy ? { rolloutBucketBy: bucketBy } : {}),
  };
}

function ofSwitch(before: boolean, after: boolean): Instruction[] {
  if (before === after) return [];
  return [{ kind: after ? "turnFlagOn" : "turnFlagOff" }];
}

function ofPrerequisites(before: readonly Prerequisite[], after: readonly Prerequisite[]): Instruction[] {
  const [old, now] = [byKey(before), byKey(after)];
  const removed = before.filter(({ key }) => !now.has(key));
  const added = after.filter(({ key }) => !old.has(key));
  const changed = after.filter(({ key, variationId }) => old.has(key) && old.get(key) !== variationId);
  return [
    ...removed.map(({ key }) => ({ kind: "removePrerequisite" as const, key })),
    ...added.map((each) => ({ kind: "addPrerequisite" as const, ...each })),
    ...changed.map((each) => ({ kind: "updatePrerequisite" as const, ...each })),
  ];
}

function byKey(prerequisites: readonly Prerequisite[]): Map<string, string> {
  return new Map(prerequisites.map(({ key, variationId }) => [key, variationId]));
}

/** First what goes, then what comes: a key may move from one variation to another. */
function ofTargets(before: readonly Target[], after: readonly Target[]): Instruction[] {
  return [
    ...differences(before, after).map((target) => ({ kind: "removeTargets" as const, ...target })),
    ...differences(after, before).map((target) => ({ kind: "addTargets" as const, ...target })),
  ];
}

/** The keys of some targets that others have not. */
function differences(some: readonly Target[], others: readonly Target[]): Target[] {
  const known = new Set(others.flatMap((each) => each.values.map((value) => nameOf(each, value))));
  return some
    .map((target) => ({
      ...target,
      values: target.values.filter((value) => !known.has(nameOf(target, value))),
    }))
    .filter(({ values }) => values.length > 0);
}

function nameOf({ contextKind, variationId }: Target, value: string): string {
  return JSON.stringify([contextKind, variationId, value]);
}

function ofRules(before: readonly Rule[], after: readonly Rule[]): Instruction[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const remaining = after.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const removed = before.filter(({ id }) => !remaining.includes(id));
  const inOldOrder = before.filter(({ id }) => remaining.includes(id)).map(({ id }) => id);
  return [
    ...removed.map(({ id }) => ({ kind: "removeRule" as const, ruleId: id })),
    ...(isSame(inOldOrder, remaining) ? [] : [{ kind: "reorderRules" as const, ruleIds: remaining }]),
    ...after.flatMap((rule, place) => {
      const known = old.get(rule.id);
      return known ? ofRule(known, rule) : [addition(rule, after.slice(place + 1), old)];
    }),
  ];
}

/** A new rule stands before the next one that the server knows already. */
function addition(rule: Rule, later: readonly Rule[], known: ReadonlyMap<string, Rule>): Instruction {
  const next = later.find(({ id }) => known.has(id));
  return {
    kind: "addRule",
    ...(rule.description ? { description: rule.description } : {}),
    clauses: rule.clauses.map(shapeOf),
    ...parametersOf(rule.served),
    ...(next ? { beforeRuleId: next.id } : {}),
  };
}

function ofRule(before: Rule, after: Rule): Instruction[] {
  const ruleId = after.id;
  const instructions: Instruction[] = clauseInstructions(ruleId, before.clauses, after.clauses);
  if (before.description !== after.description) {
    instructions.push({ kind: "updateRuleDescription", ruleId, description: after.description });
  }
  if (!isSame(before.served, after.served)) {
    instructions.push({ kind: "updateRuleVariationOrRollout", ruleId, ...parametersOf(after.served) });
  }
  return instructions;
}
