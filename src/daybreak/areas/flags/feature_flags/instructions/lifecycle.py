"""Settings and lifecycle: names, tags, properties, maintainers, archiving, deprecation."""

from dataclasses import replace
from typing import Literal

from daybreak.areas.flags.feature_flags.instructions.scene import FlagScene
from daybreak.areas.flags.feature_flags.model import CustomProperty, FeatureFlag
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Key, Name, Tags, Text
from daybreak.rest.semantic_patch import Instruction, NoParameters


class _TagValues(Body):
    values: Tags


class _NameValue(Body):
    value: Name


class _TextValue(Body):
    value: Text


class _KeyValue(Body):
    value: Key


class _AvailabilityValue(Body):
    value: Literal["usingMobileKey", "usingEnvironmentId"]


class _Property(Body):
    key: Text
    name: Text
    values: list[Text]


class _PropertyValues(Body):
    key: Text
    values: list[Text]


def _add_tags(flag: FeatureFlag, parameters: _TagValues, _: FlagScene) -> FeatureFlag:
    return replace(flag, tags=tuple(dict.fromkeys([*flag.tags, *parameters.values])))


def _remove_tags(flag: FeatureFlag, parameters: _TagValues, _: FlagScene) -> FeatureFlag:
    return replace(flag, tags=tuple(tag for tag in flag.tags if tag not in parameters.values))


def _add_properties(flag: FeatureFlag, parameters: _Property, scene: FlagScene) -> FeatureFlag:
    known = flag.custom_properties.get(parameters.key)
    values = [*(known.value if known else ()), *parameters.values]
    return _replace_properties(flag, _Property(parameters.key, parameters.name, values), scene)


def _replace_properties(flag: FeatureFlag, parameters: _Property, _: FlagScene) -> FeatureFlag:
    changed = CustomProperty(parameters.name, tuple(dict.fromkeys(parameters.values)))
    return replace(flag, custom_properties={**flag.custom_properties, parameters.key: changed})


def _remove_properties(flag: FeatureFlag, parameters: _PropertyValues, _: FlagScene) -> FeatureFlag:
    """A property without values is gone."""
    known = flag.custom_properties.get(parameters.key)
    if known is None:
        return flag
    kept = tuple(value for value in known.value if value not in parameters.values)
    others = {key: each for key, each in flag.custom_properties.items() if key != parameters.key}
    left = {parameters.key: CustomProperty(known.name, kept)} if kept else {}
    return replace(flag, custom_properties={**others, **left})


def _set_availability(flag: FeatureFlag, parameters: _AvailabilityValue, *, holds: bool) -> FeatureFlag:
    if parameters.value == "usingMobileKey":
        return replace(flag, availability=replace(flag.availability, using_mobile_key=holds))
    return replace(flag, availability=replace(flag.availability, using_environment_id=holds))


def _archive(flag: FeatureFlag, _: NoParameters, scene: FlagScene) -> FeatureFlag:
    return replace(flag, archived_at=flag.archived_at or scene.now)


def _deprecate(flag: FeatureFlag, _: NoParameters, scene: FlagScene) -> FeatureFlag:
    if flag.is_archived:
        raise InvalidRequest("An archived flag cannot be deprecated: restore it first")
    return replace(flag, deprecated_at=flag.deprecated_at or scene.now)


LIFECYCLE: dict[str, Instruction[FeatureFlag, FlagScene]] = {
    "addTags": Instruction(_TagValues, _add_tags, "updateTags"),
    "removeTags": Instruction(_TagValues, _remove_tags, "updateTags"),
    "addCustomProperties": Instruction(_Property, _add_properties, "updateFlagCustomProperties"),
    "replaceCustomProperties": Instruction(_Property, _replace_properties, "updateFlagCustomProperties"),
    "removeCustomProperties": Instruction(_PropertyValues, _remove_properties, "updateFlagCustomProperties"),
    "makeFlagPermanent": Instruction(
        NoParameters, lambda flag, _, __: replace(flag, temporary=False), "updateTemporary"
    ),
    "makeFlagTemporary": Instruction(
        NoParameters, lambda flag, _, __: replace(flag, temporary=True), "updateTemporary"
    ),
    "turnOnClientSideAvailability": Instruction(
        _AvailabilityValue,
        lambda flag, value, _: _set_availability(flag, value, holds=True),
        "updateClientSideFlagAvailability",
    ),
    "turnOffClientSideAvailability": Instruction(
        _AvailabilityValue,
        lambda flag, value, _: _set_availability(flag, value, holds=False),
        "updateClientSideFlagAvailability",
    ),
    "updateName": Instruction(_NameValue, lambda flag, body, _: replace(flag, name=body.value), "updateName"),
    "updateDescription": Instruction(
        _TextValue, lambda flag, body, _: replace(flag, description=body.value), "updateDescription"
    ),
    "updateMaintainerMember": Instruction(
        _KeyValue,
        lambda flag, body, _: replace(flag, maintainer_id=body.value, maintainer_team_key=None),
        "updateMaintainer",
    ),
    "updateMaintainerTeam": Instruction(
        _KeyValue,
        lambda flag, body, _: replace(flag, maintainer_team_key=body.value, maintainer_id=None),
        "updateMaintainer",
    ),
    "removeMaintainer": Instruction(
        NoParameters,
        lambda flag, _, __: replace(flag, maintainer_id=None, maintainer_team_key=None),
        "updateMaintainer",
    ),
    "archiveFlag": Instruction(NoParameters, _archive, "updateGlobalArchived"),
    "restoreFlag": Instruction(
        NoParameters, lambda flag, _, __: replace(flag, archived_at=None), "updateGlobalArchived"
    ),
    "deprecateFlag": Instruction(NoParameters, _deprecate, "updateDeprecated"),
    "restoreDeprecatedFlag": Instruction(
        NoParameters, lambda flag, _, __: replace(flag, deprecated_at=None), "updateDeprecated"
    ),
}
