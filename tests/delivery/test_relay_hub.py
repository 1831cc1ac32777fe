"""What is asked of the database for Relay Proxies, and what of it is kept."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project, instructed
from areas.integrations.configurations import a_configuration, path_of
from daybreak.areas.integrations.queries import relay_keys
from daybreak.areas.projects.queries import environments_with_keys
from daybreak.delivery import relay_reading
from daybreak.delivery.changes import Batch
from daybreak.delivery.listeners import Listener
from daybreak.delivery.relay_door import RelayDoor
from daybreak.delivery.relay_hub import RelayHub
from daybreak.delivery.relay_reading import RelayReader
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.metrics.process import open_metrics
from daybreak.platform.outbox import trim_outbox
from statements import statements

ENVIRONMENTS = "/api/v2/projects/web/environments"

Run = Callable[[Callable[[RelayHub], Coroutine[Any, Any, Any]]], Any]


@pytest.fixture
def running(api: Any, database: Database, clock: FixedClock) -> Run:
    """Runs something on an event loop, with a hub."""
    a_project(api)

    def run(test: Callable[[RelayHub], Coroutine[Any, Any, Any]]) -> Any:
        async def begin() -> Any:
            hub = RelayHub(
                RelayReader(database, clock, environments_with_keys, relay_keys),
                clock,
                open_metrics(clock).streams,
            )
            return await test(hub)

        return asyncio.run(begin())

    return run


async def join(hub: RelayHub, made: dict[str, Any]) -> tuple[dict[str, Any], Listener]:
    heard = await hub.listen(made["fullKey"], with_filters=False)
    assert heard is not None
    everything, listener = heard
    return json.loads(everything)["data"]["environments"], listener


async def follow(hub: RelayHub, database: Database) -> list[str]:
    """The statements that it took."""
    with database.reading() as db:
        revision = read_revision(db)
    with statements(database) as noted:
        await hub.refresh(revision)
    return noted


def told(listener: Listener) -> list[Any]:
    batches = [listener.batches.get_nowait() for _ in range(listener.batches.qsize())]
    return [change for batch in batches if isinstance(batch, Batch) for change in batch.changes]


def rename(api: Any, key: str, name: str) -> None:
    patch = [{"op": "replace", "path": "/name", "value": name}]
    assert api.patch(f"{ENVIRONMENTS}/{key}", patch).status_code == 200


def test_refresh__flag_changes__asks_the_outbox_only(api: Any, database: Database, running: Run) -> None:
    a_flag(api)
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        _, listener = await join(hub, made)
        await asyncio.to_thread(instructed, api, {"kind": "turnFlagOn"})
        noted = await follow(hub, database)
        [revision, outbox] = [each for each in noted if each.startswith("SELECT")]
        assert ("FROM revisions" in revision, "FROM outbox" in outbox) == (True, True)
        # The same revision again is nothing new.
        assert await follow(hub, database) == []
        assert told(listener) == []

    running(test)


def test_refresh__one_environment_of_many__reads_that_one(api: Any, database: Database, running: Run) -> None:
    for number in range(20):
        body = {"key": f"number-{number}", "name": "x", "color": "aabbcc"}
        assert api.post(ENVIRONMENTS, body).status_code == 201
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        seen, listener = await join(hub, made)
        assert len(seen) == 22
        await asyncio.to_thread(rename, api, "number-7", "Seven")
        noted = await follow(hub, database)
        [read] = [each for each in noted if "FROM environments" in each]
        assert "environments.id IN" in read
        [change] = told(listener)
        assert json.loads(change.body)["envName"] == "Seven"

    running(test)


@pytest.mark.parametrize("few", [100, 0])
def test_refresh__changes_one_by_one__come_to_the_whole(
    api: Any, database: Database, running: Run, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_reading, "FEW", few)
    made = a_configuration(api)
    shop = "/api/v2/projects/shop"
    changes: list[Callable[[], Any]] = [
        lambda: api.post("/api/v2/projects", {"key": "shop", "name": "Shop", "tags": ["money"]}),
        lambda: api.patch(shop, [{"op": "replace", "path": "/name", "value": "Market"}]),
        lambda: api.post(f"{shop}/environments/test/apiKey"),
        lambda: api.post(f"{shop}/environments", {"key": "canary", "name": "Canary", "color": "aabbcc"}),
        lambda: api.delete(f"{shop}/environments/test"),
        lambda: api.delete(shop),
    ]

    async def test(hub: RelayHub) -> None:
        seen, listener = await join(hub, made)
        for change in changes:
            assert (await asyncio.to_thread(change)).status_code < 300
            await follow(hub, database)
            for each in told(listener):
                seen.pop(each.key, None)
                if each.body is not None:
                    seen[each.key] = json.loads(each.body)
            whole, another = await join(hub, made)
            hub.leave(another)
            assert without_versions(seen) == without_versions(whole)

    running(test)


def without_versions(environments: dict[str, Any]) -> dict[str, Any]:
    return {id: {**each, "version": 0} for id, each in environments.items()}


def test_refresh__nobody_listens__asks_nothing(api: Any, database: Database, running: Run) -> None:
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        assert await follow(hub, database) == []
        _, listener = await join(hub, made)
        hub.leave(listener)
        await asyncio.to_thread(rename, api, "test", "Trial")
        assert await follow(hub, database) == []
        seen, _ = await join(hub, made)
        assert "Trial" in {each["envName"] for each in seen.values()}

    running(test)


def test_refresh__key_gets_an_end__ends_by_itself(
    api: Any, clock: FixedClock, database: Database, running: Run
) -> None:
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        _, listener = await join(hub, made)
        expiry = clock.at + MINUTE
        await asyncio.to_thread(api.post, f"{path_of(made)}/reset?expiry={expiry}")
        clock.at = expiry - 50
        await follow(hub, database)
        assert await asyncio.wait_for(listener.batches.get(), 1) is None
        hub.leave(listener)

    running(test)


def test_listen__outbox_trimmed__versions_still_rise(
    api: Any, clock: FixedClock, database: Database, running: Run
) -> None:
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        before, listener = await join(hub, made)
        hub.leave(listener)
        with database.writing() as db:
            trim_outbox(db, clock.at + 30 * 24 * 60 * MINUTE)
        after, listener = await join(hub, made)
        await asyncio.to_thread(rename, api, "test", "Trial")
        await follow(hub, database)
        [change] = told(listener)
        versions = [each[change.key]["version"] for each in (before, after)]
        assert versions[0] <= versions[1] < change.version

    running(test)


def test_relay_door__server_about_to_stop__answers_503(running: Run) -> None:
    async def test(hub: RelayHub) -> list[int]:
        hub.close()
        answers: list[int] = []

        async def send(message: Any) -> None:
            answers.extend([message["status"]] if "status" in message else [])

        scope = {"method": "GET", "path": "/relay_auto_config", "query_string": b"", "headers": []}
        await RelayDoor(hub)(scope, None, send)  # type: ignore[arg-type]  # nothing is received
        return answers

    assert running(test) == [503]


def test_close__relay_that_comes_at_this_moment__is_sent_away(api: Any, running: Run) -> None:
    made = a_configuration(api)

    async def test(hub: RelayHub) -> None:
        joining = asyncio.create_task(join(hub, made))
        await asyncio.sleep(0)
        hub.close()
        _, listener = await joining
        assert listener.batches.get_nowait() is None

    running(test)
