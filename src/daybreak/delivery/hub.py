"""What every environment looks like now, and who wants to hear when that changes.

Lives on the event loop. Nothing here asks the database but `refresh`, the first look at an environment, and
`scene` for big segments.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping

from starlette.concurrency import run_in_threadpool

from daybreak.delivery.snapshot import (
    Change,
    Memberships,
    Payloads,
    Scene,
    Snapshot,
    find_changes,
    take_snapshot,
)
from daybreak.logic.evaluation.context import Context
from daybreak.platform.database import Database, read_revision
from daybreak.platform.outbox import list_told

logger = logging.getLogger(__name__)

# Changes of these kinds may change what SDKs see.
KINDS = ("flag", "segment", "environment", "project")

# A listener that is so far behind is cut off: it comes back for everything.
MOST_WAITING = 1_000


class Listener:
    """Somebody on a stream. `changes` ends with None where the stream is to be closed."""

    def __init__(self, environment_id: str) -> None:
        self.environment_id = environment_id
        self.changes: asyncio.Queue[Change | None] = asyncio.Queue()

    def tell(self, change: Change | None) -> None:
        if self.changes.qsize() >= MOST_WAITING:
            while not self.changes.empty():
                self.changes.get_nowait()
            change = None
        self.changes.put_nowait(change)


class Hub:
    """The snapshots of environments that somebody has asked for, and the listeners of each."""

    def __init__(self, database: Database, payloads: Payloads, memberships: Memberships) -> None:
        self._database = database
        self._payloads = payloads
        self._memberships = memberships
        self._snapshots: dict[str, Snapshot] = {}
        self._listeners: dict[str, set[Listener]] = {}
        self._revision = 0
        self._refreshing = asyncio.Lock()
        self.is_closed = False

    async def snapshot(self, environment_id: str) -> Snapshot | None:
        """None for an environment that does not exist."""
        known = self._snapshots.get(environment_id)
        if known is None:
            async with self._refreshing:
                await self._load(environment_id)
            known = self._snapshots.get(environment_id)
        return known

    async def scene(self, snapshot: Snapshot, context: Context) -> Scene:
        """What a context is evaluated in. One query where the environment has big segments, else none."""
        if not snapshot.has_big_segments:
            return Scene(snapshot)
        keys = {single.key for single in context.singles.values()}
        return Scene(snapshot, await run_in_threadpool(self._read_lists, snapshot.environment_id, keys))

    def _read_lists(self, environment_id: str, keys: Collection[str]) -> Mapping[str, Mapping[str, bool]]:
        with self._database.reading() as db:
            return self._memberships(db, environment_id, keys)

    async def listen(self, environment_id: str) -> tuple[Snapshot, Listener] | None:
        """The state now, and a listener that hears of every change after it."""
        if await self.snapshot(environment_id) is None:
            return None
        listener = Listener(environment_id)
        self._listeners.setdefault(environment_id, set()).add(listener)
        # Nothing is awaited in between, so nothing is missed.
        return self._snapshots[environment_id], listener

    def leave(self, listener: Listener) -> None:
        self._listeners[listener.environment_id].discard(listener)

    async def refresh(self, revision: int) -> None:
        """Tells the listeners what has changed up to `revision`."""
        async with self._refreshing:
            if revision <= self._revision or not self._snapshots:
                return
            found = await run_in_threadpool(self._read_changed, self._revision, tuple(self._snapshots))
            self._revision, taken, closing = found
            for id, snapshot in taken.items():
                before = self._snapshots[id]
                if snapshot is None:
                    del self._snapshots[id]
                    self._close(id)
                    continue
                self._snapshots[id] = snapshot
                for change in find_changes(before, snapshot):
                    for listener in self._listeners.get(id, ()):
                        listener.tell(change)
            # Keys may have been replaced: whoever has a good one comes back at once.
            for id in closing:
                self._close(id)

    def close(self) -> None:
        """Ends all streams; no further one lasts."""
        self.is_closed = True
        for id in self._listeners:
            self._close(id)

    def _close(self, environment_id: str) -> None:
        for listener in self._listeners.get(environment_id, ()):
            listener.tell(None)

    async def _load(self, environment_id: str) -> None:
        if environment_id in self._snapshots:
            return
        revision, found = await run_in_threadpool(self._read, [environment_id])
        snapshot = found[environment_id]
        if snapshot is not None:
            if not self._snapshots:
                self._revision = revision
            self._snapshots[environment_id] = snapshot

    def _read(self, ids: Collection[str]) -> tuple[int, Mapping[str, Snapshot | None]]:
        with self._database.reading() as db:
            payloads = self._payloads(db, ids)
            revision = read_revision(db)
        return revision, {
            id: take_snapshot(id, payloads[id], self._snapshots.get(id)) if id in payloads else None
            for id in ids
        }

    def _read_changed(
        self, since: int, ids: Collection[str]
    ) -> tuple[int, Mapping[str, Snapshot | None], frozenset[str]]:
        """The revision that was read, the snapshots where they may be new, environments that were changed."""
        with self._database.reading() as db:
            told = list_told(db, since, KINDS)
            revision = read_revision(db)
        changed = frozenset(row.resource_id for row in told if row.kind == "environment")
        if not told:
            return revision, {}, frozenset()
        revision, found = self._read(ids)
        return revision, found, changed & frozenset(ids)
