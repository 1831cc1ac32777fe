// What keeps a draft from being saved, in words. Pure.
import { percent } from "../../parts/numbers.ts";
import { type Served, totalOf, WHOLE } from "../../rules/model.ts";
import { faultOfClause } from "../../rules/operators.ts";
import { ruleTexts } from "../../texts/rules.ts";
import { targetingTexts } from "../../texts/targeting.ts";
import type { Draft } from "./draft.ts";

/** Every fault, each with where it is. */
export function faultsOf(draft: Draft): string[] {
  const ofRules = draft.rules.flatMap((rule, place) => {
    const where = ruleTexts.rule(place + 1, rule.description);
    const faults = [...rule.clauses.map(faultOfClause), faultOfServed(rule.served)].filter(Boolean);
    if (rule.clauses.length === 0) faults.push(targetingTexts.faults.noClauses);
    return faults.map((fault) => `${where}: ${fault}`);
  });
  const ofRest = [faultOfServed(draft.fallthrough)]
    .filter(Boolean)
    .map((fault) => `${targetingTexts.defaultRule}: ${fault}`);
  const unchosen = draft.prerequisites.filter(({ key, variationId }) => !key || !variationId);
  return [...ofRules, ...ofRest, ...unchosen.map(() => targetingTexts.faults.prerequisite)];
}

function faultOfServed(served: Served): string {
  if ("variationId" in served) return served.variationId ? "" : targetingTexts.faults.noVariation;
  const total = totalOf(served.weights);
  return total === WHOLE ? "" : ruleTexts.faults.total(percent(total / 1_000));
}
