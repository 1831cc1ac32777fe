"""What became of resources that were carried over from another account: how many of each kind, and what has
to be told of single ones.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """`KEPT` was changed here since it came, and not there; `REFUSED` is not as it is there."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    REFUSED = "refused"


class Note(msgspec.Struct, frozen=True):
    """Something about one resource, or with an empty key about all of a kind."""

    kind: str
    key: str
    reason: str


class Findings(msgspec.Struct):
    """Counts by kind and outcome, and notes in the order in which they were made."""

    counts: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    notes: list[Note] = msgspec.field(default_factory=list)

    def count(self, kind: str, outcome: Outcome, number: int = 1) -> None:
        of_kind = self.counts.setdefault(kind, {})
        of_kind[outcome.value] = of_kind.get(outcome.value, 0) + number

    def note(self, kind: str, key: str, reason: str) -> None:
        self.notes.append(Note(kind, key, reason))


def together(parts: Iterable[Findings]) -> Findings:
    """All counts added up, all notes one after the other."""
    counts: dict[str, Counter[str]] = {}
    notes: list[Note] = []
    for part in parts:
        for kind, of_kind in part.counts.items():
            counts.setdefault(kind, Counter()).update(of_kind)
        notes += part.notes
    return Findings({kind: dict(of_kind) for kind, of_kind in counts.items()}, notes)
