// Contexts as JSON: one, or several of different kinds at once. Pure.
import { tryTexts } from "../texts/contexts.ts";

/** What an SDK sends; a multi-context holds one object a kind. */
export type ContextDocument = Readonly<Record<string, unknown>>;

export interface Attribute {
  name: string;
  value: unknown;
}

export interface Part {
  kind: string;
  key: string;
  attributes: readonly Attribute[];
}

const MULTI = "multi";
const OWN = ["kind", "key", "_meta"];

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function partsOf(document: ContextDocument): Part[] {
  if (document.kind !== MULTI) return [partOf(String(document.kind ?? "user"), document)];
  return Object.entries(document)
    .filter(([kind, part]) => kind !== "kind" && isObject(part))
    .map(([kind, part]) => partOf(kind, isObject(part) ? part : {}));
}

function partOf(kind: string, document: ContextDocument): Part {
  return {
    kind,
    key: String(document.key ?? ""),
    attributes: Object.entries(document)
      .filter(([name]) => !OWN.includes(name))
      .map(([name, value]) => ({ name, value })),
  };
}

export function nameOf({ key, attributes }: Part): string {
  const name = attributes.find((each) => each.name === "name")?.value;
  return typeof name === "string" && name ? name : key;
}

/** A part as a document of its own. */
export function documentOf({ kind, key, attributes }: Part): ContextDocument {
  return { kind, key, ...Object.fromEntries(attributes.map(({ name, value }) => [name, value])) };
}

/** A value as people type it: texts as they are, everything else as JSON. Texts that look like JSON are quoted. */
export function writeValue(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  return readValue(value) === value ? value : JSON.stringify(value);
}

export function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type Parsed = { document: ContextDocument } | { fault: string };

/** The context that a JSON text is, or what is wrong with it. */
export function parseDocument(text: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { fault: tryTexts.faults.json(error instanceof Error ? error.message : "") };
  }
  if (!isObject(value)) return { fault: tryTexts.faults.object };
  if (typeof value.kind !== "string" || !value.kind) return { fault: tryTexts.faults.kind };
  if (partsOf(value).some(({ key }) => !key)) return { fault: tryTexts.faults.key };
  return { document: value };
}

/** What `searchContexts` is asked, in the words of its filter. */
export function contextFilter({ query, kind }: { query?: string; kind?: string }): string | undefined {
  const parts = [
    query?.trim() && `q equals ${JSON.stringify(query.trim())}`,
    kind && `kind equals ${JSON.stringify(kind)}`,
  ].filter(Boolean);
  return parts.length ? parts.join(", ") : undefined;
}

/** The same, for the contexts with this key that have an attribute, whether or not its value is known. */
export function attributeFilter({ kind, key }: Pick<Part, "kind" | "key">, name: string): string {
  const field = JSON.stringify(`${kind}.${name}`);
  return `${keyFilter({ kind, key })}, ${field} exists true`;
}

export function keyFilter({ kind, key }: Pick<Part, "kind" | "key">): string {
  return `kind equals ${JSON.stringify(kind)}, key equals ${JSON.stringify(key)}`;
}

/** Documents are free; the API's types know them as objects without any name. */
export function asBody(document: ContextDocument): Record<string, never> {
  return document as Record<string, never>;
}
