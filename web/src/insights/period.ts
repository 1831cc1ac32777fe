// The time that a page is about, and into what its charts cut it.
import { instantsOf, type RangeSearch } from "../shell/range.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;

export const RANGES = [7, 28, 90, 182, 364] as const;

export interface Period {
  from: number;
  to: number;
}

/** Whole days (UTC) up to the end of today, so that bars are days; dates that somebody chose are left as they are. */
export function periodOf(search: RangeSearch, now: number): Period {
  if (isChosen(search)) return instantsOf(search, now);
  const to = (Math.floor(now / DAY) + 1) * DAY;
  return instantsOf({ range: search.range, to }, now);
}

/** Whether dates stand in the address, instead of a number of days. */
export function isChosen({ from, to }: RangeSearch): boolean {
  return from !== undefined || to !== undefined;
}

/** How wide a bar is, in milliseconds: a day where there would be at most `mostDays` of them, else a week or more. */
export function bucketOf({ from, to }: Period, mostDays: number): number {
  const days = (to - from) / DAY;
  if (days <= mostDays) return DAY;
  return days <= 2 * 366 ? WEEK : 4 * WEEK;
}

export type Width = "perDay" | "perWeek" | "perFourWeeks";

export function widthOf(bucketMs: number): Width {
  if (bucketMs === DAY) return "perDay";
  return bucketMs === WEEK ? "perWeek" : "perFourWeeks";
}
