"""What events add up to between two writes: bounded, and shared by the event loop and the writing thread."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

import msgspec

from daybreak.areas.flags.intake import FlagUse
from daybreak.ingestion.applications import Application
from daybreak.ingestion.contexts import RecentContexts, SeenContexts, contexts_of
from daybreak.ingestion.events import Counter, Event, FlagSummary
from daybreak.platform.clock import DAY, MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.journal import Journal

Value = TypeVar("Value")

# How many numbers are held at most: of a flag's variation in a minute, or of a kind or application of a flag.
MOST_HELD = 200_000

LONGEST_KEY = 256
_KIND = re.compile(r"[-a-zA-Z0-9._]{1,256}")

# What an SDK kept back for longer than this, or dates into the future, counts as of now.
OLDEST = DAY


@dataclass(slots=True)
class Gathered:
    """The sums so far, by environment id and flag key; `held` is how many numbers they are."""

    uses: dict[tuple[str, str], FlagUse] = field(default_factory=dict)
    contexts: SeenContexts = field(default_factory=SeenContexts)
    held: int = 0
    received: int = 0
    dropped: int = 0
    unreadable: int = 0
    # What no database takes, as the last attempt to write it found.
    refused: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.uses or self.received or self.dropped or self.unreadable)


class Buffer:
    """Takes events, and gives what they add up to. What was not written is given again.

    Payloads are in the journal until what they add up to is written.
    """

    def __init__(self, journal: Journal) -> None:
        self._lock = Lock()
        self._journal = journal
        self._gathered = Gathered()
        self._unwritten = Gathered()
        self._recent = RecentContexts()

    def add(
        self,
        environment_id: str,
        events: Iterable[Event],
        now: int,
        *,
        application: Application | None = None,
        source: str = "",
        unreadable: int = 0,
        is_summarized: bool = True,
        record: bytes = b"",
    ) -> None:
        """Adds one payload. Of an SDK that sums nothing up itself, each evaluation is an event of its own.
        `source` is where its contexts are told to come from. A `record` of it goes to the journal first.

        Raises:
            OSError: the journal could not be written. Then nothing was added.

        """
        with self._lock:
            if record:
                self._journal.append(record)
            taking = _Taking(self._gathered, environment_id, application, now, self._room())
            for event in events:
                if event.kind == "summary":
                    taking.take_summary(event)
                elif event.kind == "feature" and not is_summarized:
                    taking.take_evaluation(event)
                self._take_context(event, environment_id, source, now)
                self._gathered.received += 1
            self._gathered.unreadable += unreadable

    def _take_context(self, event: Event, environment_id: str, source: str, now: int) -> None:
        seen = contexts_of(event, environment_id, source)
        if seen is None or self._recent.is_known(seen, now):
            return
        # What is not written yet after a failed write takes room as well.
        if self._unwritten.contexts.is_full or not self._gathered.contexts.add(seen):
            self._gathered.dropped += 1
        else:
            self._recent.remember(seen)

    def _room(self) -> int:
        return MOST_HELD - self._unwritten.held

    def adopt(self, db: Transaction) -> list[bytes]:
        """Records of processes that died, to be added again without a record. Call it right before `take`."""
        with self._lock:
            return self._journal.adopt(db) if self._unwritten.is_empty else []

    def take(self) -> Gathered:
        """What is to be written. Call `mark_written` as it is written, and `forget` once that lasts.

        What could not be written is given once more, and alone: as long as nothing can be written, what comes
        goes on into one file of the journal.
        """
        if self._unwritten.is_empty:
            with self._lock:
                self._unwritten, self._gathered = self._gathered, Gathered()
                self._journal.turn()
        return self._unwritten

    def mark_written(self, db: Transaction, now: int) -> None:
        """In the transaction that writes what `take` gave."""
        self._journal.mark_written(db, now)

    def forget(self) -> Gathered:
        """What `take` gave last is in the database, and is returned."""
        written, self._unwritten = self._unwritten, Gathered()
        self._journal.forget()
        return written

    @property
    def held(self) -> int:
        """How many numbers wait to be written."""
        return self._gathered.held + self._unwritten.held

    @property
    def is_empty(self) -> bool:
        return self._gathered.is_empty and self._unwritten.is_empty and not self._journal.has_orphans()


class _Taking:
    """One payload on its way into the sums."""

    __slots__ = ("_environment_id", "_gathered", "_now", "_room", "_runs_in")

    def __init__(
        self, gathered: Gathered, environment_id: str, application: Application | None, now: int, room: int
    ) -> None:
        self._gathered = gathered
        self._environment_id = environment_id
        self._runs_in = None if application is None else (application.key, application.version)
        self._now = now
        self._room = room

    def take_summary(self, event: Event) -> None:
        minute = self._minute_of(event.end_date)
        for key, summary in event.features.items():
            self._take_flag(key, summary, minute)

    def take_evaluation(self, event: Event) -> None:
        if not event.exclude_from_summaries:
            counter = Counter(1, event.variation)
            summary = FlagSummary([counter], default=event.default)
            self._take_flag(event.key, summary, self._minute_of(event.creation_date))

    def _take_flag(self, key: str, summary: FlagSummary, minute: int) -> None:
        """Runs thousands of times a payload: what is known already is added to right here."""
        use = None
        for counter in summary.counters:
            # The SDK knows no such flag, so there is nothing that they belong to.
            if counter.unknown or not counter.count:
                continue
            if use is None:
                use = self._use_of(key)
            place = minute, counter.variation
            try:
                use.counts[place] += counter.count
            except KeyError:
                self._begin(use, place, counter.count)
        if use is not None:
            _note_default(use, summary.default)
            if not use.context_kinds.issuperset(summary.context_kinds):
                self._note(use.context_kinds, filter(_KIND.fullmatch, summary.context_kinds))

    def _use_of(self, key: str) -> FlagUse:
        place = self._environment_id, key
        use = self._gathered.uses.get(place)
        if use is None:
            use = FlagUse()
            if self._gathered.held < self._room and _is_key(key):
                self._gathered.uses[place] = use
        if self._runs_in is not None and self._runs_in not in use.runs_in:
            self._note(use.runs_in, [self._runs_in])
        return use

    def _begin(self, use: FlagUse, place: tuple[int, int | None], count: int) -> None:
        if self._gathered.held < self._room:
            use.counts[place] = count
            self._gathered.held += 1
        else:
            self._gathered.dropped += count

    def _note(self, known: set[Value], seen: Iterable[Value]) -> None:
        for value in seen:
            if value not in known and self._gathered.held < self._room:
                known.add(value)
                self._gathered.held += 1

    def _minute_of(self, at: float | None) -> int:
        told = self._now if at is None else int(at)
        if not self._now - OLDEST <= told <= self._now:
            told = self._now
        return told - told % MINUTE


def _is_key(key: str) -> bool:
    """Whether a flag may have it."""
    return len(key) <= LONGEST_KEY and "\0" not in key


def _note_default(use: FlagUse, default: object) -> None:
    if default is not msgspec.UNSET:
        use.default, use.has_default = default, True
