// What keeps a draft from being saved, in words. Pure.
import { faultOfClause } from "../../rules/operators.ts";
import { ruleTexts } from "../../texts/rules.ts";
import { segmentTexts } from "../../texts/segments.ts";
import type { Draft } from "./draft.ts";

/** Every fault, each with where it is. */
export function faultsOf({ rules }: Draft): string[] {
  return rules.flatMap((rule, place) => {
    const faults = rule.clauses.map(faultOfClause).filter(Boolean);
    if (rule.clauses.length === 0) faults.push(segmentTexts.noClauses);
    return faults.map((fault) => `${ruleTexts.rule(place + 1, rule.description)}: ${fault}`);
  });
}
