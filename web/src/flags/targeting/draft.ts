// What a flag does in one environment, as it is edited. Pure: from the API's representation, by ids of variations.
import type { Schemas } from "../../api/client.ts";
import { type Clause, newId, parseClause, type Served } from "../../rules/model.ts";

export interface Target {
  contextKind: string;
  variationId: string;
  values: readonly string[];
}

export interface Rule {
  id: string;
  description: string;
  clauses: readonly Clause[];
  served: Served;
}

export interface Prerequisite {
  key: string;
  variationId: string;
}

export interface Draft {
  on: boolean;
  prerequisites: readonly Prerequisite[];
  targets: readonly Target[];
  rules: readonly Rule[];
  fallthrough: Served;
  offVariationId: string | undefined;
}

type Variations = readonly { _id?: string }[];

/** Of a flag by its key: its variations; undefined for one that is not known. */
export type VariationsOf = (flagKey: string) => Variations | undefined;

const USER = "user";

function idAt(variations: Variations, place: number | undefined): string {
  return variations[place ?? 0]?._id ?? "";
}

function parseServed(shape: Schemas["ServedShape"], variations: Variations): Served {
  if (!shape.rollout) return { variationId: idAt(variations, shape.variation) };
  const { contextKind = USER, bucketBy } = shape.rollout;
  const weights: Record<string, number> = Object.fromEntries(variations.map(({ _id }) => [_id ?? "", 0]));
  for (const { variation, weight } of shape.rollout.variations) {
    const id = idAt(variations, variation);
    weights[id] = (weights[id] ?? 0) + weight;
  }
  return { weights, contextKind, bucketBy };
}

/** Targets of users stand in one list of the representation, all others in another. */
function parseTargets(shape: Schemas["FlagEnvironmentShape"], variations: Variations): Target[] {
  const others = (shape.contextTargets ?? []).filter(({ contextKind }) => contextKind !== USER);
  return [...(shape.targets ?? []), ...others].map(({ contextKind = USER, variation, values }) => ({
    contextKind,
    variationId: idAt(variations, variation),
    values,
  }));
}

export function parseDraft(
  shape: Schemas["FlagEnvironmentShape"],
  variations: Variations,
  variationsOf: VariationsOf,
): Draft {
  return {
    on: shape.on,
    prerequisites: (shape.prerequisites ?? []).map(({ key, variation }) => ({
      key,
      variationId: idAt(variationsOf(key) ?? [], variation),
    })),
    targets: parseTargets(shape, variations),
    rules: (shape.rules ?? []).map((rule) => ({
      id: rule._id ?? newId(),
      description: rule.description ?? "",
      clauses: rule.clauses.map(parseClause),
      served: parseServed(rule, variations),
    })),
    fallthrough: parseServed(shape.fallthrough ?? {}, variations),
    offVariationId: shape.offVariation === undefined ? undefined : idAt(variations, shape.offVariation),
  };
}
