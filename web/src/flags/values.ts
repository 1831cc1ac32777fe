// The values of variations: which type a flag's values share, how they are written into fields and read from them.
import { valueTexts } from "../texts/flagEditing.ts";

export const VALUE_TYPES = ["boolean", "string", "number", "json"] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

export type Parsed = { value: unknown } | { fault: string };

/** The type that all values have; anything goes as JSON. */
export function typeOf(values: readonly unknown[]): ValueType {
  return VALUE_TYPES.find((type) => values.every((value) => typeof value === type)) ?? "json";
}

export function writeValue(type: ValueType, value: unknown): string {
  if (type === "json") return JSON.stringify(value, null, 2) ?? "";
  return String(value);
}

/** What was typed as a value of the type, or what is wrong with it. */
export function parseValue(type: ValueType, text: string): Parsed {
  if (type === "string") return { value: text };
  if (text.trim() === "") return { fault: valueTexts.missing };
  const value = parseJson(text);
  if (type === "json") return value === undefined ? { fault: valueTexts.noJson } : { value };
  return typeof value === type
    ? { value }
    : { fault: valueTexts[type === "number" ? "noNumber" : "noBoolean"] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong with each text, in their order; an empty text where nothing is. Equal values cannot be told apart. */
export function faultsOfValues(type: ValueType, texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return texts.map((text) => {
    const parsed = parseValue(type, text);
    if ("fault" in parsed) return parsed.fault;
    const written = canonical(parsed.value);
    if (seen.has(written)) return valueTexts.twice;
    seen.add(written);
    return "";
  });
}

/** The same text for equal values, however their members are ordered. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}
