"""Feature flags as the API shows them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from daybreak.areas.flags.code_references.representation import StatisticShape
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment, Migration, Variation
from daybreak.areas.flags.feature_flags.summary import FlagSummaryShape, summarise
from daybreak.areas.flags.shapes import (
    Numbers,
    PrerequisiteShape,
    RuleShape,
    ServedShape,
    TargetShape,
    represent_prerequisite,
    represent_rule,
    represent_served,
    represent_target,
)
from daybreak.areas.flags.targeting import USER
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.columns import Json
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import HTML, Links, link, links, path

Unset = msgspec.UnsetType


class VariationShape(Shape):
    """One of the values a flag may have."""

    id: str = msgspec.field(name="_id")
    value: Json
    name: str | Unset = msgspec.UNSET
    description: str | Unset = msgspec.UNSET


class AvailabilityShape(Shape):
    """Which client-side SDKs see the flag."""

    using_mobile_key: bool
    using_environment_id: bool


class DefaultsShape(Shape):
    """The numbers of the variations that new environments start with."""

    on_variation: int
    off_variation: int


class MigrationShape(Shape):
    """Settings of a flag that steers a data migration."""

    stage_count: int
    context_kind: str | Unset = msgspec.UNSET


class ExperimentsShape(Shape):
    """What clients expect of a flag that is in no experiment."""

    baseline_idx: int = 0
    items: list[Json] = msgspec.field(default_factory=list)


class EvaluationShape(Shape):
    """The kinds of contexts that the flag was evaluated for in the last 30 days."""

    context_kinds: list[str]


class MigrationCheckShape(Shape):
    """Of how many consistency checks of a migration one is made."""

    check_ratio: int | Unset = msgspec.UNSET


class FlagEnvironmentShape(AccessibleShape, kw_only=True):
    """A flag in one environment; targets, rules and prerequisites only where they were asked for."""

    on: bool
    archived: bool
    salt: str
    sel: str
    last_modified: int
    version: int
    site_: dict[str, str] = msgspec.field(name="_site")
    environment_name_: str = msgspec.field(name="_environmentName")
    track_events: bool
    track_events_fallthrough: bool
    targets: list[TargetShape] | Unset = msgspec.UNSET
    context_targets: list[TargetShape] | Unset = msgspec.UNSET
    rules: list[RuleShape] | Unset = msgspec.UNSET
    fallthrough: ServedShape | Unset = msgspec.UNSET
    off_variation: int | Unset = msgspec.UNSET
    prerequisites: list[PrerequisiteShape] | Unset = msgspec.UNSET
    debug_events_until_date: int | Unset = msgspec.field(name="_debugEventsUntilDate", default=msgspec.UNSET)
    summary: FlagSummaryShape | Unset = msgspec.field(name="_summary", default=msgspec.UNSET)
    evaluation: EvaluationShape | Unset = msgspec.UNSET
    migration_settings: MigrationCheckShape | Unset = msgspec.UNSET


class CodeReferencesShape(Shape):
    """Where the flag is mentioned: an entry for each repository."""

    items: list[StatisticShape]


class MaintainerTeamShape(Shape):
    """A team that looks after a flag."""

    links_: Links = msgspec.field(name="_links")
    key: str
    name: str


class FlagShape(Shape, kw_only=True):
    """A feature flag, with its configuration in the environments that were asked for."""

    links_: Links = msgspec.field(name="_links")
    name: str
    kind: str
    description: str
    key: str
    version_: int = msgspec.field(name="_version")
    creation_date: int
    include_in_snippet: bool
    client_side_availability: AvailabilityShape
    variations: list[VariationShape]
    temporary: bool
    tags: list[str]
    maintainer_id: str | Unset = msgspec.UNSET
    maintainer_: MemberSummaryShape | Unset = msgspec.field(name="_maintainer", default=msgspec.UNSET)
    maintainer_team_key: str | Unset = msgspec.UNSET
    maintainer_team_: MaintainerTeamShape | Unset = msgspec.field(
        name="_maintainerTeam", default=msgspec.UNSET
    )
    goal_ids: list[str]
    experiments: ExperimentsShape
    custom_properties: dict[str, Json]
    archived: bool
    archived_date: int | Unset = msgspec.UNSET
    deprecated: bool
    deprecated_date: int | Unset = msgspec.UNSET
    defaults: DefaultsShape
    purpose: str | Unset = msgspec.field(name="_purpose", default=msgspec.UNSET)
    migration_settings: MigrationShape | Unset = msgspec.UNSET
    code_references: CodeReferencesShape | Unset = msgspec.UNSET
    environments: dict[str, FlagEnvironmentShape] | Unset = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a flag's representation needs of others: its project's environments, the variations of flags that
    are prerequisites, the members and the names of the teams who look after it, and the kinds of contexts it
    was evaluated for, by its id and the environment's.
    """

    project_key: str
    environments: Sequence[EnvironmentFact]
    numbers: Callable[[str], Numbers]
    members: Mapping[str, MemberSummaryShape] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)


def flag_path(project_key: str, key: str) -> str:
    return path("/api/v2/flags/{project}/{key}", project=project_key, key=key)


EVALUATION = "evaluation"
MIGRATION_SETTINGS = "migrationSettings"


