// A segment's members and rules as they are edited. Pure: from the API's representation.
import type { Schemas } from "../../api/client.ts";
import { type Clause, newId, parseClause, WHOLE } from "../../rules/model.ts";

export type Segment = Schemas["SegmentShape"];

/** Whom a list names counts whatever the rules say. */
export type ListName = "included" | "excluded";

export interface Target {
  list: ListName;
  contextKind: string;
  values: readonly string[];
}

export interface Rule {
  id: string;
  description: string;
  clauses: readonly Clause[];
  /** How many of those that match: thousandths of a percent. */
  weight: number;
  /** Contexts of this kind are dealt to the share, by `bucketBy`. */
  contextKind: string;
  bucketBy: string;
}

export interface Draft {
  targets: readonly Target[];
  rules: readonly Rule[];
}

export const USER = "user";

export function parseDraft(segment: Segment): Draft {
  return {
    targets: [
      ...targetsIn("included", segment.included, segment.includedContexts),
      ...targetsIn("excluded", segment.excluded, segment.excludedContexts),
    ],
    rules: segment.rules.map((rule) => ({
      id: rule._id ?? newId(),
      description: rule.description ?? "",
      clauses: rule.clauses.map(parseClause),
      weight: rule.weight ?? WHOLE,
      contextKind: rule.rolloutContextKind || USER,
      bucketBy: rule.bucketBy || "key",
    })),
  };
}

/** Users stand in a list of their own. */
function targetsIn(
  list: ListName,
  users: readonly string[],
  others: readonly Schemas["SegmentTargetShape"][],
): Target[] {
  const all = [{ contextKind: USER, values: users }, ...others];
  return all
    .map(({ contextKind = USER, values = [] }) => ({ list, contextKind, values }))
    .filter(({ values }) => values.length > 0);
}

export function valuesOf(targets: readonly Target[], list: ListName, contextKind: string): string[] {
  return targets
    .filter((each) => each.list === list && each.contextKind === contextKind)
    .flatMap(({ values }) => values);
}

/** A key that is named in one list is taken from the other: the API refuses to have it in both. */
export function withValues(
  targets: readonly Target[],
  list: ListName,
  contextKind: string,
  values: readonly string[],
): Target[] {
  const now = new Set(values);
  const others = targets
    .filter((each) => each.list !== list || each.contextKind !== contextKind)
    .map((each) =>
      each.contextKind === contextKind
        ? { ...each, values: each.values.filter((value) => !now.has(value)) }
        : each,
    );
  return [...others, { list, contextKind, values: [...now] }].filter((each) => each.values.length > 0);
}
