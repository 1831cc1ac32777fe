"""A kind of context that a project knows."""

from dataclasses import dataclass
from typing import Final

USER: Final = "user"

# Where a kind comes from.
DEFAULT: Final = "default"
MANUAL: Final = "manual"
AUTO_ADDED: Final = "auto-add"


@dataclass(frozen=True, slots=True)
class ContextKind:
    """`last_seen` (Unix ms) is None while no SDK has sent a context of the kind."""

    id: str
    project_id: str
    key: str
    name: str
    created_from: str
    created_at: int
    modified_at: int
    description: str = ""
    archived: bool = False
    last_seen: int | None = None
    version: int = 1


def user_kind(project_id: str, created_at: int, *, id: str = "") -> ContextKind:
    """What every project has from its beginning."""
    return ContextKind(id, project_id, USER, USER, DEFAULT, created_at, created_at)
