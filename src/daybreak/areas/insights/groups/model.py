"""An insight group: a named scope whose scores are followed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InsightGroup:
    """A group as stored. Without application keys it covers its whole environment."""

    id: str
    key: str
    name: str
    project_id: str
    environment_id: str
    application_keys: tuple[str, ...]
    created_at: int
    version: int