def represent_flag(
    flag: FeatureFlag,
    around: Surroundings,
    *,
    in_full: bool,
    shown: bool,
    expanded: Collection[str] = (),
) -> FlagShape:
    """`shown`: with its environments; `in_full`: with all of their configuration; `expanded`: with these
    parts of each of them.
    """
    numbers = numbers_of(flag)
    on, off = numbers.place(flag.on_variation_id), numbers.place(flag.off_variation_id)
    return FlagShape(
        links_=links(
            self=flag_path(around.project_key, flag.key),
            parent=path("/api/v2/flags/{project}", project=around.project_key),
        ),
        name=flag.name,
        kind=flag.kind,
        description=flag.description,
        key=flag.key,
        version_=flag.version,
        creation_date=flag.created_at,
        include_in_snippet=flag.include_in_snippet,
        client_side_availability=msgspec.convert(flag.availability, AvailabilityShape, from_attributes=True),
        variations=[_represent_variation(variation) for variation in flag.variations],
        temporary=flag.temporary,
        tags=list(flag.tags),
        maintainer_id=_or_unset(flag.maintainer_id),
        maintainer_=around.members.get(flag.maintainer_id or "", msgspec.UNSET),
        maintainer_team_key=_or_unset(flag.maintainer_team_key),
        maintainer_team_=_represent_team(flag.maintainer_team_key, around),
        goal_ids=[],
        experiments=ExperimentsShape(),
        custom_properties=msgspec.to_builtins(flag.custom_properties),
        archived=flag.is_archived,
        archived_date=_or_unset(flag.archived_at),
        deprecated=flag.deprecated_at is not None,
        deprecated_date=_or_unset(flag.deprecated_at),
        defaults=DefaultsShape(on_variation=on, off_variation=off),
        purpose=_or_unset(flag.purpose),
        migration_settings=_represent_migration(flag.migration),
        environments={
            place.key: _expand(
                _represent_environment(flag, place, around, in_full=in_full), flag, place, around, expanded
            )
            for place in around.environments
        }
        if shown
        else msgspec.UNSET,
    )


def numbers_of(flag: FeatureFlag) -> Numbers:
    return Numbers([variation.id for variation in flag.variations])


def _represent_team(key: str | None, around: Surroundings) -> MaintainerTeamShape | Unset:
    if key is None or key not in around.teams:
        return msgspec.UNSET
    here = path("/api/v2/teams/{key}", key=key)
    return MaintainerTeamShape(links_=links(self=here), key=key, name=around.teams[key])


def _represent_variation(variation: Variation) -> VariationShape:
    return VariationShape(
        id=variation.id,
        value=variation.value,
        name=_or_unset(variation.name),
        description=_or_unset(variation.description),
    )


def _represent_migration(migration: Migration | None) -> MigrationShape | Unset:
    if migration is None:
        return msgspec.UNSET
    return MigrationShape(stage_count=migration.stage_count, context_kind=_or_unset(migration.context_kind))


def _represent_environment(
    flag: FeatureFlag, place: EnvironmentFact, around: Surroundings, *, in_full: bool
) -> FlagEnvironmentShape:
    environment, numbers = flag.in_environment(place.id), numbers_of(flag)
    shape = FlagEnvironmentShape(
        on=environment.on,
        archived=flag.is_archived,
        salt=environment.salt,
        sel=environment.salt,
        last_modified=environment.modified_at,
        version=flag.version_in(place.id),
        site_=link(
            path("/{p}/{e}/features/{k}", p=around.project_key, e=place.key, k=flag.key), content_type=HTML
        ),
        environment_name_=place.name,
        track_events=environment.track_events,
        track_events_fallthrough=environment.track_events_fallthrough,
        debug_events_until_date=_or_unset(environment.debug_events_until),
    )
    if not in_full:
        shape.summary = summarise(environment, numbers)
        return shape
    shape.targets, shape.context_targets = represent_targets(environment, numbers)
    shape.rules = [represent_rule(rule, numbers) for rule in environment.rules]
    shape.fallthrough = represent_served(environment.fallthrough, numbers)
    shape.prerequisites = [
        represent_prerequisite(each, around.numbers(each.key)) for each in environment.prerequisites
    ]
    if environment.off_variation_id is not None:
        shape.off_variation = numbers.place(environment.off_variation_id)
    return shape


def _expand(
    shape: FlagEnvironmentShape,
    flag: FeatureFlag,
    place: EnvironmentFact,
    around: Surroundings,
    expanded: Collection[str],
) -> FlagEnvironmentShape:
    if EVALUATION in expanded:
        shape.evaluation = EvaluationShape(around.kinds.get((flag.id, place.id), []))
    if MIGRATION_SETTINGS in expanded and flag.migration is not None:
        ratio = flag.in_environment(place.id).check_ratio
        shape.migration_settings = MigrationCheckShape(check_ratio=_or_unset(ratio))
    return shape


def represent_targets(
    environment: FlagEnvironment, numbers: Numbers
) -> tuple[list[TargetShape], list[TargetShape]]:
    """Those of users, and where other kinds are targeted too all in order, users by entries without keys."""
    users = [target for target in environment.targets if target.context_kind == USER]
    everybody = environment.targets if len(users) < len(environment.targets) else ()
    return (
        [represent_target(target, numbers) for target in users],
        [
            represent_target(target, numbers, is_placeholder=target.context_kind == USER)
            for target in everybody
        ],
    )


def _or_unset(value: Any) -> Any:
    return msgspec.UNSET if value is None else value
