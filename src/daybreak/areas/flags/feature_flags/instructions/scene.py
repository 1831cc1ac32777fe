"""Where an instruction is carried out, and what instructions about one environment have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.shapes import Kind, Weight
from daybreak.areas.flags.targeting import USER, Rollout, Rule, Served, WeightedVariation
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Text


@dataclass(frozen=True, slots=True)
class FlagScene:
    """`environment_id` is None where the patch names no environment; `new_id` names rules and clauses."""

    environment_id: str | None
    now: int
    new_id: Callable[[], str]


class Serving(Body, kw_only=True):
    """One variation, or shares of a rollout by variation id."""

    variation_id: str | None = None
    rollout_weights: dict[str, Weight] | None = None
    rollout_bucket_by: Text | None = None
    rollout_context_kind: Kind = USER


def in_environment(
    flag: FeatureFlag, scene: FlagScene, change: Callable[[FlagEnvironment], FlagEnvironment]
) -> FeatureFlag:
    """Raises InvalidRequest where the patch names no environment."""
    if scene.environment_id is None:
        raise InvalidRequest("environmentKey: is required for these instructions")
    before = flag.in_environment(scene.environment_id)
    return replace(flag, environments={**flag.environments, scene.environment_id: change(before)})


def require_variation(flag: FeatureFlag, variation_id: str) -> str:
    if not flag.has_variation(variation_id):
        raise InvalidRequest(f"variationId: the flag has no variation {variation_id!r}")
    return variation_id


def served_by(flag: FeatureFlag, parameters: Serving) -> Served:
    """Raises InvalidRequest for neither a variation nor a rollout, for both, or for unknown variations."""
    weights = parameters.rollout_weights
    if (parameters.variation_id is None) == (weights is None):
        raise InvalidRequest("either variationId or rolloutWeights is required")
    if parameters.variation_id is not None:
        return Served(variation_id=require_variation(flag, parameters.variation_id))
    shares: Mapping[str, int] = weights or {}
    for id in shares:
        require_variation(flag, id)
    ordered = sorted(shares, key=flag.place_of)
    return Served(
        rollout=Rollout(
            tuple(WeightedVariation(id, shares[id]) for id in ordered),
            parameters.rollout_context_kind or USER,
            parameters.rollout_bucket_by or None,
        )
    )


def place_of_rule(environment: FlagEnvironment, rule_id: str) -> int:
    for place, rule in enumerate(environment.rules):
        if rule.id == rule_id:
            return place
    raise InvalidRequest(f"ruleId: there is no rule {rule_id!r}")


def with_rule(environment: FlagEnvironment, rule_id: str, change: Callable[[Rule], Rule]) -> FlagEnvironment:
    """Raises InvalidRequest for a rule that is not there."""
    place = place_of_rule(environment, rule_id)
    rules = list(environment.rules)
    rules[place] = change(rules[place])
    return replace(environment, rules=tuple(rules))
