"""What is put together from changes is what one reads who begins anew."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed
from areas.flags.segment_seeds import STAFF, a_segment, changed, clause_on
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.queries import memberships, payload_changes, payloads
from daybreak.delivery import hub as hubs
from daybreak.delivery.hub import Hub
from daybreak.platform.clock import SystemClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.metrics.process import open_metrics
from statements import statements

Change = Callable[[Any], object]


def instruct(kind: str, key: str = "checkout", **given: Any) -> Change:
    return lambda api: instructed(api, {"kind": kind} | given, key=key)


def need_another(api: Any) -> None:
    needed = api.get(f"{FLAGS}/needed").json()
    prerequisite = {"key": "needed", "variationId": ids(needed)[1]}
    instructed(api, {"kind": "addPrerequisite"} | prerequisite)


CHANGES: dict[str, Change] = {
    "turned": instruct("turnFlagOn"),
    "needing": need_another,
    "renamed variation": lambda api: api.patch(
        f"{FLAGS}/needed", json=[{"op": "replace", "path": "/variations/0/value", "value": "other"}]
    ),
    "lost variation": lambda api: api.patch(
        f"{FLAGS}/needed", json=[{"op": "remove", "path": "/variations/0"}]
    ),
    "archived with another": lambda api: [
        instruct("archiveFlag", each)(api) for each in ("checkout", "needed")
    ],
    "restored without it": instruct("restoreFlag"),
    "restored with it": instruct("restoreFlag", "needed"),
    "segment": lambda api: changed(
        api, {"kind": "addIncludedTargets", "contextKind": "org", "values": ["o"]}
    ),
    "rule on segment": lambda api: instructed(
        api,
        {
            "kind": "addRule",
            "clauses": [clause_on("beta")],
            "variationId": ids(api.get(f"{FLAGS}/checkout").json())[0],
        },
    ),
    "new flag": lambda api: a_flag(api, "late"),
    "archived": instruct("archiveFlag", "late"),
    "restored": instruct("restoreFlag", "late"),
    "new segment": lambda api: a_segment(api, "late"),
    "segment rule": lambda api: changed(api, {"kind": "addRule", "clauses": [STAFF]}, key="late"),
    "deleted": lambda api: api.delete(f"{FLAGS}/late"),
    "deleted segment": lambda api: api.delete("/api/v2/segments/web/production/late"),
    "another project": lambda api: api.post("/api/v2/projects", json={"key": "other", "name": "Other"}),
    "secure mode": lambda api: api.patch(
        "/api/v2/projects/web/environments/production",
        json=[{"op": "replace", "path": "/secureMode", "value": True}],
    ),
}


def a_hub(database: Database) -> Hub:
    return Hub(database, payloads, payload_changes, memberships, open_metrics(SystemClock()).streams)


async def follow(hub: Hub, database: Database) -> None:
    with database.reading() as db:
        revision = read_revision(db)
    await hub.refresh(revision)


@pytest.mark.parametrize("few", [100, 0])
def test_refresh__changes_one_by_one__come_to_the_whole(
    api: Any, database: Database, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "FEW", few)
    a_project(api)
    a_flag(api)
    variations = [{"value": each} for each in ("first", "second", "third")]
    a_flag(api, "needed", variations=variations, defaults={"onVariation": 1, "offVariation": 2})
    a_segment(api)
    environments = [
        api.get(f"/api/v2/projects/web/environments/{key}").json()["_id"] for key in ("production", "test")
    ]

    async def compare() -> None:
        hub = a_hub(database)
        for environment in environments:
            await hub.snapshot(environment)
        for name, change in CHANGES.items():
            answer = await asyncio.to_thread(change, api)
            assert getattr(answer, "status_code", 200) < 300, name
            await follow(hub, database)
            fresh = a_hub(database)
            for environment in environments:
                seen, whole = await hub.snapshot(environment), await fresh.snapshot(environment)
                assert seen is not None
                assert whole is not None
                assert (seen.everything, seen.settings) == (whole.everything, whole.settings), name

    asyncio.run(compare())


def test_refresh__many_flags__reads_the_one_that_changed(api: Any, database: Database) -> None:
    a_project(api)
    for number in range(30):
        a_flag(api, f"flag-{number}")
    environment = api.get("/api/v2/projects/web/environments/production").json()["_id"]

    async def count() -> tuple[int, list[str]]:
        hub = a_hub(database)
        before = await hub.snapshot(environment)
        await asyncio.to_thread(instruct("turnFlagOn", "flag-3"), api)
        with statements(database) as noted:
            await follow(hub, database)
        after = await hub.snapshot(environment)
        assert before is not None
        assert after is not None
        return sum(after.flags[key] is item for key, item in before.flags.items()), noted

    same, noted = asyncio.run(count())
    assert same == 29
    [read] = [statement for statement in noted if "FROM feature_flags" in statement]
    assert "feature_flags.id IN" in read


def test_refresh__another_environment__is_not_looked_at(api: Any, database: Database) -> None:
    a_project(api)
    a_flag(api)
    assert api.post("/api/v2/projects", json={"key": "other", "name": "Other"}).status_code == 201
    ids = [
        api.get(f"/api/v2/projects/{key}/environments/production").json()["_id"] for key in ("web", "other")
    ]
    with database.reading() as db:
        flag_id = db.value(select(feature_flags.c.id))
        found = payload_changes(db, ids, [flag_id], [])
    assert found is not None
    assert found.keys() == {ids[0]}
