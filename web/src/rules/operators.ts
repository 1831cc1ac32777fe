// What clauses can ask of an attribute, in words, and what values each takes. Pure.
import { ruleTexts } from "../texts/rules.ts";
import { type Clause, SEGMENT_MATCH } from "./model.ts";

type ValueKind = "text" | "number" | "instant" | "version" | "pattern" | "segment";

interface Operator {
  op: string;
  takes: ValueKind;
}

export const OPERATORS: readonly Operator[] = [
  { op: "in", takes: "text" },
  { op: "startsWith", takes: "text" },
  { op: "endsWith", takes: "text" },
  { op: "contains", takes: "text" },
  { op: "matches", takes: "pattern" },
  { op: "lessThan", takes: "number" },
  { op: "lessThanOrEqual", takes: "number" },
  { op: "greaterThan", takes: "number" },
  { op: "greaterThanOrEqual", takes: "number" },
  { op: "before", takes: "instant" },
  { op: "after", takes: "instant" },
  { op: "semVerEqual", takes: "version" },
  { op: "semVerLessThan", takes: "version" },
  { op: "semVerGreaterThan", takes: "version" },
  { op: SEGMENT_MATCH, takes: "segment" },
];

export function kindOfValues(op: string): ValueKind {
  return OPERATORS.find((each) => each.op === op)?.takes ?? "text";
}

/** The words for an operator: "is one of", or "is none of" where it is negated. */
export function wordsOf(op: string, negate: boolean): string {
  const words: readonly string[] | undefined = (ruleTexts.operators as Record<string, readonly string[]>)[op];
  return words?.[negate ? 1 : 0] ?? `${negate ? "not " : ""}${op}`;
}

/** A typed text as the value it stands for: numbers where numbers are compared, else the text. */
export function parseValue(text: string, op: string): unknown {
  if (kindOfValues(op) === "number" || kindOfValues(op) === "instant") {
    const number = Number(text);
    return text.trim() !== "" && Number.isFinite(number) ? number : text;
  }
  if (op === "in" && (text === "true" || text === "false")) return text === "true";
  return text;
}

export function writeValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

const VERSION = /^\d+(\.\d+){0,2}([-+][\w.+-]+)?$/;

/** What is wrong with a value, in words; an empty text where nothing is. */
export function faultOf(value: unknown, op: string): string {
  const texts = ruleTexts.faults;
  switch (kindOfValues(op)) {
    case "number":
      return typeof value === "number" ? "" : texts.number(writeValue(value));
    case "instant":
      return typeof value === "number" || !Number.isNaN(Date.parse(String(value)))
        ? ""
        : texts.instant(writeValue(value));
    case "version":
      return VERSION.test(String(value)) ? "" : texts.version(writeValue(value));
    case "pattern":
      return isPattern(String(value)) ? "" : texts.pattern(writeValue(value));
    default:
      return "";
  }
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with a clause, in words; an empty text where nothing is. */
export function faultOfClause(clause: Clause): string {
  if (clause.op !== SEGMENT_MATCH && !clause.attribute) return ruleTexts.faults.noAttribute;
  if (clause.values.length === 0) return ruleTexts.faults.noValues;
  return clause.values.map((value) => faultOf(value, clause.op)).find(Boolean) ?? "";
}
