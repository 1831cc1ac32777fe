// Groups of a project, in an order and as far as they match a text.
import type { Schemas } from "../api/client.ts";
import { isKnown } from "../parts/indicators.ts";

export type Group = Schemas["InsightGroupShape"];

export const GROUP_SORTS = ["name", "overall", "velocity", "risk", "efficiency"] as const;

type Sort = (typeof GROUP_SORTS)[number];

/** An order as it stands in the address, with a minus in front where it descends. */
export type GroupSort = Sort | `-${Sort}`;

export const GROUP_ORDERS: readonly GroupSort[] = GROUP_SORTS.flatMap((sort) => [sort, `-${sort}` as const]);

export function matching(groups: readonly Group[], text: string | undefined): Group[] {
  const wanted = (text ?? "").trim().toLowerCase();
  return groups.filter(({ name, key, applicationKeys }) =>
    [name, key, ...applicationKeys].some((each) => each.toLowerCase().includes(wanted)),
  );
}

/** Groups without the score come last, whichever way it is sorted; equal ones by name. */
export function sorted(groups: readonly Group[], order: GroupSort): Group[] {
  const isDescending = order.startsWith("-");
  const sort = order.replace("-", "") as Sort;
  const sign = isDescending ? -1 : 1;
  const byName = (one: Group, other: Group) => one.name.localeCompare(other.name);
  if (sort === "name") return groups.toSorted((one, other) => sign * byName(one, other));
  return groups.toSorted((one, other) => {
    const [a, b] = [scoreOf(one, sort), scoreOf(other, sort)];
    if (a === b) return byName(one, other);
    if (a === undefined) return 1;
    return b === undefined ? -1 : sign * (a - b);
  });
}

function scoreOf({ scores }: Group, name: Exclude<Sort, "name">): number | undefined {
  const score = scores?.[name];
  return score && isKnown(score) ? score.score : undefined;
}
