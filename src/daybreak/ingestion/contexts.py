"""Contexts that events tell of, between two writes: each once, and seldom again."""

from dataclasses import dataclass, field

from daybreak.areas.flags.intake import SeenContext
from daybreak.ingestion.events import Event
from daybreak.platform.clock import MINUTE

# How many are held at most, and how many bytes of them.
MOST_HELD = 50_000
MOST_BYTES = 64 * 1024 * 1024

# A context that is seen again and again is written this often: what is kept is when it was seen last.
WRITTEN_EVERY = 5 * MINUTE
MOST_REMEMBERED = 500_000


@dataclass(slots=True)
class SeenContexts:
    """Contexts to be written, in the order in which they came."""

    held: dict[SeenContext, None] = field(default_factory=dict)
    size: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.held) >= MOST_HELD or self.size >= MOST_BYTES

    def add(self, seen: SeenContext) -> bool:
        """Whether there was room."""
        if self.is_full:
            return False
        self.held[seen] = None
        self.size += len(seen.document)
        return True


class RecentContexts:
    """Two generations of hashes of what was taken: when the younger is old or full, the elder is gone."""

    def __init__(self) -> None:
        self._younger: set[int] = set()
        self._elder: set[int] = set()
        self._since = 0

    def is_known(self, seen: SeenContext, now: int) -> bool:
        if now >= self._since + WRITTEN_EVERY or len(self._younger) >= MOST_REMEMBERED:
            self._elder, self._younger, self._since = self._younger, set(), now
        known = hash(seen)
        return known in self._younger or known in self._elder

    def remember(self, seen: SeenContext) -> None:
        self._younger.add(hash(seen))


def contexts_of(event: Event, environment_id: str, source: str) -> SeenContext | None:
    """What an event tells of who was evaluated; None where it tells nothing."""
    whole = event.context or event.user
    if whole and whole != b"null":
        return SeenContext(environment_id, source, bytes(whole))
    if event.context_keys and event.context_keys != b"null":
        return SeenContext(environment_id, source, bytes(event.context_keys), is_partial=True)
    return None
