"""Flag events as the API shows them, and references to flags in changes."""

from typing import Any, Literal

import msgspec

from daybreak.areas.flags.queries import FlagChange
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.scoring.impact import size_of
from daybreak.rest.call import Shape

WAITING = "evaluations after the change are waited for"
WITHOUT_EVALUATIONS = "there were no evaluations before or after the change"
ROLLBACK = "goes back to what was left within 72 hours, and is not scored"

FLAG_EVENTS_PATH = "/api/v2/engineering-insights/flag-events"


class VariationSummaryShape(Shape):
    """How often a variation was served before and after an event."""

    value: Any
    before: int
    after: int


class EvaluationsSummaryShape(Shape):
    """How often each variation was served."""

    variations: list[VariationSummaryShape]


class FlagEventImpactShape(Shape):
    """How many end users an event moved to another variation."""

    size: Literal["none", "small", "medium", "large"] | msgspec.UnsetType = msgspec.UNSET
    percentage: float | msgspec.UnsetType = msgspec.UNSET
    reason: str | msgspec.UnsetType = msgspec.UNSET
    evaluations_summary: EvaluationsSummaryShape | msgspec.UnsetType = msgspec.UNSET


class FlagEventMemberShape(Shape):
    """Who caused an event."""

    id: str
    email: str
    first_name: str
    last_name: str


class ExperimentsShape(Shape):
    """The experiments that ran on a flag."""

    items: list[Any]
    total_count: int


class FlagEventShape(Shape, kw_only=True):
    """A change of a flag that may have reached end users."""

    id: str
    project_id: str
    project_key: str
    environment_id: str
    environment_key: str
    flag_key: str
    event_type: str
    event_time: int
    description: str
    audit_log_entry_id: str | msgspec.UnsetType = msgspec.UNSET
    member: FlagEventMemberShape | msgspec.UnsetType = msgspec.UNSET
    actions: list[str] | msgspec.UnsetType = msgspec.UNSET
    impact: FlagEventImpactShape
    experiments: ExperimentsShape | msgspec.UnsetType = msgspec.UNSET


class FlagReferenceShape(Shape):
    """A flag that the code of a change refers to."""

    project_key: str
    flag_key: str
    references_added: int
    references_removed: int


class FlagReferencesShape(Shape):
    """The flags that a change refers to."""

    items: list[FlagReferenceShape]
    total_count: int


def represent_flag_event(
    change: FlagChange, place: EnvironmentFact, *, with_experiments: bool
) -> FlagEventShape:
    return FlagEventShape(
        id=change.id,
        project_id=place.project.id,
        project_key=place.project.key,
        environment_id=place.id,
        environment_key=place.key,
        flag_key=change.flag_key,
        event_type=change.kind,
        event_time=change.at,
        description=change.description,
        audit_log_entry_id=change.audit_entry_id,
        actions=list(change.actions),
        impact=_represent_impact(change),
        experiments=ExperimentsShape(items=[], total_count=0) if with_experiments else msgspec.UNSET,
    )


def _represent_impact(change: FlagChange) -> FlagEventImpactShape:
    """Why something is not known, or does not count, is told in words."""
    percentage = change.percentage
    if percentage is None:
        waits = change.settle_at is not None
        return FlagEventImpactShape(reason=WAITING if waits else WITHOUT_EVALUATIONS)
    return FlagEventImpactShape(
        size=size_of(percentage),
        percentage=round(float(percentage), 2),
        reason=ROLLBACK if change.is_rollback else msgspec.UNSET,
        evaluations_summary=EvaluationsSummaryShape(
            variations=msgspec.convert(change.served, list[VariationSummaryShape])
        ),
    )
