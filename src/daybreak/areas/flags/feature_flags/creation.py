"""A new flag, from what its creator said and what the project says where nothing was said."""

from collections.abc import Sequence
from dataclasses import replace

from daybreak.areas.flags.feature_flags.fields import parse_variations
from daybreak.areas.flags.feature_flags.model import (
    Availability,
    CustomProperty,
    FeatureFlag,
    FlagEnvironment,
    Migration,
    Variation,
    new_environment,
)
from daybreak.areas.flags.feature_flags.requests import NewFlag
from daybreak.areas.flags.targeting import Prerequisite
from daybreak.areas.projects.queries import EnvironmentFact, NewFlagDefaults, ProjectFact
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.platform.identifiers import object_id, unique_id

# What the stages of a migration are called, by how many there are.
STAGES = {
    2: ("off", "complete"),
    4: ("off", "shadow", "live", "complete"),
    6: ("off", "dualwrite", "shadow", "live", "rampdown", "complete"),
}


def make_flag(
    body: NewFlag,
    parent: ProjectFact,
    defaults: NewFlagDefaults,
    environments: Sequence[EnvironmentFact],
    *,
    now: int,
    changes: int,
) -> FeatureFlag:
    """Raises ValidationFailed for defaults that name no variation."""
    variations = _variations(body, defaults)
    on, off = _defaults(body, defaults, variations)
    availability = body.client_side_availability
    migration = body.migration_settings
    flag = FeatureFlag(
        id=object_id(),
        project_id=parent.id,
        key=body.key,
        name=body.name,
        variations=variations,
        on_variation_id=on,
        off_variation_id=off,
        created_at=now,
        description=body.description,
        temporary=defaults.temporary if body.temporary is None else body.temporary,
        tags=tuple(defaults.tags if body.tags is None else body.tags),
        availability=Availability(defaults.using_mobile_key, defaults.using_environment_id)
        if availability is None
        else Availability(availability.using_mobile_key, availability.using_environment_id),
        include_in_snippet=defaults.include_in_snippet
        if body.include_in_snippet is None
        else body.include_in_snippet,
        maintainer_id=body.maintainer_id or None,
        maintainer_team_key=body.maintainer_team_key or None,
        custom_properties={
            key: CustomProperty(each.name, tuple(each.value)) for key, each in body.custom_properties.items()
        },
        purpose=body.purpose,
        migration=Migration(migration.stage_count, migration.context_kind) if migration else None,
        changes=changes,
    )
    return replace(flag, environments=_environments(body, flag, environments))


def clone_flag(source: FeatureFlag, new: FeatureFlag) -> FeatureFlag:
    """What another flag serves, under the new one's own name and with its own salts."""
    return replace(
        new,
        variations=source.variations,
        on_variation_id=source.on_variation_id,
        off_variation_id=source.off_variation_id,
        temporary=source.temporary,
        tags=new.tags or source.tags,
        availability=source.availability,
        purpose=source.purpose,
        migration=source.migration,
        environments={
            id: replace(source.in_environment(id), salt=own.salt, changes=0, modified_at=new.created_at)
            for id, own in new.environments.items()
        },
    )


def _variations(body: NewFlag, defaults: NewFlagDefaults) -> tuple[Variation, ...]:
    if body.purpose == "migration":
        stages = STAGES[body.migration_settings.stage_count if body.migration_settings else 6]
        return tuple(Variation(unique_id(), stage) for stage in stages)
    if body.variations:
        return parse_variations(body.variations)
    return (
        Variation(
            unique_id(),
            value=True,
            name=defaults.true_name or None,
            description=defaults.true_description or None,
        ),
        Variation(
            unique_id(),
            value=False,
            name=defaults.false_name or None,
            description=defaults.false_description or None,
        ),
    )


def _defaults(body: NewFlag, defaults: NewFlagDefaults, variations: Sequence[Variation]) -> tuple[str, str]:
    """The ids of the variations that are served on and off: the first and the last of given ones."""
    on, off = 0, len(variations) - 1
    if body.defaults is not None:
        on, off = body.defaults.on_variation, body.defaults.off_variation
    elif not body.variations and body.purpose is None:
        on, off = defaults.on_variation, defaults.off_variation
    elif body.purpose == "migration":
        on, off = 0, 0
    for name, place in (("onVariation", on), ("offVariation", off)):
        if place >= len(variations):
            fault = FieldFault(f"defaults.{name}", f"there are {len(variations)} variations, numbered from 0")
            raise ValidationFailed(fault)
    return variations[on].id, variations[off].id


def _environments(
    body: NewFlag, flag: FeatureFlag, environments: Sequence[EnvironmentFact]
) -> dict[str, FlagEnvironment]:
    needed = tuple(Prerequisite(each.key, each.variation_id) for each in body.initial_prerequisites)
    return {
        place.id: replace(
            new_environment(flag, place.id, unique_id().replace("-", "")),
            on=body.is_flag_on,
            prerequisites=needed,
        )
        for place in environments
    }
