"""Versions that SDKs are seen to run in: deployments where nobody told of one, nothing where somebody did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from areas.insights.deliveries import a_line, a_place, sha
from areas.insights.seeds import (
    DEPLOYMENTS,
    NOW,
    a_project,
    audit_verbs,
    counted_queries,
    tell,
)
from daybreak.areas.insights.deployments import running
from daybreak.areas.insights.deployments.store import list_deployed
from daybreak.areas.insights.intake import RunningVersion, take_running_versions
from daybreak.areas.projects.queries import environments_by_id
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database, read_revision

SIGHTING = "saw for the first time the deployment"


@dataclass(frozen=True)
class Watched:
    """The environment `production`, and what is known to be deployed to it."""

    api: Any
    database: Database
    environment_id: str

    def see(self, *versions: str, now: int = NOW, **given: Any) -> None:
        seen = [self.sighting(version, **({"at": now} | given)) for version in versions]
        with self.database.writing() as db:
            take_running_versions(db, seen, now)

    def sighting(self, version: str, **given: Any) -> RunningVersion:
        known: dict[str, Any] = {
            "environment_id": self.environment_id,
            "application_key": "checkout",
            "application_name": "Checkout",
            "version": version,
            "kind": "server",
            "at": NOW,
        }
        return RunningVersion(**(known | given))

    def deployed(self, *fields: str) -> list[tuple[Any, ...]]:
        page = self.api.get(
            DEPLOYMENTS, projectKey="web", environmentKey="production", **{"from": NOW - 9 * DAY}
        )
        assert page.status_code == 200, page.text
        return [tuple(item.get(field) for field in fields) for item in page.json()["items"]]


@pytest.fixture
def watched(api: Any, database: Database) -> Watched:
    a_project(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()
    return Watched(api, database, environment["_id"])


def test_running_version__nobody_told_of__is_a_finished_deployment(watched: Watched) -> None:
    watched.see("1.0", kind="mobile", at=NOW - MINUTE)
    [found] = watched.deployed("applicationVersion", "status", "endedAt", "durationMs", "kind", "active")
    assert found == ("1.0", "finished", NOW - MINUTE, 0, "mobile", True)
    application = watched.api.get("/api/v2/applications/checkout").json()
    assert (application["name"], application["kind"], application["autoAdded"]) == (
        "Checkout",
        "mobile",
        True,
    )
    assert audit_verbs(watched.database, "deployment") == [SIGHTING]


def test_running_version__seen_again__changes_nothing(watched: Watched) -> None:
    watched.see("1.0", "1.0")
    with watched.database.reading() as db:
        revision = read_revision(db)
    watched.see("1.0", now=NOW + DAY)
    with watched.database.reading() as db:
        assert read_revision(db) == revision
    assert watched.deployed("endedAt") == [(NOW,)]


@pytest.mark.parametrize("kind", ["started", "finished", "failed", "custom"])
def test_running_version__pipeline_told_of_it__is_left_to_the_pipeline(watched: Watched, kind: str) -> None:
    tell(watched.api, version="1.0", eventType=kind)
    before = watched.deployed("id", "status", "endedAt")
    watched.see("1.0")
    assert watched.deployed("id", "status", "endedAt") == before
    assert SIGHTING not in audit_verbs(watched.database, "deployment")


def test_running_version__archived__stays_so(watched: Watched) -> None:
    id = tell(watched.api, version="1.0")
    patch = [{"op": "replace", "path": "/archived", "value": True}]
    assert watched.api.patch(f"{DEPLOYMENTS}/{id}", json=patch).status_code == 200
    watched.see("1.0")
    assert watched.deployed("id", "archived") == [(id, True)]


def test_running_version__pipeline_tells_later__believes_the_pipeline(watched: Watched) -> None:
    watched.see("1.0", at=NOW - 2 * HOUR)
    started = tell(watched.api, version="1.0", eventType="started", eventTime=NOW - 3 * HOUR)
    assert watched.deployed("id", "status", "startedAt") == [(started, "started", NOW - 3 * HOUR)]
    assert tell(watched.api, version="1.0", eventType="failed", eventTime=NOW - HOUR) == started
    assert watched.deployed("status", "startedAt", "endedAt") == [("failed", NOW - 3 * HOUR, NOW - HOUR)]


def test_running_version__custom_event_later__adds_to_it(watched: Watched) -> None:
    watched.see("1.0")
    tell(watched.api, version="1.0", eventType="custom", deploymentMetadata={"team": "till"})
    assert watched.deployed("status", "metadata") == [("finished", {"team": "till"})]


def test_running_version__deployed_again_days_later__was_deployed_twice(
    watched: Watched, clock: FixedClock
) -> None:
    watched.see("1.0")
    clock.advance(3 * DAY)
    tell(watched.api, version="1.0", eventTime=NOW + 3 * DAY)
    assert watched.deployed("endedAt") == [(NOW + 3 * DAY,), (NOW,)]


def test_running_version__of_a_known_application__has_its_kind(watched: Watched) -> None:
    tell(watched.api, version="1.0", applicationKind="browser")
    watched.see("2.0")
    assert watched.deployed("applicationVersion", "kind") == [("2.0", "browser"), ("1.0", "browser")]


def test_running_version__elsewhere__is_another_deployment(watched: Watched) -> None:
    tell(watched.api, version="1.0", environmentKey="test")
    tell(watched.api, version="1.0", applicationKey="search")
    watched.see("1.0")
    assert set(watched.deployed("applicationKey")) == {("checkout",), ("search",)}


def test_running_version__of_nothing_that_exists__is_passed_over(watched: Watched) -> None:
    watched.see("1.0", environment_id="0" * 24)
    watched.see("1.0", application_key="-no-key")
    with watched.database.writing() as db:
        take_running_versions(db, [], NOW)
    assert watched.deployed("id") == []


def test_running_versions__invented_by_the_thousand__are_bounded(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "MOST_A_DAY", 3)
    watched.see("1", "2")
    watched.see("3", "4", "5")
    assert len(watched.deployed("id")) == 3
    watched.see("4", now=NOW + 2 * DAY)
    with watched.database.reading() as db:
        [place] = environments_by_id(db, {watched.environment_id}).values()
        assert len(list_deployed(db, [place.home], ["checkout"], ["4"])) == 1


def test_running_versions__all_known__cost_as_many_queries_for_twenty_as_for_one(
    watched: Watched, database: Database
) -> None:
    versions = [str(number) for number in range(20)]
    watched.see(*versions)
    costs = []
    for some in (versions[:1], versions):
        with counted_queries(database) as seen:
            watched.see(*some)
        costs.append(len(seen))
    assert costs[0] == costs[1]


def test_running_version__that_is_a_commit__delivers_its_changes(
    call_as_admin: Callable[[], Any],
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "Begin", "Go on (#2)")
        place.tell(sha("a"), 0.5)
        seen = RunningVersion(place.scope.environment_id, "app", "App", sha("b"), "server", NOW)
        take_running_versions(call.db, [seen], call.now)
        assert place.delivered()["b"] == ["2"]
