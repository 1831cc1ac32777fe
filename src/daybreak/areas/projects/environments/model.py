"""An environment: where a project's code runs, with the keys its SDKs use."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Environment:
    """An environment as stored. `default_ttl` is in minutes, `created_at` in Unix milliseconds."""

    id: str
    project_id: str
    key: str
    name: str
    color: str
    sdk_key: str
    mobile_key: str
    default_ttl: int
    secure_mode: bool
    default_track_events: bool
    require_comments: bool
    confirm_changes: bool
    critical: bool
    tags: tuple[str, ...]
    created_at: int
    version: int
