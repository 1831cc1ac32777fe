// What leads from one draft to another, and the patch that says so to the API. Pure.
import type { Schemas } from "../../api/client.ts";
import { type ClauseInstruction, clauseInstructions } from "../../rules/clauseInstructions.ts";
import { isNew, shapeOf, WHOLE } from "../../rules/model.ts";
import { type Draft, type ListName, type Rule, type Target, USER, valuesOf } from "./draft.ts";

type ClauseBody = Schemas["ClauseShape"];
type TargetKind =
  | "addIncludedTargets"
  | "removeIncludedTargets"
  | "addExcludedTargets"
  | "removeExcludedTargets";

/** Semantic instructions, but for the share of a new rule: see `patchOf`. */
export type Change =
  | { kind: TargetKind; contextKind: string; values: readonly string[] }
  | { kind: "addRule"; clauses: ClauseBody[]; description?: string; weight?: number; contextKind?: string }
  | { kind: "removeRule"; ruleId: string }
  | { kind: "updateRuleDescription"; ruleId: string; description: string }
  | ClauseInstruction
  | { kind: "updateRuleRolloutAndContextKind"; ruleId: string; weight: number; contextKind: string };

export interface JsonOperation {
  op: "test" | "replace";
  path: string;
  value: unknown;
}

export type Patch = { instructions: readonly Change[] } | { operations: readonly JsonOperation[] };

const ADDING = { included: "addIncludedTargets", excluded: "addExcludedTargets" } as const;
const REMOVING = { included: "removeIncludedTargets", excluded: "removeExcludedTargets" } as const;

export function changesFrom(before: Draft, after: Draft): Change[] {
  return [...ofTargets(before.targets, after.targets), ...ofRules(before.rules, after.rules)];
}

/** First what goes, then what comes: a key may move from one list to the other. */
function ofTargets(before: readonly Target[], after: readonly Target[]): Change[] {
  return [
    ...differences(before, after).map(({ list, ...rest }) => ({ kind: REMOVING[list], ...rest })),
    ...differences(after, before).map(({ list, ...rest }) => ({ kind: ADDING[list], ...rest })),
  ];
}

/** The keys of some targets that others have not. */
function differences(some: readonly Target[], others: readonly Target[]): Target[] {
  return some
    .map((target) => {
      const known = new Set(valuesOf(others, target.list, target.contextKind));
      return { ...target, values: target.values.filter((value) => !known.has(value)) };
    })
    .filter(({ values }) => values.length > 0);
}

function ofRules(before: readonly Rule[], after: readonly Rule[]): Change[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...before
      .filter(({ id }) => !kept.has(id))
      .map(({ id }) => ({ kind: "removeRule" as const, ruleId: id })),
    ...after.flatMap((rule) => {
      const known = old.get(rule.id);
      return known ? ofRule(known, rule) : [addition(rule)];
    }),
  ];
}

function addition({ clauses, description, weight, contextKind }: Rule): Change {
  return {
    kind: "addRule",
    clauses: clauses.map(shapeOf),
    ...(description ? { description } : {}),
    ...(weight === WHOLE ? {} : { weight, contextKind }),
  };
}

function ofRule(before: Rule, after: Rule): Change[] {
  const ruleId = after.id;
  const changes: Change[] = clauseInstructions(ruleId, before.clauses, after.clauses);
  if (before.description !== after.description) {
    changes.push({ kind: "updateRuleDescription", ruleId, description: after.description });
  }
  if (before.weight !== after.weight || before.contextKind !== after.contextKind) {
    const { weight, contextKind } = after;
    changes.push({ kind: "updateRuleRolloutAndContextKind", ruleId, weight, contextKind });
  }
  return changes;
}

/**
 * The changes as instructions. No instruction adds a rule for a share of contexts: with one of these, the whole is a
 * JSON patch of the version that was seen.
 */
export function patchOf(before: Draft, after: Draft, version: number): Patch {
  const instructions = changesFrom(before, after);
  if (!instructions.some((each) => each.kind === "addRule" && each.weight !== undefined)) {
    return { instructions };
  }
  const parts = [...targetParts(before, after), { path: "/rules", value: after.rules.map(ruleShape) }];
  return {
    operations: [
      { op: "test", path: "/version", value: version },
      ...parts.map((part) => ({ op: "replace" as const, ...part })),
    ],
  };
}

function targetParts(before: Draft, after: Draft): { path: string; value: unknown }[] {
  const changed = changesFrom({ ...before, rules: [] }, { ...after, rules: [] });
  const lists: ListName[] = ["included", "excluded"];
  return lists
    .filter((list) => changed.some(({ kind }) => kind === ADDING[list] || kind === REMOVING[list]))
    .flatMap((list) => [
      { path: `/${list}`, value: valuesOf(after.targets, list, USER) },
      { path: `/${list}Contexts`, value: otherTargets(after, list) },
    ]);
}

function otherTargets({ targets }: Draft, list: ListName): Schemas["SegmentTargetShape"][] {
  return targets
    .filter((each) => each.list === list && each.contextKind !== USER)
    .map(({ contextKind, values }) => ({ contextKind, values: [...values] }));
}

function ruleShape(rule: Rule): Schemas["SegmentRuleShape"] {
  return {
    ...(isNew(rule.id) ? {} : { _id: rule.id }),
    ...(rule.description ? { description: rule.description } : {}),
    clauses: rule.clauses.map((clause) =>
      isNew(clause.id) ? shapeOf(clause) : { ...shapeOf(clause), _id: clause.id },
    ),
    ...(rule.weight === WHOLE
      ? {}
      : { weight: rule.weight, rolloutContextKind: rule.contextKind, bucketBy: rule.bucketBy }),
  };
}
