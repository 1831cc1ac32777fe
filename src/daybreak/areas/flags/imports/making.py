"""A flag as it should be here, from how it came, and how it is here already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from daybreak.areas.flags.feature_flags.fields import parse_variations
from daybreak.areas.flags.feature_flags.model import (
    Availability,
    CustomProperty,
    FeatureFlag,
    FlagEnvironment,
    Migration,
    Variation,
)
from daybreak.areas.flags.feature_flags.store import first_version, numbers_by_key
from daybreak.areas.flags.imports.requests import CameConfiguration, CameFlag
from daybreak.areas.flags.shapes import Numbers, parse_rule, parse_served, parse_targets
from daybreak.areas.flags.targeting import Prerequisite
from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call


@dataclass(frozen=True, slots=True)
class Maintainers:
    """Who of those that flags name as their maintainers is here: members by their ids there, and teams."""

    members: Mapping[str, str] = field(default_factory=dict)
    team_keys: frozenset[str] = frozenset()


def make_flag(
    call: Call,
    parent: ProjectFact,
    places: Sequence[EnvironmentFact],
    came: CameFlag,
    known: FeatureFlag | None,
    maintainers: Maintainers,
) -> FeatureFlag:
    """Environments that did not come stay as they are.

    Raises:
        ValidationFailed: a number that is no variation's.
        InvalidRequest: a prerequisite that is not here.

    """
    variations = parse_variations(came.variations)
    numbers = Numbers([variation.id for variation in variations])
    start = known or _start(call, parent, came, variations)
    others = numbers_by_key(call.db, parent.id, _needed(came))
    availability = came.client_side_availability
    migration = came.migration_settings
    last = len(variations) - 1
    on, off = (
        (0, last) if came.defaults is None else (came.defaults.on_variation, came.defaults.off_variation)
    )
    environments = {
        place.id: _configure(start, place.id, came.environments[place.key], numbers, others)
        for place in places
        if place.key in came.environments
    }
    return replace(
        start,
        name=came.name,
        variations=variations,
        on_variation_id=numbers.id(on),
        off_variation_id=numbers.id(off),
        created_at=came.creation_date,
        description=came.description,
        temporary=came.temporary,
        tags=tuple(came.tags),
        availability=Availability()
        if availability is None
        else Availability(availability.using_mobile_key, availability.using_environment_id),
        include_in_snippet=came.include_in_snippet,
        maintainer_id=maintainers.members.get(came.maintainer_id or ""),
        maintainer_team_key=came.maintainer_team_key
        if came.maintainer_team_key in maintainers.team_keys
        else None,
        custom_properties={
            key: CustomProperty(each.name, tuple(each.value or ()))
            for key, each in came.custom_properties.items()
        },
        archived_at=_since(call, came.archived_date, start.archived_at, holds=came.archived),
        deprecated_at=_since(call, came.deprecated_date, start.deprecated_at, holds=came.deprecated),
        purpose=came.purpose if came.purpose in {"migration", "holdout"} else None,
        migration=Migration(migration.stage_count or len(variations), migration.context_kind)
        if migration is not None and came.purpose == "migration"
        else None,
        environments={**start.environments, **environments},
    )


def _start(call: Call, parent: ProjectFact, came: CameFlag, variations: Sequence[Variation]) -> FeatureFlag:
    return FeatureFlag(
        id=object_id(),
        project_id=parent.id,
        key=came.key,
        name="",
        variations=tuple(variations),
        on_variation_id="",
        off_variation_id="",
        created_at=came.creation_date,
        changes=first_version(call.db, parent.id, came.key),
        version=max(1, came.version),
    )


def _since(call: Call, there: int | None, here: int | None, *, holds: bool) -> int | None:
    """From when on it holds. Not every account tells it: then from when it was first heard of."""
    return (there or here or call.now) if holds else None


def _needed(came: CameFlag) -> set[str]:
    return {each.key for place in came.environments.values() for each in place.prerequisites}


def _configure(
    flag: FeatureFlag,
    environment_id: str,
    came: CameConfiguration,
    numbers: Numbers,
    others: Mapping[str, Numbers],
) -> FlagEnvironment:
    known = flag.environments.get(environment_id)
    migration = came.migration_settings
    return FlagEnvironment(
        environment_id=environment_id,
        salt=came.salt,
        fallthrough=parse_served(came.fallthrough, numbers),
        off_variation_id=None if came.off_variation is None else numbers.id(came.off_variation),
        on=came.on,
        targets=parse_targets(came.targets, came.context_targets, numbers),
        rules=tuple(parse_rule(rule, numbers) for rule in came.rules),
        prerequisites=tuple(
            Prerequisite(each.key, _variation_of(others, each.key, each.variation))
            for each in came.prerequisites
        ),
        track_events=came.track_events,
        track_events_fallthrough=came.track_events_fallthrough,
        debug_events_until=came.debug_events_until_date,
        check_ratio=migration.check_ratio if migration else None,
        modified_at=came.last_modified,
        # SDKs that knew the flag there see no version that is lower.
        changes=max(0, came.version - flag.changes) if known is None else known.changes,
    )


def _variation_of(others: Mapping[str, Numbers], key: str, place: int) -> str:
    if key not in others:
        raise InvalidRequest(f"it needs the flag {key!r}, which is not here")
    return others[key].id(place)
