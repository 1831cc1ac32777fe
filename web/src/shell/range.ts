// The span of time that a page is about: a number of days up to now, or two instants. It stands in the address.
import { type Search, wholeNumber } from "./search.ts";

export interface RangeSearch {
  /** Days up to now. */
  range?: number;
  /** Instants in milliseconds; they count before `range`. */
  from?: number;
  to?: number;
}

export function parseRange(search: Search): RangeSearch {
  return {
    range: wholeNumber(search.range),
    from: wholeNumber(search.from),
    to: wholeNumber(search.to),
  };
}

const DAY = 86_400_000;

/** The instants that are meant; what is not said is the last 28 days, up to the present minute. */
export function instantsOf({ range = 28, from, to }: RangeSearch, now: number): { from: number; to: number } {
  const end = to ?? Math.ceil(now / 60_000) * 60_000;
  return { from: from ?? end - range * DAY, to: end };
}
