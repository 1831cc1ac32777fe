"""Targeting in one environment: on and off, targets, prerequisites, what is served to everybody else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Annotated, TypeVar

import msgspec

from daybreak.areas.flags.feature_flags.instructions.scene import (
    FlagScene,
    Serving,
    in_environment,
    require_variation,
    served_by,
)
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.shapes import ContextKey, Kind
from daybreak.areas.flags.targeting import USER, Prerequisite, Target
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.semantic_patch import Instruction, NoParameters

Keys = Annotated[list[ContextKey], msgspec.Meta(max_length=50_000)]
Parameters = TypeVar("Parameters", bound=Body)


class _Targets(Body):
    variation_id: str
    values: Keys
    context_kind: Kind = USER


class _AllTargets(Body):
    targets: list[_Targets]


class _UserTargets(Body):
    variation_id: str
    values: Keys


class _AllUserTargets(Body):
    targets: list[_UserTargets]


class _VariationId(Body):
    variation_id: str


class _Prerequisite(Body):
    key: str
    variation_id: str


class _Prerequisites(Body):
    prerequisites: list[_Prerequisite]


class _PrerequisiteKey(Body):
    key: str


class _TrackEvents(Body):
    track_events: bool


def _locally(
    change: Callable[[FeatureFlag, FlagEnvironment, Parameters], FlagEnvironment],
) -> Callable[[FeatureFlag, Parameters, FlagScene], FeatureFlag]:
    """An instruction about the environment that the patch names."""
    return lambda flag, parameters, scene: in_environment(
        flag, scene, lambda environment: change(flag, environment, parameters)
    )


def _add_targets(flag: FeatureFlag, environment: FlagEnvironment, asked: _Targets) -> FlagEnvironment:
    require_variation(flag, asked.variation_id)
    kind = asked.context_kind or USER
    for target in environment.targets:
        taken = set(target.values) & set(asked.values)
        if target.context_kind == kind and target.variation_id != asked.variation_id and taken:
            raise InvalidRequest(f"{kind} {min(taken)!r} is targeted in another variation already")
    targets = _with_targets(environment.targets, asked.variation_id, kind, asked.values)
    return replace(environment, targets=targets)


def _with_targets(
    targets: Sequence[Target], variation_id: str, kind: str, values: Iterable[str]
) -> tuple[Target, ...]:
    known = [each for each in targets if (each.variation_id, each.context_kind) == (variation_id, kind)]
    if not known:
        added = tuple(dict.fromkeys(values))
        return (*targets, Target(variation_id, added, kind)) if added else tuple(targets)
    grown = replace(known[0], values=tuple(dict.fromkeys([*known[0].values, *values])))
    return tuple(grown if each is known[0] else each for each in targets)


def _remove_targets(flag: FeatureFlag, environment: FlagEnvironment, asked: _Targets) -> FlagEnvironment:
    require_variation(flag, asked.variation_id)
    place, gone = (asked.variation_id, asked.context_kind or USER), set(asked.values)
    kept = (
        replace(each, values=tuple(value for value in each.values if value not in gone))
        if (each.variation_id, each.context_kind) == place
        else each
        for each in environment.targets
    )
    return replace(environment, targets=tuple(each for each in kept if each.values))


def _replace_targets(flag: FeatureFlag, environment: FlagEnvironment, asked: _AllTargets) -> FlagEnvironment:
    emptied = replace(environment, targets=())
    for target in asked.targets:
        emptied = _add_targets(flag, emptied, target)
    return emptied


def _replace_user_targets(
    flag: FeatureFlag, environment: FlagEnvironment, asked: _AllUserTargets
) -> FlagEnvironment:
    named = {target.variation_id for target in asked.targets}
    if named != {variation.id for variation in flag.variations}:
        raise InvalidRequest("targets: every variation of the flag has to be listed")
    others = tuple(each for each in environment.targets if each.context_kind != USER)
    emptied = replace(environment, targets=others)
    for target in asked.targets:
        emptied = _add_targets(flag, emptied, _Targets(target.variation_id, target.values))
    return emptied


def _clear_targets(flag: FeatureFlag, environment: FlagEnvironment, asked: _VariationId) -> FlagEnvironment:
    id = require_variation(flag, asked.variation_id)
    return replace(environment, targets=tuple(t for t in environment.targets if t.variation_id != id))


def _clear_user_targets(
    flag: FeatureFlag, environment: FlagEnvironment, asked: _VariationId
) -> FlagEnvironment:
    place = (require_variation(flag, asked.variation_id), USER)
    kept = (t for t in environment.targets if (t.variation_id, t.context_kind) != place)
    return replace(environment, targets=tuple(kept))


def _as_user_targets(asked: _UserTargets) -> _Targets:
    return _Targets(asked.variation_id, asked.values)


def _add_prerequisite(_: FeatureFlag, environment: FlagEnvironment, asked: _Prerequisite) -> FlagEnvironment:
    others = tuple(each for each in environment.prerequisites if each.key != asked.key)
    if len(others) < len(environment.prerequisites):
        raise InvalidRequest(f"{asked.key!r} is a prerequisite already: use updatePrerequisite")
    return replace(environment, prerequisites=(*others, Prerequisite(asked.key, asked.variation_id)))


def _change_prerequisite(
    _: FeatureFlag, environment: FlagEnvironment, asked: _Prerequisite
) -> FlagEnvironment:
    if asked.key not in {each.key for each in environment.prerequisites}:
        raise InvalidRequest(f"{asked.key!r} is no prerequisite: use addPrerequisite")
    changed = Prerequisite(asked.key, asked.variation_id)
    kept = (changed if each.key == asked.key else each for each in environment.prerequisites)
    return replace(environment, prerequisites=tuple(kept))


def _remove_prerequisite(
    _: FeatureFlag, environment: FlagEnvironment, asked: _PrerequisiteKey
) -> FlagEnvironment:
    kept = (each for each in environment.prerequisites if each.key != asked.key)
    return replace(environment, prerequisites=tuple(kept))


def _replace_prerequisites(
    _: FeatureFlag, environment: FlagEnvironment, asked: _Prerequisites
) -> FlagEnvironment:
    wanted = (Prerequisite(each.key, each.variation_id) for each in asked.prerequisites)
    return replace(environment, prerequisites=tuple(wanted))


def _change_fallthrough(flag: FeatureFlag, environment: FlagEnvironment, asked: Serving) -> FlagEnvironment:
    return replace(environment, fallthrough=served_by(flag, asked))


def _change_off_variation(
    flag: FeatureFlag, environment: FlagEnvironment, asked: _VariationId
) -> FlagEnvironment:
    return replace(environment, off_variation_id=require_variation(flag, asked.variation_id))


def _switch(*, on: bool) -> Callable[[FeatureFlag, FlagEnvironment, NoParameters], FlagEnvironment]:
    return lambda _, environment, __: replace(environment, on=on)


TARGETING: dict[str, Instruction[FeatureFlag, FlagScene]] = {
    "turnFlagOn": Instruction(NoParameters, _locally(_switch(on=True)), "updateOn"),
    "turnFlagOff": Instruction(NoParameters, _locally(_switch(on=False)), "updateOn"),
    "addTargets": Instruction(_Targets, _locally(_add_targets), "updateTargets"),
    "addUserTargets": Instruction(
        _UserTargets,
        _locally(lambda f, e, asked: _add_targets(f, e, _as_user_targets(asked))),
        "updateTargets",
    ),
    "removeTargets": Instruction(_Targets, _locally(_remove_targets), "updateTargets"),
    "removeUserTargets": Instruction(
        _UserTargets,
        _locally(lambda f, e, asked: _remove_targets(f, e, _as_user_targets(asked))),
        "updateTargets",
    ),
    "replaceTargets": Instruction(_AllTargets, _locally(_replace_targets), "updateTargets"),
    "replaceUserTargets": Instruction(_AllUserTargets, _locally(_replace_user_targets), "updateTargets"),
    "clearTargets": Instruction(_VariationId, _locally(_clear_targets), "updateTargets"),
    "clearUserTargets": Instruction(_VariationId, _locally(_clear_user_targets), "updateTargets"),
    "addPrerequisite": Instruction(_Prerequisite, _locally(_add_prerequisite), "updatePrerequisites"),
    "updatePrerequisite": Instruction(_Prerequisite, _locally(_change_prerequisite), "updatePrerequisites"),
    "removePrerequisite": Instruction(
        _PrerequisiteKey, _locally(_remove_prerequisite), "updatePrerequisites"
    ),
    "replacePrerequisites": Instruction(
        _Prerequisites, _locally(_replace_prerequisites), "updatePrerequisites"
    ),
    "updateFallthroughVariationOrRollout": Instruction(
        Serving, _locally(_change_fallthrough), "updateFallthrough"
    ),
    "updateOffVariation": Instruction(_VariationId, _locally(_change_off_variation), "updateOffVariation"),
    "updateTrackEvents": Instruction(
        _TrackEvents,
        _locally(lambda _, e, asked: replace(e, track_events=asked.track_events)),
        "updateTrackEvents",
    ),
    "updateTrackEventsFallthrough": Instruction(
        _TrackEvents,
        _locally(lambda _, e, asked: replace(e, track_events_fallthrough=asked.track_events)),
        "updateFallthrough",
    ),
}
