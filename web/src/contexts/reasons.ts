// Why a flag serves what it serves, in words. Pure.
import type { Schemas } from "../api/client.ts";
import { percent } from "../parts/numbers.ts";
import { parseClause } from "../rules/model.ts";
import { describeClauses } from "../rules/words.ts";
import { reasonTexts } from "../texts/contexts.ts";

export type Evaluation = Schemas["daybreak.areas.flags.evaluations.representation.EvaluationShape"];
export type Reason = Evaluation["reason"];
type Flag = Pick<Schemas["FlagShape"], "variations"> & {
  environments?: Record<string, Pick<Schemas["FlagEnvironmentShape"], "rules" | "fallthrough">>;
};
type Variation = Schemas["VariationShape"];

const LONGEST = 60;

/** Whether nothing but the flag's default decided: it is off, or nothing matched. */
export function isDefault({ kind }: Reason): boolean {
  return kind === "OFF" || kind === "FALLTHROUGH";
}

/** In as many words as is known: without the flag's configuration, less. */
export function explainReason(reason: Reason, flag: Flag | undefined, environmentKey: string): string {
  const configuration = flag?.environments?.[environmentKey];
  switch (reason.kind) {
    case "OFF":
      return reasonTexts.off;
    case "FALLTHROUGH": {
      const shares = describeRollout(configuration?.fallthrough?.rollout, flag);
      return shares ? reasonTexts.fallthroughRollout(shares) : reasonTexts.fallthrough;
    }
    case "TARGET_MATCH":
      return reasonTexts.target;
    case "RULE_MATCH":
      return explainRule(reason, flag, environmentKey);
    case "PREREQUISITE_FAILED":
      return reasonTexts.prerequisite(reason.prerequisiteKey ?? "");
    default: {
      const kind = reason.errorKind ?? reason.kind;
      const words = reasonTexts.errors as Readonly<Record<string, string>>;
      return reasonTexts.error(words[kind] ?? kind);
    }
  }
}

function explainRule(reason: Reason, flag: Flag | undefined, environmentKey: string): string {
  const number = (reason.ruleIndex ?? 0) + 1;
  const rules = flag?.environments?.[environmentKey]?.rules ?? [];
  // By its id: between the evaluation and this answer rules may have moved.
  const rule = rules.find(({ _id }) => _id === reason.ruleID);
  if (!rule) return reasonTexts.rule(number);
  const named = rule.description ? reasonTexts.ruleNamed(number, rule.description) : reasonTexts.rule(number);
  const why = reasonTexts.ruleBecause(named, describeClauses(rule.clauses.map(parseClause)));
  const shares = describeRollout(rule.rollout, flag);
  return shares ? reasonTexts.rollout(why, shares) : why;
}

function describeRollout(rollout: Schemas["RolloutShape"] | undefined, flag: Flag | undefined): string {
  return (rollout?.variations ?? [])
    .filter(({ weight }) => weight > 0)
    .map(({ weight, variation }) => {
      const served = flag?.variations[variation];
      return `${percent(weight / 1_000)} ${served ? variationName(served) : variation}`;
    })
    .join(", ");
}

/** A value on one line, cut where it is long. */
export function shortValue(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

export function variationName({ name, value }: Pick<Variation, "name" | "value">): string {
  return name || shortValue(value) || '""';
}

export function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
