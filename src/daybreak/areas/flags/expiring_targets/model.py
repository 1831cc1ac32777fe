"""A context that will stop being targeted, and when."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExpiringTarget:
    """`resource_kind` and `resource_id` say whose target it is, `listed_in` where it is targeted there: the
    id of a flag's variation, or the list of a segment. `expires_at` is in Unix milliseconds.
    """

    id: str
    project_id: str
    resource_kind: str
    resource_id: str
    environment_id: str
    listed_in: str
    context_kind: str
    context_key: str
    expires_at: int
    version: int = 1
