// What the audit log tells of a flag, and how it is asked. Pure.
import type { Schemas } from "../api/client.ts";
import { historyTexts } from "../texts/flagHistory.ts";

export type Entry = Pick<Schemas["EntryShape"], "accesses" | "description">;

/** Statements that choose the entries of a flag, but not those of `others`, environments that one does not look at. */
export function statementsFor(
  projectKey: string,
  flagKey: string,
  others: readonly string[],
): Schemas["FilterStatement"][] {
  const inEnvironment = (key: string) => `proj/${projectKey}:env/${key}:flag/${flagKey}`;
  // What concerns the flag as a whole has a star for its environment, which no environment's own key matches.
  const left = others.length ? [{ effect: "deny" as const, resources: others.map(inEnvironment) }] : [];
  return [{ effect: "allow", resources: [inEnvironment("*")] }, ...left];
}

export interface Cursor {
  before?: number;
  beforeId?: string;
}

/** Where the next page begins, as a link of the API says; nothing where there is no next page. */
export function cursorOf(href: string | undefined): Cursor | undefined {
  if (!href) return undefined;
  const query = new URL(href, "http://any").searchParams;
  return { before: Number(query.get("before")), beforeId: query.get("beforeId") ?? undefined };
}

/** The keys of the environments that an entry is about; none where it is about the flag as a whole. */
export function environmentsOf({ accesses }: Entry): string[] {
  const keys = accesses.map(({ resource }) => /:env\/([^;:]+)/.exec(resource)?.[1]);
  return [...new Set(keys.filter((key) => key !== undefined && key !== "*"))].filter(
    (key) => key !== undefined,
  );
}

/** What was done, in words. What has no words is told by the name of the action. */
export function wordsOf(entry: Entry): string[] {
  const words = entry.accesses.map(({ action }) => wordOf(action, entry.description));
  return [...new Set(words)];
}

export function sentenceOf(words: readonly string[]): string {
  const [first = "", ...others] = words;
  return [first, ...others.map((each) => each.charAt(0).toLowerCase() + each.slice(1))].join(", ");
}

function wordOf(action: string, description: string): string {
  if (action === "updateOn") {
    const state = /environments\.[^`]+\.on` is now `(true|false)`/.exec(description)?.[1];
    if (state) return state === "true" ? historyTexts.on : historyTexts.off;
  }
  if (action === "updateGlobalArchived") {
    const state = /`archived` is now `(true|false)`/.exec(description)?.[1];
    if (state) return state === "true" ? historyTexts.archived : historyTexts.restored;
  }
  const known: Readonly<Record<string, string>> = historyTexts.actions;
  return known[action] ?? action;
}
