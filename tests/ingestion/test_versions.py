"""Events that name the application they come from, through HTTP: its version is deployed."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from starlette.testclient import TestClient

from areas.flags.seeds import a_flag, a_project
from areas.insights.seeds import DEPLOYMENTS
from daybreak.app import Daybreak
from daybreak.ingestion import versions
from daybreak.ingestion.applications import Application
from daybreak.ingestion.versions import RunningVersions
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database

EVENT = {"kind": "identify", "creationDate": 1, "context": {"kind": "user", "key": "ada"}}


@dataclass
class Fleet:
    """SDKs of a project's environment `production`."""

    api: Any
    app: Daybreak
    database: Database
    clock: FixedClock
    environment: dict[str, Any]

    def send(self, version: str, path: str = "/bulk", key: str = "apiKey", events: Any = (EVENT,)) -> None:
        headers = {
            "Authorization": self.environment[key] if key else "",
            "X-LaunchDarkly-Tags": f"application-id/till application-name/Till application-version/{version}",
        }
        answer = TestClient(self.app).request("POST", path, content=json.dumps(list(events)), headers=headers)
        assert answer.status_code == 202, answer.text

    def write(self) -> bool:
        """Whether there was anything to write."""
        self.clock.advance(1_000)
        due = [job for job in self.app.jobs.list_due() if "versions" in job.name]
        return bool([self.app.jobs.run(job) for job in due])

    def deployed(self) -> list[tuple[str, str]]:
        page = self.api.get(DEPLOYMENTS, projectKey="web", environmentKey="production").json()
        return [(item["applicationVersion"], item["kind"]) for item in page["items"]]


@pytest.fixture
def fleet(api: Any, app: Daybreak, database: Database, clock: FixedClock) -> Fleet:
    a_project(api)
    a_flag(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()
    return Fleet(api, app, database, clock, environment)


def test_events__of_a_new_version__tell_that_it_is_deployed(fleet: Fleet) -> None:
    fleet.send("1.0")
    assert fleet.deployed() == []
    assert fleet.write()
    assert fleet.deployed() == [("1.0", "server")]


@pytest.mark.parametrize(
    ("path", "key", "kind"),
    [("/mobile", "mobileKey", "mobile"), ("/events/bulk/{_id}", "", "browser")],
)
def test_events__of_each_kind_of_sdk__tell_of_that_kind(fleet: Fleet, path: str, key: str, kind: str) -> None:
    fleet.send("1.0", path.format(**fleet.environment), key)
    fleet.write()
    assert fleet.deployed() == [("1.0", kind)]


def test_events__of_a_version_that_was_told__ask_the_database_nothing(fleet: Fleet) -> None:
    fleet.send("1.0")
    fleet.write()
    fleet.send("1.0")
    assert not fleet.write()
    fleet.send("1.1")
    assert fleet.write()
    assert fleet.deployed() == [("1.1", "server"), ("1.0", "server")]


def test_events__none_in_the_body__tell_of_no_version(fleet: Fleet) -> None:
    fleet.send("1.0", events=[])
    assert not fleet.write()


def test_versions__not_written__are_told_again() -> None:
    held = RunningVersions()
    held.see("e", Application("till", "1", "Till"), "server", 1)
    first = held.take()
    held.see("e", Application("till", "2", "Till"), "server", 2)
    assert [each.version for each in held.take()] == ["1", "2"]
    held.forget()
    assert held.is_empty
    assert [each.version for each in first] == ["1"]


def test_versions__that_come_while_others_are_written__are_kept() -> None:
    held = RunningVersions()
    held.see("e", Application("till", "1", "Till"), "server", 1)
    held.take()
    held.see("e", Application("till", "2", "Till"), "server", 2)
    held.forget()
    assert [each.version for each in held.take()] == ["2"]


def test_versions__more_than_are_kept__wait_until_they_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_WAITING", 2)
    monkeypatch.setattr(versions, "MOST_TOLD", 3)
    held = RunningVersions()
    for expected in (["0", "1"], ["2", "3"], ["0", "1"]):
        for number in range(6):
            held.see("e", Application("till", str(number), "Till"), "server", number)
        assert [each.version for each in held.take()] == expected
        held.forget()
