"""What an SDK evaluates: flags and segments as one environment delivers them. Variations are numbers.

`prepare.py` turns them into something quick to evaluate; `reading.py` makes them from delivered JSON.
"""

from dataclasses import dataclass
from typing import Any

Json = Any

DEFAULT_KIND = "user"

# Weights are thousandths of a percent.
WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition; `values` are alternatives. Without a `context_kind` the attribute is a plain name."""

    attribute: str
    op: str
    values: tuple[Json, ...]
    context_kind: str = ""
    negate: bool = False


@dataclass(frozen=True, slots=True)
class WeightedVariation:
    variation: int
    weight: int
    untracked: bool = False


@dataclass(frozen=True, slots=True)
class Rollout:
    """Deals contexts of one kind to variations by a hash of an attribute; in an experiment, of the key."""

    variations: tuple[WeightedVariation, ...]
    context_kind: str = ""
    bucket_by: str = ""
    seed: int | None = None
    is_experiment: bool = False


@dataclass(frozen=True, slots=True)
class Served:
    """A variation or a rollout. With neither, the flag is malformed."""

    variation: int | None = None
    rollout: Rollout | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    clauses: tuple[Clause, ...]
    served: Served
    id: str = ""
    track_events: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    values: frozenset[str]
    variation: int
    context_kind: str = ""


@dataclass(frozen=True, slots=True)
class Prerequisite:
    key: str
    variation: int


@dataclass(frozen=True, slots=True)
class Flag:
    key: str
    version: int
    variations: tuple[Json, ...] = ()
    on: bool = False
    off_variation: int | None = None
    fallthrough: Served = Served()
    prerequisites: tuple[Prerequisite, ...] = ()
    targets: tuple[Target, ...] = ()
    context_targets: tuple[Target, ...] = ()
    rules: tuple[Rule, ...] = ()
    salt: str = ""
    track_events: bool = False
    track_events_fallthrough: bool = False


@dataclass(frozen=True, slots=True)
class SegmentTarget:
    values: frozenset[str]
    context_kind: str = ""


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """`weight` None takes in every context that the clauses match."""

    clauses: tuple[Clause, ...]
    weight: int | None = None
    bucket_by: str = ""
    context_kind: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A big segment is `unbounded`: its members are kept elsewhere, under `key` and `generation`."""

    key: str
    version: int
    included: tuple[SegmentTarget, ...] = ()
    excluded: tuple[SegmentTarget, ...] = ()
    rules: tuple[SegmentRule, ...] = ()
    salt: str = ""
    unbounded: bool = False
    unbounded_kind: str = ""
    generation: int | None = None

    @property
    def reference(self) -> str:
        """What a big segment's members are kept under."""
        return f"{self.key}.g{self.generation or 0}"
