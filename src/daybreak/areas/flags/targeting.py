"""Who gets what: clauses, targets and rollouts, as flags and segments hold them. Variations are meant by id.

The numbers that the API and SDKs use for variations are their places in the flag; they are looked up where a
flag is represented or delivered, so that removing one variation renumbers nothing here.
"""

from dataclasses import dataclass

from daybreak.logic.patching.json_value import has_equal_fields
from daybreak.platform.columns import Json

USER = "user"

# Weights are thousandths of a percent.
WHOLE = 100_000


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on a context; values are alternatives. `context_kind` is empty where none was given."""

    id: str
    attribute: str
    op: str
    values: tuple[Json, ...]
    context_kind: str = USER
    negate: bool = False

    def __eq__(self, other: object) -> bool:
        # A change of `true` to 1 is one, though they are equal in Python.
        return isinstance(other, Clause) and has_equal_fields(self, other)

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass(frozen=True, slots=True)
class Target:
    """Contexts of one kind that get a variation by their keys."""

    variation_id: str
    values: tuple[str, ...]
    context_kind: str = USER


@dataclass(frozen=True, slots=True)
class WeightedVariation:
    """A share of a rollout; what is untracked is no part of its experiment."""

    variation_id: str
    weight: int
    is_untracked: bool = False


@dataclass(frozen=True, slots=True)
class ExperimentAllocation:
    """Makes a rollout an experiment: whoever is not in it gets the default variation."""

    default_variation_id: str
    can_reshuffle: bool = False


@dataclass(frozen=True, slots=True)
class Rollout:
    """Shares that add up to WHOLE, dealt by an attribute of contexts of one kind."""

    variations: tuple[WeightedVariation, ...]
    context_kind: str = USER
    bucket_by: str | None = None
    seed: int | None = None
    experiment_allocation: ExperimentAllocation | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: one variation, or a rollout."""

    variation_id: str | None = None
    rollout: Rollout | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Serves contexts that all of its clauses match."""

    id: str
    served: Served
    clauses: tuple[Clause, ...]
    description: str | None = None
    track_events: bool = False
    ref: str | None = None
    is_disabled: bool = False


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """Makes contexts that all of its clauses match members of a segment: all of them, or a share by `weight`
    (thousandths of a percent).
    """

    id: str
    clauses: tuple[Clause, ...]
    weight: int | None = None
    bucket_by: str | None = None
    rollout_context_kind: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Another flag of the project that has to be on and to serve that variation of its own."""

    key: str
    variation_id: str


def variations_served(served: Served | None) -> frozenset[str]:
    """The ids of all variations that may come of it."""
    if served is None:
        return frozenset()
    ids = {served.variation_id} if served.variation_id is not None else set()
    rollout = served.rollout
    if rollout is not None:
        ids |= {share.variation_id for share in rollout.variations}
        if rollout.experiment_allocation is not None:
            ids.add(rollout.experiment_allocation.default_variation_id)
    return frozenset(ids)
