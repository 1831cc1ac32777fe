// Two people edit the same flag: what one of them saved first becomes the ground for the edits of the other. Pure.
import type { Draft, Prerequisite, Rule, Target } from "./draft.ts";

export interface Rebased {
  draft: Draft;
  /** Rules that were edited here and taken away there: those edits are gone. */
  lost: readonly Rule[];
}

/** The edits that lead from `base` to `mine`, made again on `theirs`. */
export function rebase(base: Draft, mine: Draft, theirs: Draft): Rebased {
  const { rules, lost } = rebaseRules(base.rules, mine.rules, theirs.rules);
  return {
    draft: {
      on: choose(base.on, mine.on, theirs.on),
      prerequisites: rebasePrerequisites(base.prerequisites, mine.prerequisites, theirs.prerequisites),
      targets: rebaseTargets(base.targets, mine.targets, theirs.targets),
      rules,
      fallthrough: choose(base.fallthrough, mine.fallthrough, theirs.fallthrough),
      offVariationId: choose(base.offVariationId, mine.offVariationId, theirs.offVariationId),
    },
    lost,
  };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function choose<Value>(base: Value, mine: Value, theirs: Value): Value {
  return isSame(base, mine) ? theirs : mine;
}

function rebasePrerequisites(
  base: readonly Prerequisite[],
  mine: readonly Prerequisite[],
  theirs: readonly Prerequisite[],
): Prerequisite[] {
  const find = (list: readonly Prerequisite[], key: string) => list.find((each) => each.key === key);
  const keys = new Set([...theirs, ...mine].map(({ key }) => key));
  return [...keys].flatMap((key) => choose(find(base, key), find(mine, key), find(theirs, key)) ?? []);
}

/** A key goes where it was moved to here; where it was not moved here, it is where it is there. */
function rebaseTargets(
  base: readonly Target[],
  mine: readonly Target[],
  theirs: readonly Target[],
): Target[] {
  const [old, here, there] = [placesOf(base), placesOf(mine), placesOf(theirs)];
  const values = new Map<string, string[]>();
  for (const named of new Set([...there.keys(), ...here.keys()])) {
    const place = choose(old.get(named), here.get(named), there.get(named));
    if (place === undefined) continue;
    const [contextKind, value] = JSON.parse(named) as [string, string];
    const target = JSON.stringify([contextKind, place]);
    values.set(target, [...(values.get(target) ?? []), value]);
  }
  return [...values].map(([target, keys]) => {
    const [contextKind, variationId] = JSON.parse(target) as [string, string];
    return { contextKind, variationId, values: keys };
  });
}

/** Which variation each key of each kind gets. */
function placesOf(targets: readonly Target[]): Map<string, string> {
  return new Map(
    targets.flatMap(({ contextKind, variationId, values }) =>
      values.map((value) => [JSON.stringify([contextKind, value]), variationId] as const),
    ),
  );
}

/** Rules keep the order of `theirs`, unless it was changed here; new ones stay behind the rule they stood behind. */
function rebaseRules(base: readonly Rule[], mine: readonly Rule[], theirs: readonly Rule[]) {
  const find = (rules: readonly Rule[], id: string) => rules.find((rule) => rule.id === id);
  const known = (rule: Rule) => find(base, rule.id) !== undefined;
  const isMoved = !isSame(orderOf(base, mine), orderOf(mine, base));
  const kept = theirs.filter(({ id }) => find(mine, id) || !find(base, id));
  const ordered = isMoved ? inOrderOf(mine, kept) : kept;
  const rules = ordered.map((rule) => {
    const here = find(mine, rule.id) ?? rule;
    return choose(find(base, rule.id) ?? here, here, rule);
  });
  mine.forEach((rule, place) => {
    if (known(rule)) return;
    const before = mine.slice(0, place).findLast(({ id }) => find(rules, id));
    rules.splice(before ? rules.findIndex(({ id }) => id === before.id) + 1 : 0, 0, rule);
  });
  const lost = mine.filter(
    (rule) => known(rule) && !find(theirs, rule.id) && !isSame(rule, find(base, rule.id)),
  );
  return { rules, lost };
}

/** The ids of `rules` that `others` have too. */
function orderOf(rules: readonly Rule[], others: readonly Rule[]): string[] {
  return rules.map(({ id }) => id).filter((id) => others.some((other) => other.id === id));
}

function inOrderOf(order: readonly Rule[], rules: readonly Rule[]): Rule[] {
  const place = (rule: Rule) => {
    const found = order.findIndex(({ id }) => id === rule.id);
    return found < 0 ? order.length : found;
  };
  return [...rules].sort((one, other) => place(one) - place(other));
}
