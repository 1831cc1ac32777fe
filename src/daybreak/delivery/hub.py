"""What every environment looks like now, what led there, and who wants to hear when that changes.

Lives on the event loop. Nothing here asks the database but `refresh`, the first look at an environment, and
`scene` for big segments.
"""

import asyncio
import logging
from collections.abc import Collection, Mapping, Sequence

from starlette.concurrency import run_in_threadpool

from daybreak.delivery.changes import Change
from daybreak.delivery.history import History
from daybreak.delivery.listeners import Listener, end_all
from daybreak.delivery.snapshot import (
    Memberships,
    PayloadChanges,
    Payloads,
    Scene,
    Snapshot,
    change_snapshot,
    take_snapshot,
)
from daybreak.logic.evaluation.context import Context
from daybreak.platform.database import Database, Transaction, read_revision
from daybreak.platform.metrics.sdks import Streams
from daybreak.platform.outbox import Told, list_told, read_last_told

logger = logging.getLogger(__name__)

# Changes of these kinds may change what SDKs see.
KINDS = ("flag", "segment", "environment", "project")

# So many flags and segments are read one by one; where more have changed, all are.
FEW = 100


class Hub:
    """The snapshots of environments that somebody has asked for, and the listeners of each."""

    def __init__(
        self,
        database: Database,
        payloads: Payloads,
        payload_changes: PayloadChanges,
        memberships: Memberships,
        metrics: Streams,
    ) -> None:
        self._database = database
        self._payloads = payloads
        self._payload_changes = payload_changes
        self._memberships = memberships
        self._metrics = metrics
        self._histories: dict[str, History] = {}
        metrics.count_snapshots(lambda: len(self._histories))
        self._listeners: dict[str, set[Listener]] = {}
        self._revision = 0
        self._refreshing = asyncio.Lock()
        self.is_closed = False

    async def snapshot(self, environment_id: str) -> Snapshot | None:
        """As new as anything this machine has answered. None for an environment that does not exist."""
        await self._catch_up()
        known = self._histories.get(environment_id)
        if known is None:
            async with self._refreshing:
                await self._load(environment_id)
            known = self._histories.get(environment_id)
        return None if known is None else known.snapshot

    async def _catch_up(self) -> None:
        """Whoever was told of a change on a stream of another process asks this one for what has changed."""
        if self._histories and self._database.revision > self._revision:
            try:
                await self.refresh(self._database.revision)
            except Exception:
                # The changefeed tries again. Until then what is known is better than nothing.
                logger.exception("what SDKs are sent may be old")

    async def reach(self, revision: int) -> None:
        """Looks anew where somebody knows more than this process, by another one: nobody goes back."""
        if revision > self._revision:
            await self.refresh(revision)

    def changes_since(self, environment_id: str, revision: int) -> Sequence[Change] | None:
        """What has changed in a loaded environment since a revision; None where that is not known."""
        return self._histories[environment_id].changes_since(revision)

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
        listener = Listener(environment_id, self._metrics)
        self._listeners.setdefault(environment_id, set()).add(listener)
        # Nothing is awaited in between, so nothing is missed.
        return self._histories[environment_id].snapshot, listener

    def leave(self, listener: Listener) -> None:
        self._listeners[listener.topic].discard(listener)

    async def refresh(self, revision: int) -> None:
        """Tells the listeners what has changed up to `revision`."""
        async with self._refreshing:
            if revision <= self._revision or not self._histories:
                return
            found = await run_in_threadpool(self._read_changed, self._revision, tuple(self._histories))
            self._revision, taken, closing, changed_at = found
            has_told = [self._advance(id, snapshot) for id, snapshot in taken.items()]
            for at in changed_at if any(has_told) else ():
                self._metrics.delayed(at)
            for history in self._histories.values():
                history.confirm(self._revision)
            # Keys may have been replaced: whoever has a good one comes back at once.
            for id in closing:
                self._close(id)

    def _advance(self, environment_id: str, snapshot: Snapshot | None) -> bool:
        """Whether somebody was told of a change."""
        if snapshot is None:
            del self._histories[environment_id]
            self._close(environment_id)
            return False
        batch = self._histories[environment_id].advance(snapshot, self._revision)
        listeners = self._listeners.get(environment_id, ())
        if batch is None or not listeners:
            return False
        for listener in listeners:
            listener.tell(batch)
        self._metrics.told(len(batch.changes), len(listeners))
        return True

    def close(self) -> None:
        """Ends all streams, within seconds where they are many; no further one lasts."""
        self.is_closed = True
        end_all([listener for group in self._listeners.values() for listener in group])

    def _close(self, environment_id: str) -> None:
        for listener in self._listeners.get(environment_id, ()):
            listener.tell(None)

    async def _load(self, environment_id: str) -> None:
        if environment_id in self._histories:
            return
        revision, found = await run_in_threadpool(self._read, [environment_id])
        snapshot = found[environment_id]
        if snapshot is not None:
            if not self._histories:
                self._revision = revision
            self._histories[environment_id] = History(snapshot, revision)

    def _read(self, ids: Collection[str]) -> tuple[int, Mapping[str, Snapshot | None]]:
        """All of these environments, and the revision that was read."""
        with self._database.reading() as db:
            return read_revision(db), self._take_all(db, ids)

    def _take_all(
        self, db: Transaction, ids: Collection[str], changed: Collection[str] = ()
    ) -> Mapping[str, Snapshot | None]:
        payloads, since = self._payloads(db, ids), _read_since(db)
        # A changed environment may have been restored: that a flag has the version it had says nothing.
        known = {id: history.snapshot for id, history in self._histories.items() if id not in changed}
        return {
            id: take_snapshot(id, payloads[id], known.get(id), since) if id in payloads else None
            for id in ids
        }

    def _read_changed(
        self, since: int, ids: Collection[str]
    ) -> tuple[int, Mapping[str, Snapshot | None], frozenset[str], Collection[int]]:
        """The revision that was read, the snapshots where they may be new, environments that were changed,
        and when each commit since was asked for.
        """
        with self._database.reading() as db:
            told, revision = list_told(db, since, KINDS), read_revision(db)
            if not told:
                return revision, {}, frozenset(), ()
            changed = frozenset(row.resource_id for row in told if row.kind == "environment")
            taken = self._take_some(db, ids, told)
            if taken is None:
                taken = self._take_all(db, ids, changed)
        changed_at = {row.revision: row.at for row in told}.values()
        return revision, taken, changed & frozenset(ids), changed_at

    def _take_some(
        self, db: Transaction, ids: Collection[str], told: Sequence[Told]
    ) -> Mapping[str, Snapshot | None] | None:
        """Reads no more than has changed, where that is a few flags and segments, and looks at no environment
        that has none of them. None where everything has to be read.
        """
        by_kind = {kind: {row.resource_id for row in told if row.kind == kind} for kind in KINDS}
        flag_ids, segment_ids = by_kind.pop("flag"), by_kind.pop("segment")
        if any(by_kind.values()) or len(flag_ids) + len(segment_ids) > FEW:
            return None
        changes, since = self._payload_changes(db, ids, flag_ids, segment_ids), _read_since(db)
        if changes is None:
            return None
        return {
            id: change_snapshot(self._histories[id].snapshot, change, since) for id, change in changes.items()
        }


def _read_since(db: Transaction) -> int:
    """The revision since when all that is sent has held: the same in every process, and after a restart."""
    return read_last_told(db, KINDS) or read_revision(db)
