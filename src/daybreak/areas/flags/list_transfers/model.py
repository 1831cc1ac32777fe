"""Lists of members of a big segment on their way in or out, in parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Mode(Enum):
    """What an import does to the list of included members: adds to it, or takes its place."""

    MERGE = "merge"
    REPLACE = "replace"


class Status(Enum):
    """How far an import or export is; LaunchDarkly knows more states of imports."""

    READY = "ready"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """So many members of a list that is moved as are handled at once."""

    included: Sequence[str]
    excluded: Sequence[str] = ()

    @property
    def size(self) -> int:
        return len(self.included) + len(self.excluded)


@dataclass(frozen=True, slots=True)
class Import:
    """A list on its way in. It is written to a `generation` of the segment: the next one where it replaces
    what was there. Those of its `parts` before `next_part` are written, `keys_done` of all `keys`.
    """

    id: str
    segment_id: str
    created_at: int
    mode: str
    status: str
    filename: str
    generation: int
    parts: int
    keys: int
    next_part: int = 0
    keys_done: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """A list on its way out, of one generation. Parts up to `parts` are there; `last` is the last member of
    them, of the list of those included or, where `is_at_excluded`, excluded.
    """

    id: str
    segment_id: str
    created_at: int
    status: str
    initiator: str
    generation: int
    parts: int = 0
    size: int = 0
    last: str = ""
    is_at_excluded: bool = False
