"""Between a flag and what a patch of its representation may change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import msgspec

from daybreak.areas.flags.feature_flags.environment_fields import Renumbering, write_environment
from daybreak.areas.flags.feature_flags.model import (
    Availability,
    CustomProperty,
    FeatureFlag,
    FlagEnvironment,
    Variation,
)
from daybreak.areas.flags.feature_flags.representation import (
    FlagShape,
    Surroundings,
    numbers_of,
    represent_flag,
)
from daybreak.areas.flags.feature_flags.requests import EnvironmentFields, FlagFields, VariationBody
from daybreak.areas.flags.shapes import Numbers
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.platform.identifiers import unique_id
from daybreak.rest.parsing import convert
from daybreak.rest.resource import Editing

_FLAG_ACTIONS = {
    "/name": "updateName",
    "/description": "updateDescription",
    "/includeInSnippet": "updateIncludeInSnippet",
    "/clientSideAvailability": "updateClientSideFlagAvailability",
    "/variations": "updateFlagVariations",
    "/temporary": "updateTemporary",
    "/tags": "updateTags",
    "/customProperties": "updateFlagCustomProperties",
    "/defaults": "updateFlagDefaultVariations",
    "/archived": "updateGlobalArchived",
    "/deprecated": "updateDeprecated",
    "/maintainerId": "updateMaintainer",
    "/maintainerTeamKey": "updateMaintainer",
}
_ENVIRONMENT_ACTIONS = {
    "on": "updateOn",
    "targets": "updateTargets",
    "contextTargets": "updateTargets",
    "rules": "updateRules",
    "fallthrough": "updateFallthrough",
    "offVariation": "updateOffVariation",
    "prerequisites": "updatePrerequisites",
    "trackEvents": "updateTrackEvents",
    "trackEventsFallthrough": "updateFallthrough",
}


# Actions on a flag's configuration in an environment.
LOCAL_ACTIONS = frozenset({*_ENVIRONMENT_ACTIONS.values(), "updateFlagConfigMigrationSettings"})

# Every action that changing a flag may need.
ACTIONS = tuple(dict.fromkeys([*_FLAG_ACTIONS.values(), *_ENVIRONMENT_ACTIONS.values()]))


@dataclass(frozen=True, slots=True)
class Scene:
    """What a patch is read in: the flag's surroundings, and the time."""

    around: Surroundings
    now: int

    @property
    def ids(self) -> Mapping[str, str]:
        return {place.key: place.id for place in self.around.environments}


def editing_in(scene: Scene) -> Editing[FeatureFlag]:
    """How flags of a project are patched by their representation."""
    environments = {
        f"/environments/{_escape(key)}/{name}": action
        for key in scene.ids
        for name, action in _ENVIRONMENT_ACTIONS.items()
    }
    return Editing(
        fields=FlagFields,
        read=lambda flag: _read(flag, scene),
        write=lambda flag, fields: _write(flag, fields, scene),
        actions={**_FLAG_ACTIONS, **environments},
    )


def represented(flag: FeatureFlag, scene: Scene) -> FlagShape:
    return represent_flag(flag, scene.around, in_full=True, shown=True)


def parse_variations(bodies: list[VariationBody]) -> tuple[Variation, ...]:
    return tuple(
        Variation(body.id or unique_id(), body.value, body.name, body.description) for body in bodies
    )


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _read(flag: FeatureFlag, scene: Scene) -> FlagFields:
    return convert(msgspec.to_builtins(represented(flag, scene)), FlagFields)


def _write(flag: FeatureFlag, fields: FlagFields, scene: Scene) -> FeatureFlag:
    variations = parse_variations(fields.variations)
    numbers = Numbers([variation.id for variation in variations])
    before = _read(flag, scene)
    return replace(
        flag,
        name=fields.name,
        description=fields.description,
        include_in_snippet=fields.include_in_snippet,
        availability=Availability(
            fields.client_side_availability.using_mobile_key,
            fields.client_side_availability.using_environment_id,
        ),
        variations=variations,
        temporary=fields.temporary,
        tags=tuple(fields.tags),
        custom_properties={
            key: CustomProperty(each.name, tuple(each.value))
            for key, each in fields.custom_properties.items()
        },
        on_variation_id=_default(
            fields.defaults.on_variation, before.defaults.on_variation, flag.on_variation_id, numbers
        ),
        off_variation_id=_default(
            fields.defaults.off_variation, before.defaults.off_variation, flag.off_variation_id, numbers
        ),
        archived_at=_since(flag.archived_at, scene.now, holds=fields.archived),
        deprecated_at=_since(flag.deprecated_at, scene.now, holds=fields.deprecated),
        maintainer_id=fields.maintainer_id,
        maintainer_team_key=fields.maintainer_team_key,
        environments=_write_environments(flag, fields, before, numbers, scene),
    )


def _default(place: int, place_before: int, id_before: str, numbers: Numbers) -> str:
    """A default that was not touched stays the same variation, whatever its number is now."""
    return id_before if place == place_before else numbers.id(place)


def _since(at: int | None, now: int, *, holds: bool) -> int | None:
    return (at or now) if holds else None


def _write_environments(
    flag: FeatureFlag, fields: FlagFields, before: FlagFields, numbers: Numbers, scene: Scene
) -> Mapping[str, FlagEnvironment]:
    """Environments that the patch did not touch keep their variations, whatever their numbers are now."""
    changed = {}
    renumbering = Renumbering(numbers_of(flag), numbers)
    for key, environment in fields.environments.items():
        id = scene.ids.get(key)
        if id is None:
            raise ValidationFailed(FieldFault(f"environments.{key}", "the project has no such environment"))
        if _is_touched(environment, before.environments[key]):
            changed[id] = write_environment(
                flag.in_environment(id),
                environment,
                before.environments[key],
                renumbering,
                scene.around.numbers,
            )
    return {**flag.environments, **changed}


def _is_touched(environment: EnvironmentFields, before: EnvironmentFields) -> bool:
    # As JSON: in Python values of a clause that changed from `true` to 1 would be equal.
    return msgspec.json.encode(environment) != msgspec.json.encode(before)
