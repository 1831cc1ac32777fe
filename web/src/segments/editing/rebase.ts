// Two people edit the same segment: what one of them saved first becomes the ground for the edits of the other. Pure.
import type { Draft, ListName, Rule, Target } from "./draft.ts";

export interface Rebased {
  draft: Draft;
  /** Rules that were edited here and taken away there: those edits are gone. */
  lost: readonly Rule[];
}

/** The edits that lead from `base` to `mine`, made again on `theirs`. */
export function rebase(base: Draft, mine: Draft, theirs: Draft): Rebased {
  const { rules, lost } = rebaseRules(base.rules, mine.rules, theirs.rules);
  return { draft: { targets: rebaseTargets(base.targets, mine.targets, theirs.targets), rules }, lost };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function choose<Value>(base: Value, mine: Value, theirs: Value): Value {
  return isSame(base, mine) ? theirs : mine;
}

/** A key is in the list that it was moved to here; where it was not moved here, it is where it is there. */
function rebaseTargets(
  base: readonly Target[],
  mine: readonly Target[],
  theirs: readonly Target[],
): Target[] {
  const [old, here, there] = [listsOf(base), listsOf(mine), listsOf(theirs)];
  const found = new Map<string, { list: ListName; contextKind: string; values: string[] }>();
  for (const named of new Set([...there.keys(), ...here.keys()])) {
    const list = choose(old.get(named), here.get(named), there.get(named));
    if (!list) continue;
    const [contextKind, value] = JSON.parse(named) as [string, string];
    const place = `${list} ${contextKind}`;
    const target = found.get(place) ?? { list, contextKind, values: [] };
    target.values.push(value);
    found.set(place, target);
  }
  return [...found.values()];
}

/** In which list each key of each kind stands. */
function listsOf(targets: readonly Target[]): Map<string, ListName> {
  return new Map(
    targets.flatMap(({ list, contextKind, values }) =>
      values.map((value) => [JSON.stringify([contextKind, value]), list] as const),
    ),
  );
}

/** The order of a segment's rules means nothing: those of `theirs` come first, then the new ones. */
function rebaseRules(base: readonly Rule[], mine: readonly Rule[], theirs: readonly Rule[]) {
  const find = (rules: readonly Rule[], id: string) => rules.find((rule) => rule.id === id);
  const kept = theirs
    .filter(({ id }) => find(mine, id) || !find(base, id))
    .map((rule) => {
      const here = find(mine, rule.id) ?? rule;
      return choose(find(base, rule.id) ?? here, here, rule);
    });
  const added = mine.filter(({ id }) => !find(base, id));
  const lost = mine.filter((rule) => {
    const old = find(base, rule.id);
    return old && !find(theirs, rule.id) && !isSame(rule, old);
  });
  return { rules: [...kept, ...added], lost };
}
