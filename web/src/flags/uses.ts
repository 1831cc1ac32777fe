// Where a variation is used: by new environments, and in the environment that is looked at. Pure.
import type { Configuration, Flag } from "./flag.ts";

export interface Uses {
  /** New environments serve it when the flag is on, or off. */
  isOnDefault: boolean;
  isOffDefault: boolean;
  /** Here it is served when the flag is off. */
  isOff: boolean;
  /** Here those get it whom no target and no rule names, or a share of them. */
  isFallthrough: boolean;
  rules: number;
  /** How many contexts get it by name. */
  targets: number;
}

type Served = NonNullable<Configuration["fallthrough"]>;

function serves({ variation, rollout }: Pick<Served, "variation" | "rollout">, place: number): boolean {
  if (variation !== undefined) return variation === place;
  return rollout?.variations.some((each) => each.variation === place && each.weight > 0) ?? false;
}

/** `place` is the variation's number, from 0. */
export function usesOf(flag: Pick<Flag, "defaults">, configuration: Configuration, place: number): Uses {
  const { fallthrough, rules = [], targets = [], contextTargets = [], offVariation } = configuration;
  // Users stand among the targets of all kinds too, without their keys.
  const targeted = [...targets, ...contextTargets].filter((each) => each.variation === place);
  return {
    isOnDefault: flag.defaults.onVariation === place,
    isOffDefault: flag.defaults.offVariation === place,
    isOff: offVariation === place,
    isFallthrough: fallthrough !== undefined && serves(fallthrough, place),
    rules: rules.filter((rule) => serves(rule, place)).length,
    targets: targeted.reduce((sum, { values }) => sum + values.length, 0),
  };
}
