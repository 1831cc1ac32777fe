// What one looks for in the list of flags, as the address has it and as the API reads it. Pure.
import { oneOf, type Search, text, wholeNumber } from "../shell/search.ts";

export const STATES = ["live", "deprecated", "archived"] as const;
export const LIFETIMES = ["temporary", "permanent"] as const;

export interface FlagListSearch {
  query?: string;
  tag?: string;
  /** All that are not archived where it is not said. */
  state?: (typeof STATES)[number];
  type?: (typeof LIFETIMES)[number];
  sort?: string;
  offset?: number;
}

export function parseFlagList(search: Search): FlagListSearch {
  return {
    query: text(search.query),
    tag: text(search.tag),
    state: oneOf(search.state, STATES),
    type: oneOf(search.type, LIFETIMES),
    sort: text(search.sort),
    offset: wholeNumber(search.offset),
  };
}

export function isFiltered({ query, tag, state, type }: FlagListSearch): boolean {
  return Boolean(query || tag || state || type);
}

/** The value of the API's `filter`; nothing where everything is looked for. */
export function filterOf({ query, tag, state, type }: FlagListSearch): string | undefined {
  // Commas separate the parts of a filter: no name is found by one.
  const words = query?.replaceAll(",", " ").trim();
  const parts = [
    words && `query:${words}`,
    tag && `tags:${tag}`,
    state && `state:${state}`,
    type && `type:${type}`,
  ];
  return parts.filter(Boolean).join(",") || undefined;
}
