"""What an environment looks like, and the last changes that led there: for SDKs that know an older state."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from daybreak.delivery.changes import Batch, Change, find_changes
from daybreak.delivery.snapshot import Snapshot

# Whoever has missed more is sent everything.
MOST_CHANGES = 1_000


class Step(NamedTuple):
    """What changed together, and the revisions, first and last, between which what was before is known to
    have held. Not the batch itself: that keeps what it was encoded to.
    """

    first: int
    last: int
    changes: Sequence[Change]


class History:
    """The snapshot of an environment, known to hold from its own revision up to `confirmed`."""

    def __init__(self, snapshot: Snapshot, confirmed: int) -> None:
        self.snapshot = snapshot
        self.confirmed = confirmed
        self._steps: deque[Step] = deque()
        self._kept = 0

    def confirm(self, revision: int) -> None:
        self.confirmed = max(self.confirmed, revision)

    def advance(self, snapshot: Snapshot, confirmed: int) -> Batch | None:
        """Takes the snapshot that was read at `confirmed`; None where SDKs are told nothing."""
        before = self.snapshot
        changes = tuple(find_changes(before, snapshot))
        if not changes:
            # What is the same keeps its revision, so that nobody who comes back is sent anything.
            if snapshot.settings != before.settings:
                self.snapshot = replace(snapshot, revision=before.revision)
            self.confirm(confirmed)
            return None
        # No revision may stand for two states.
        revision = max(snapshot.revision, self.confirmed + 1)
        batch = Batch(snapshot.environment_id, revision, changes)
        self._keep(Step(before.revision, self.confirmed, changes))
        self.snapshot = replace(snapshot, revision=revision)
        self.confirmed = max(confirmed, revision)
        return batch

    def changes_since(self, revision: int) -> Sequence[Change] | None:
        """What changed after a revision, the last of each key; None where that is not known."""
        if revision >= self.snapshot.revision:
            return () if revision <= self.confirmed else None
        found: dict[tuple[str, str], Change] = {}
        for step in reversed(self._steps):
            if revision > step.last:
                # Read by another process, in the middle of what was one step here.
                return None
            for change in step.changes:
                found.setdefault((change.collection, change.key), change)
            if revision >= step.first:
                return tuple(found.values())
        return None

    def _keep(self, step: Step) -> None:
        self._steps.append(step)
        self._kept += len(step.changes)
        while self._kept > MOST_CHANGES:
            self._kept -= len(self._steps.popleft().changes)
