"""Statuses of flags: told from their age, their configuration, and when SDKs evaluated them last."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database
from statements import statements

STATUSES = "/api/v2/flag-statuses/web/production"
USE = FlagUse({(0, 0): 1}, {"user"}, default=False, has_default=True)


@pytest.fixture
def project(api: Any) -> None:
    a_project(api)


def evaluated(api: Any, database: Database, at: int, key: str = "checkout", use: FlagUse = USE) -> None:
    environment = api.get("/api/v2/projects/web/environments/production").json()
    with database.writing() as db:
        count_evaluations(db, {(environment["_id"], key): use}, at)


def status(api: Any, key: str = "checkout") -> Any:
    return api.get(f"{STATUSES}/{key}").json()


@pytest.mark.usefixtures("project")
def test_status__never_requested__is_new_for_a_week_and_inactive_then(api: Any, clock: FixedClock) -> None:
    a_flag(api)
    assert status(api)["name"] == "new"
    assert "lastRequested" not in status(api)
    clock.advance(7 * DAY - 1)
    assert status(api)["name"] == "new"
    clock.advance(1)
    assert status(api)["name"] == "inactive"


@pytest.mark.usefixtures("project")
def test_status__requested__is_active_until_it_is_not(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_flag(api)
    evaluated(api, database, clock.now())
    found = status(api)
    assert (found["name"], found["default"]) == ("active", False)
    assert found["lastRequested"] == "2026-07-01T12:30:00.000Z"
    assert found["_links"]["parent"]["href"] == f"{FLAGS}/checkout"
    clock.advance(7 * DAY)
    assert status(api)["name"] == "inactive"


@pytest.mark.usefixtures("project")
def test_status__on_for_all_and_unchanged_for_a_week__is_launched(
    api: Any, database: Database, clock: FixedClock
) -> None:
    on, off = ids(a_flag(api))
    instructed(api, {"kind": "turnFlagOn"})
    clock.advance(7 * DAY)
    evaluated(api, database, clock.now())
    assert status(api)["name"] == "launched"
    instructed(api, {"kind": "addTargets", "contextKind": "user", "values": ["ann"], "variationId": on})
    assert status(api)["name"] == "active"
    clock.advance(7 * DAY)
    evaluated(api, database, clock.now())
    assert status(api)["name"] == "launched"
    instructed(api, {"kind": "addTargets", "contextKind": "user", "values": ["bob"], "variationId": off})
    clock.advance(7 * DAY)
    evaluated(api, database, clock.now())
    assert status(api)["name"] == "active"


@pytest.mark.usefixtures("project")
def test_status__off__is_never_launched(api: Any, database: Database, clock: FixedClock) -> None:
    a_flag(api)
    clock.advance(30 * DAY)
    evaluated(api, database, clock.now())
    assert status(api)["name"] == "active"


@pytest.mark.usefixtures("project")
def test_statuses__many__are_listed_without_archived_ones_and_at_the_cost_of_one(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_flag(api, "a")
    with statements(database) as few:
        assert len(api.get(STATUSES).json()["items"]) == 1
    for key in ("b", "c", "d"):
        a_flag(api, key)
    evaluated(api, database, clock.now(), "c")
    api.patch(f"{FLAGS}/d", json=[{"op": "replace", "path": "/archived", "value": True}])
    with statements(database) as many:
        items = api.get(STATUSES).json()["items"]
    names = {item["_links"]["parent"]["href"].rpartition("/")[2]: item["name"] for item in items}
    assert names == {"a": "new", "b": "new", "c": "active"}
    assert len(many) == len(few)


@pytest.mark.usefixtures("project")
def test_status_everywhere__asked__tells_each_environment_or_the_one_named(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_flag(api)
    evaluated(api, database, clock.now())
    path = "/api/v2/flag-status/web/checkout"
    found = api.get(path).json()
    assert {key: each["name"] for key, each in found["environments"].items()} == {
        "test": "new",
        "production": "active",
    }
    assert list(api.get(path, env="test").json()["environments"]) == ["test"]
    assert api.get(path, env="nowhere").status_code == 400


@pytest.mark.usefixtures("project")
def test_statuses__unknown_names__answer_404(api: Any) -> None:
    a_flag(api)
    assert api.get("/api/v2/flag-statuses/web/nowhere").status_code == 404
    assert api.get("/api/v2/flag-statuses/nothing/production").status_code == 404
    assert api.get(f"{STATUSES}/nothing").status_code == 404
    assert api.get("/api/v2/flag-status/web/nothing").status_code == 404


@pytest.mark.usefixtures("project")
def test_flag__expanded_by_evaluation__tells_the_kinds_of_a_month(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_flag(api)
    evaluated(api, database, clock.now(), use=FlagUse({(0, 0): 1}, {"organization"}))
    clock.advance(20 * DAY)
    evaluated(api, database, clock.now())
    for shown in (
        api.get(f"{FLAGS}/checkout", expand="evaluation").json(),
        api.get(FLAGS, expand="evaluation", env="production").json()["items"][0],
    ):
        kinds = shown["environments"]["production"]["evaluation"]["contextKinds"]
        assert kinds == ["organization", "user"]
    clock.advance(15 * DAY)
    shown = api.get(f"{FLAGS}/checkout", expand="evaluation").json()
    assert shown["environments"]["production"]["evaluation"]["contextKinds"] == ["user"]
