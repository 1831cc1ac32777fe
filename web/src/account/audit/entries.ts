// What an entry of the audit log says of itself, and where its pages begin. Pure.
import type { Schemas } from "../../api/client.ts";
import { auditTexts } from "../../texts/audit.ts";
import { nameOf } from "../people/names.ts";

export type Entry = Schemas["EntryShape"];

export interface Author {
  kind: "member" | "token" | "server";
  id: string;
  name: string;
  /** The member that a token belongs to. */
  of?: string;
}

export function authorOf({ member, token, subject }: Pick<Entry, "member" | "token" | "subject">): Author {
  if (token) {
    const name = auditTexts.byToken(token.name, token.ending);
    return {
      kind: "token",
      id: token._id,
      name,
      of: member && !token.serviceToken ? nameOf(member) : undefined,
    };
  }
  if (member) return { kind: "member", id: member._id, name: nameOf(member) };
  return { kind: "server", id: "", name: subject.name };
}

/** A refused write did nothing, so it has no accesses. */
export function isRefusal({ accesses }: Pick<Entry, "accesses">): boolean {
  return accesses.length === 0;
}

/** Whether the thing is gone with this entry. */
export function isRemoval({ accesses }: Pick<Entry, "accesses">): boolean {
  return accesses.length > 0 && accesses.every(({ action }) => action.startsWith("delete"));
}

/** What a change comprised, from the names of its actions: "update on, update rules". */
export function changesIn({ accesses }: Pick<Entry, "accesses">): string {
  const names = accesses.map(({ action }) => action).filter((action) => !/^(create|delete)/.test(action));
  return [...new Set(names)].map(inWords).join(", ");
}

function inWords(action: string): string {
  return action.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export interface Cursor {
  before: number;
  beforeId: string;
}

/** Where the next page begins, as the API links to it, written so that it fits into an address. */
export function cursorIn(href: string | undefined): string | undefined {
  if (!href) return undefined;
  const query = new URL(href, "http://any").searchParams;
  const [before, id] = [query.get("before"), query.get("beforeId")];
  return before && id ? `${before}-${id}` : undefined;
}

export function readCursor(cursor: string | undefined): Cursor | undefined {
  const [, before, beforeId] = /^(\d+)-([0-9a-f]{24})$/.exec(cursor ?? "") ?? [];
  return before && beforeId ? { before: Number(before), beforeId } : undefined;
}

/** Entries under the days they were made on, in the order they came. */
export function byDay<Dated extends { date: number }>(
  entries: readonly Dated[],
  dayOf: (at: number) => string,
): { day: string; entries: Dated[] }[] {
  const days: { day: string; entries: Dated[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.date);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
