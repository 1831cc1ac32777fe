// Role attributes, as the API has them and as a form holds them.
import { peopleTexts } from "../../texts/account.ts";

export type Attributes = Readonly<Record<string, string[]>>;

export interface AttributeDraft {
  /** Tells the rows of a form apart. */
  id: number;
  name: string;
  values: string[];
}

let last = 0;

export function emptyAttribute(name = "", values: string[] = []): AttributeDraft {
  last += 1;
  return { id: last, name, values };
}

export function attributeDrafts(attributes: Attributes = {}): AttributeDraft[] {
  return Object.entries(attributes).map(([name, values]) => emptyAttribute(name, values));
}

/** Rows without a name say nothing. */
export function attributesOf(drafts: readonly AttributeDraft[]): Attributes {
  const named = drafts.filter(({ name }) => name.trim() !== "");
  return Object.fromEntries(named.map(({ name, values }) => [name.trim(), values]));
}

export function areSame(one: Attributes, other: Attributes): boolean {
  const sorted = (attributes: Attributes) => Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** What a policy's separators would make of a value. */
const SEPARATORS = /[:;,/{}]/;

export function faultOfAttributes(drafts: readonly AttributeDraft[]): string {
  const names = drafts.map(({ name }) => name.trim()).filter(Boolean);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice) return peopleTexts.attributeTwice(twice);
  const odd = drafts.flatMap(({ values }) => values).find((value) => SEPARATORS.test(value));
  return odd ? peopleTexts.oddAttribute(odd) : "";
}
