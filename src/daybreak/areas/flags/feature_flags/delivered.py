"""A flag as SDKs are sent it, in one environment: variations by number, nothing that only people read."""

from collections.abc import Mapping
from typing import Any

import msgspec

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.representation import numbers_of, represent_targets
from daybreak.areas.flags.shapes import Numbers, deliver_clause
from daybreak.areas.flags.targeting import Prerequisite, Rollout, Served
from daybreak.platform.columns import Json

NO_VARIATION = -1


def deliver_flag(flag: FeatureFlag, environment_id: str, others: Mapping[str, Numbers]) -> dict[str, Json]:
    """`others` are the numbers of the variations of the flags that it needs, by key."""
    environment, numbers = flag.in_environment(environment_id), numbers_of(flag)
    users, everybody = represent_targets(environment, numbers)
    delivered: dict[str, Json] = {
        "key": flag.key,
        "version": flag.version_in(environment_id),
        "on": environment.on,
        "deleted": False,
        "prerequisites": [
            {"key": each.key, "variation": _number_needed(others, each)} for each in environment.prerequisites
        ],
        "targets": [{"variation": each.variation, "values": each.values} for each in users],
        "contextTargets": msgspec.to_builtins(everybody),
        "rules": [
            {
                "id": rule.id,
                "clauses": [deliver_clause(clause) for clause in rule.clauses],
                "trackEvents": rule.track_events,
                **_deliver_served(rule.served, numbers),
            }
            for rule in environment.rules
            if not rule.is_disabled
        ],
        "fallthrough": _deliver_served(environment.fallthrough, numbers),
        "variations": [variation.value for variation in flag.variations],
        "clientSideAvailability": {
            "usingMobileKey": flag.availability.using_mobile_key,
            "usingEnvironmentId": flag.availability.using_environment_id,
        },
        "clientSide": flag.availability.using_environment_id,
        "salt": environment.salt,
        "trackEvents": environment.track_events,
        "trackEventsFallthrough": environment.track_events_fallthrough,
        "debugEventsUntilDate": environment.debug_events_until,
    }
    if environment.off_variation_id is not None:
        delivered["offVariation"] = numbers.place(environment.off_variation_id)
    if flag.purpose == "migration":
        check = {} if environment.check_ratio is None else {"checkRatio": environment.check_ratio}
        delivered["migration"] = check
    return delivered


def _number_needed(others: Mapping[str, Numbers], needed: Prerequisite) -> int:
    """Nothing meets what is not there: one flag that makes no sense must not cost SDKs the others."""
    try:
        return others[needed.key].place(needed.variation_id)
    except KeyError:
        return NO_VARIATION


def _deliver_served(served: Served, numbers: Numbers) -> dict[str, Json]:
    if served.variation_id is not None:
        return {"variation": numbers.place(served.variation_id)}
    return {} if served.rollout is None else {"rollout": _deliver_rollout(served.rollout, numbers)}


def _deliver_rollout(rollout: Rollout, numbers: Numbers) -> dict[str, Json]:
    delivered: dict[str, Any] = {
        "kind": "rollout" if rollout.experiment_allocation is None else "experiment",
        "contextKind": rollout.context_kind,
        "variations": [
            {"variation": numbers.place(share.variation_id), "weight": share.weight}
            | ({"untracked": True} if share.is_untracked else {})
            for share in rollout.variations
        ],
    }
    if rollout.bucket_by is not None:
        delivered["bucketBy"] = rollout.bucket_by
    if rollout.seed is not None:
        delivered["seed"] = rollout.seed
    return delivered
