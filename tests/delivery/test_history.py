"""What an SDK has missed, from nothing but revisions; and streams that end one after the other."""

import asyncio
import time
from typing import Any

from areas.flags.seeds import a_flag, a_project, instructed
from daybreak.areas.flags.queries import memberships, payload_changes, payloads
from daybreak.delivery.changes import Batch, Change
from daybreak.delivery.history import MOST_CHANGES, History
from daybreak.delivery.hub import Hub
from daybreak.delivery.listeners import ENDED_AT_ONCE, SECONDS_TO_END, Listener
from daybreak.delivery.snapshot import Item, Snapshot
from daybreak.platform.clock import SystemClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.metrics.process import open_metrics

# Nobody looks at what is counted here.
METRICS = open_metrics(SystemClock()).streams


def snapshot(revision: int, secure_mode_key: str | None = None, /, **versions: int) -> Snapshot:
    flags = {key: Item(version, b"{}") for key, version in versions.items()}
    return Snapshot("a1", flags, {}, secure_mode_key, revision=revision)


def keys(changes: object) -> object:
    return [(change.key, change.version) for change in changes] if isinstance(changes, tuple) else changes


def test_changes_since__known_revisions__are_the_last_of_each_key() -> None:
    history = History(snapshot(3, a=1), 3)
    history.advance(snapshot(5, a=2), 5)
    history.advance(snapshot(8, a=3, b=1), 8)
    history.confirm(9)
    assert history.changes_since(9) == ()
    assert keys(history.changes_since(5)) == [("a", 3), ("b", 1)]
    assert keys(history.changes_since(3)) == [("a", 3), ("b", 1)]


def test_changes_since__revisions_unknown__are_unknown() -> None:
    history = History(snapshot(3, a=1), 4)
    history.advance(snapshot(8, a=3), 8)
    # Before it began; read by another process amid what was one step here; not reached yet.
    for revision in (2, 6, 9):
        assert history.changes_since(revision) is None
    # The state of 3 is known to have held up to 4.
    assert keys(history.changes_since(4)) == [("a", 3)]


def test_advance__nothing_different__keeps_the_revision() -> None:
    history = History(snapshot(3, a=1), 3)
    assert history.advance(snapshot(7, "secret", a=1), 7) is None
    assert (history.snapshot.revision, history.snapshot.secure_mode_key) == (3, "secret")
    assert history.changes_since(7) == ()


def test_advance__same_revision_told_twice__gets_a_new_one() -> None:
    history = History(snapshot(3, a=1), 6)
    batch = history.advance(snapshot(5, a=2), 7)
    assert batch is not None
    assert batch.revision == history.snapshot.revision == 7


def test_advance__more_changes_than_are_kept__forgets_the_first() -> None:
    history = History(snapshot(1, a=1), 1)
    for revision in range(2, MOST_CHANGES + 3):
        history.advance(snapshot(revision, a=revision), revision)
    assert history.changes_since(1) is None
    assert keys(history.changes_since(2)) == [("a", MOST_CHANGES + 2)]


def test_listener__far_behind__is_cut_off() -> None:
    listener = Listener("a1", METRICS)
    batch = Batch("a1", 1, (Change("flags", "a", 1, b"{}"),))
    for _ in range(1_001):
        listener.tell(batch)
    assert listener.batches.get_nowait() is None


def test_close__many_streams__ends_them_over_seconds() -> None:
    async def close() -> tuple[int, float]:
        hub = Hub(None, None, None, None, METRICS)  # type: ignore[arg-type]  # nothing is read
        listeners = [Listener("a1", METRICS) for _ in range(ENDED_AT_ONCE + 20)]
        hub._listeners["a1"] = set(listeners)
        hub.close()
        at_once = sum(not listener.batches.empty() for listener in listeners)
        started = time.monotonic()
        for listener in listeners:
            assert await listener.batches.get() is None
        return at_once, time.monotonic() - started

    at_once, seconds = asyncio.run(close())
    assert at_once == ENDED_AT_ONCE
    assert seconds > SECONDS_TO_END / 2


def test_reach__revision_seen_elsewhere__is_caught_up_with(api: Any, database: Database) -> None:
    a_project(api)
    a_flag(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()["_id"]

    async def look() -> tuple[int, object]:
        ahead, behind = (Hub(database, payloads, payload_changes, memberships, METRICS) for _ in range(2))
        for hub in (ahead, behind):
            assert await hub.snapshot(environment) is not None
        await asyncio.to_thread(instructed, api, {"kind": "turnFlagOn"})
        with database.reading() as db:
            await ahead.refresh(read_revision(db))
        now = await ahead.snapshot(environment)
        assert now is not None
        assert behind.changes_since(environment, now.revision) is None
        await behind.reach(now.revision)
        caught_up = await behind.snapshot(environment)
        assert caught_up is not None
        return now.revision - caught_up.revision, behind.changes_since(environment, now.revision)

    assert asyncio.run(look()) == (0, ())
