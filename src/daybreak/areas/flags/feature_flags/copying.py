"""Copying what a flag does in one environment to another one, whole or in parts."""

from dataclasses import replace
from typing import Any

from daybreak.areas.flags.feature_flags.fields import Scene
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.feature_flags.requests import CopiedEnvironment, CopyFlag
from daybreak.platform.errors import InvalidRequest, OptimisticLockingError

# The fields that each part consists of.
PARTS = {
    "updateOn": ("on",),
    "updateRules": ("rules",),
    "updateFallthrough": ("fallthrough", "track_events_fallthrough"),
    "updateOffVariation": ("off_variation_id",),
    "updatePrerequisites": ("prerequisites",),
    "updateTargets": ("targets",),
    "updateFlagConfigMigrationSettings": ("check_ratio",),
}


def copy_configuration(
    flag: FeatureFlag, body: CopyFlag, scene: Scene
) -> tuple[FeatureFlag, tuple[str, ...]]:
    """The flag after the copy, and the actions that it comprises.

    Raises:
        InvalidRequest: an unknown environment, the same one twice, or both kinds of choice at once.
        OptimisticLockingError: an environment is not at the version that was named.

    """
    if body.source.key == body.target.key:
        raise InvalidRequest("source and target are the same environment")
    if body.included_actions and body.excluded_actions:
        raise InvalidRequest("either includedActions or excludedActions, not both")
    source, target = (_find(flag, end, scene) for end in (body.source, body.target))
    parts = tuple(
        part
        for part in PARTS
        if (not body.included_actions or part in body.included_actions) and part not in body.excluded_actions
    )
    copied: dict[str, Any] = {name: getattr(source, name) for part in parts for name in PARTS[part]}
    changed = replace(target, **copied)
    return replace(flag, environments={**flag.environments, target.environment_id: changed}), parts


def _find(flag: FeatureFlag, end: CopiedEnvironment, scene: Scene) -> FlagEnvironment:
    if end.key not in scene.ids:
        raise InvalidRequest(f"the project has no environment {end.key!r}")
    id = scene.ids[end.key]
    if end.current_version is not None and end.current_version != flag.version_in(id):
        raise OptimisticLockingError(
            f"In {end.key!r} the flag has changed since version {end.current_version}"
        )
    return flag.in_environment(id)
