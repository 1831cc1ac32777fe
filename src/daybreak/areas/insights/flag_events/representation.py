"""Flag events as the API shows them, and references to flags in changes."""

from typing import Any, Literal

import msgspec

from daybreak.rest.call import Shape

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
    experiments: Any = msgspec.UNSET


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
