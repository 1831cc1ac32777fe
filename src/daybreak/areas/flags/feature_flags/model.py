"""A feature flag as people edit it, and what must always be true of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from daybreak.areas.flags.targeting import Prerequisite, Rule, Served, Target, variations_served
from daybreak.logic.patching.json_value import has_equal_fields
from daybreak.platform.columns import Json
from daybreak.platform.identifiers import stable_id


@dataclass(frozen=True, slots=True)
class Variation:
    """One of the values a flag may have."""

    id: str
    value: Json
    name: str | None = None
    description: str | None = None

    def __eq__(self, other: object) -> bool:
        # A change of `true` to 1 is one, though they are equal in Python.
        return isinstance(other, Variation) and has_equal_fields(self, other)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Availability:
    """Which client-side SDKs may see the flag."""

    using_mobile_key: bool = True
    using_environment_id: bool = False


@dataclass(frozen=True, slots=True)
class Migration:
    """Settings of a flag that steers a data migration. `stage_count` is 2, 4 or 6."""

    stage_count: int
    context_kind: str | None = None


@dataclass(frozen=True, slots=True)
class CustomProperty:
    """Data that other systems keep at a flag."""

    name: str
    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagEnvironment:
    """A flag's configuration in one environment. `changes` counts all changes of it, seen by SDKs or not."""

    environment_id: str
    salt: str
    fallthrough: Served
    off_variation_id: str | None
    on: bool = False
    targets: tuple[Target, ...] = ()
    rules: tuple[Rule, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    track_events: bool = False
    track_events_fallthrough: bool = False
    debug_events_until: int | None = None
    check_ratio: int | None = None
    modified_at: int = 0
    changes: int = 0

    @property
    def variation_ids(self) -> frozenset[str]:
        """All variations that may be served, or are named."""
        rules = [variations_served(rule.served) for rule in self.rules]
        targets = {target.variation_id for target in self.targets}
        off = set() if self.off_variation_id is None else {self.off_variation_id}
        return frozenset(variations_served(self.fallthrough).union(*rules, targets, off))


@dataclass(frozen=True, slots=True)
class FeatureFlag:
    """A flag with its configuration in every environment of its project, by environment id.

    `changes` counts those of the flag itself that SDKs see; together with an environment's own it makes the
    version that SDKs compare. It begins above the last version of a deleted flag with the same key.
    """

    id: str
    project_id: str
    key: str
    name: str
    variations: tuple[Variation, ...]
    on_variation_id: str
    off_variation_id: str
    created_at: int
    description: str = ""
    temporary: bool = True
    tags: tuple[str, ...] = ()
    availability: Availability = field(default_factory=Availability)
    include_in_snippet: bool = False
    maintainer_id: str | None = None
    maintainer_team_key: str | None = None
    custom_properties: Mapping[str, CustomProperty] = field(default_factory=dict)
    archived_at: int | None = None
    deprecated_at: int | None = None
    purpose: str | None = None
    migration: Migration | None = None
    changes: int = 1
    version: int = 1
    environments: Mapping[str, FlagEnvironment] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Boolean where the values are true and false and nothing else."""
        values = [variation.value for variation in self.variations]
        is_boolean = len(values) == 2 and all(value is True or value is False for value in values)
        return "boolean" if is_boolean and values[0] is not values[1] else "multivariate"

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def in_environment(self, environment_id: str) -> FlagEnvironment:
        """The configuration there; in an environment that is younger than the flag, the one to start with."""
        known = self.environments.get(environment_id)
        return known or new_environment(self, environment_id, stable_id(self.id, environment_id))

    def version_in(self, environment_id: str) -> int:
        """What SDKs of the environment compare: grows with every change that they see."""
        return self.changes + self.in_environment(environment_id).changes

    @property
    def listings(self) -> frozenset[tuple[str, str, str, str]]:
        """Every target as environment, variation, kind and key of the context."""
        return frozenset(
            (id, target.variation_id, target.context_kind, key)
            for id, environment in self.environments.items()
            for target in environment.targets
            for key in target.values
        )

    def place_of(self, variation_id: str) -> int:
        """The number of a variation in the API."""
        return next(n for n, variation in enumerate(self.variations) if variation.id == variation_id)

    def has_variation(self, variation_id: str) -> bool:
        return any(variation.id == variation_id for variation in self.variations)


def list_needed(flags: Iterable[FeatureFlag]) -> set[str]:
    """The keys of the flags that some flags have as prerequisites, anywhere."""
    return {
        each.key for flag in flags for place in flag.environments.values() for each in place.prerequisites
    }


def new_environment(flag: FeatureFlag, environment_id: str, salt: str) -> FlagEnvironment:
    """How a flag starts in an environment: off."""
    return FlagEnvironment(
        environment_id=environment_id,
        salt=salt,
        fallthrough=Served(variation_id=flag.on_variation_id),
        off_variation_id=flag.off_variation_id,
        modified_at=flag.created_at,
    )


# What SDKs see of a flag itself, see `delivered.py`. A new name or tag need not reach them.
_DELIVERED = ("variations", "availability", "archived_at", "migration", "purpose")


def count_changes(before: FeatureFlag, after: FeatureFlag, now: int) -> FeatureFlag:
    """`after` with the counters that tell SDKs what is new, and the times of what changed."""
    flag_changed = any(getattr(before, name) != getattr(after, name) for name in _DELIVERED)
    environments = {
        id: _count_environment(before.in_environment(id), environment, now)
        for id, environment in after.environments.items()
    }
    return replace(after, changes=before.changes + flag_changed, environments=environments)


def _count_environment(before: FlagEnvironment, after: FlagEnvironment, now: int) -> FlagEnvironment:
    if before == after:
        return after
    return replace(after, changes=before.changes + 1, modified_at=now)
