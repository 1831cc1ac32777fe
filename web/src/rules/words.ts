// Rules in words. Pure.
import { percent } from "../parts/numbers.ts";
import { ruleTexts } from "../texts/rules.ts";
import { type Clause, SEGMENT_MATCH, type Served } from "./model.ts";
import { wordsOf, writeValue } from "./operators.ts";

const MANY = 5;

/** The first of many texts, and how many more there are. */
export function enumerate(texts: readonly string[]): string {
  const shown = texts.slice(0, MANY).join(", ");
  return texts.length > MANY ? ruleTexts.andMore(shown, texts.length - MANY) : shown;
}

export function describeClause({ contextKind, attribute, op, values, negate }: Clause): string {
  const words = wordsOf(op, negate);
  const named = enumerate(values.map(writeValue));
  if (op === SEGMENT_MATCH) return ruleTexts.clause(ruleTexts.context, words, named);
  return ruleTexts.clause(`${contextKind} ${attribute}`, words, named);
}

export function describeClauses(clauses: readonly Clause[]): string {
  return clauses.map(describeClause).join(ruleTexts.and) || ruleTexts.everybody;
}

/** What is served, by the names of variations. */
export function describeServed(served: Served, nameOf: (variationId: string) => string): string {
  if ("variationId" in served) return nameOf(served.variationId);
  const shares = Object.entries(served.weights).filter(([, weight]) => weight > 0);
  const named = shares.map(([id, weight]) => `${percent(weight / 1_000)} ${nameOf(id)}`).join(", ");
  return served.bucketBy ? ruleTexts.rolloutBy(named, `${served.contextKind} ${served.bucketBy}`) : named;
}
