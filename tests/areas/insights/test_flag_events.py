"""Flag events: changes of flags, with the impact that they had."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, instructed
from areas.insights.seeds import INSIGHTS, NOW, a_project, counted_queries, for_another_project
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.flag_changes.settling import settle
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

FLAG_EVENTS = f"{INSIGHTS}/flag-events"


def list_flag_events(api: Any, **parameters: Any) -> Any:
    return api.get(FLAG_EVENTS, **({"projectKey": "web", "environmentKey": "production"} | parameters))


def test_getFlagEvents__no_flags__answers_an_empty_page(api: Any) -> None:
    a_project(api)
    everything = {
        "applicationKey": "a,b",
        "query": "dark",
        "impactSize": "small",
        "hasExperiments": "true",
        "global": "exclude",
        "expand": "experiments",
        "limit": 100,
        "from": NOW - DAY,
        "to": NOW,
    }
    for parameters in ({}, everything):
        page = list_flag_events(api, **parameters).json()
        assert (page["items"], page["totalCount"]) == ([], 0)


INVALID_QUERIES: list[dict[str, Any]] = [
    {"impactSize": "huge"},
    {"hasExperiments": "perhaps"},
    {"global": "only"},
    {"expand": "owners"},
    {"limit": 0},
    {"limit": 101},
    {"from": NOW, "to": NOW - 1},
    {"after": "?"},
    {"projectKey": ""},
    {"environmentKey": ""},
]


def test_getFlagEvents__invalid_parameters__are_refused(api: Any) -> None:
    a_project(api)
    for parameters in INVALID_QUERIES:
        assert list_flag_events(api, **parameters).status_code == 400, parameters


def test_getFlagEvents__unknown_place_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    assert list_flag_events(api, projectKey="nowhere").status_code == 404
    assert list_flag_events(api, environmentKey="nowhere").status_code == 404
    assert list_flag_events(api.as_nobody()).status_code == 401
    assert list_flag_events(for_another_project(api)).status_code == 403


@pytest.fixture
def changed(api: Any, database: Database, clock: FixedClock) -> None:
    """One change of each impact there is, an hour apart from now backwards, and one that goes back."""
    a_project(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()["_id"]
    start = clock.at - 6 * HOUR
    for number, (key, after) in enumerate(AFTER.items()):
        flag = a_flag(api, key)
        clock.at = start + number * HOUR
        assert flag["environments"]["production"]["on"] is False
        instructed(api, {"kind": "turnFlagOn"}, key=key)
        uses = FlagUse(
            {(clock.at - MINUTE, 1): 10} | {(clock.at + 2 * MINUTE, v): n for v, n in after.items()}
        )
        if key == "medium":
            uses.runs_in = {("till", "1.0")}
        with database.writing() as db:
            count_evaluations(db, {(environment, key): uses}, clock.at)
    clock.at = start + 5 * HOUR
    instructed(api, {"kind": "turnFlagOff"}, key="large")
    clock.at += HOUR
    with database.writing() as db:
        settle(db, clock.at + 30 * MINUTE)


# What is served after a change: before it, everybody got the second variation.
AFTER: dict[str, dict[int | None, int]] = {
    "none": {1: 3},
    "small": {0: 1, 1: 9},
    "medium": {0: 1, 1: 1},
    "large": {0: 4},
}


def keys(page: Any) -> list[str]:
    assert page.status_code == 200, page.text
    return [item["flagKey"] for item in page.json()["items"]]


def test_getFlagEvents__changes__are_listed_with_their_impact(api: Any, changed: None) -> None:
    page = list_flag_events(api).json()
    assert page["totalCount"] == 5
    shown = [(each["flagKey"], each["description"], each["impact"].get("size")) for each in page["items"]]
    assert shown == [
        ("large", "turned off", None),
        ("large", "turned on", "large"),
        ("medium", "turned on", "medium"),
        ("small", "turned on", "small"),
        ("none", "turned on", "none"),
    ]
    latest, _, medium, small, none = page["items"]
    assert "waited for" in latest["impact"]["reason"]
    assert small["impact"]["percentage"] == 10
    assert medium["impact"]["evaluationsSummary"]["variations"] == [
        {"value": True, "before": 0, "after": 1},
        {"value": False, "before": 10, "after": 1},
    ]
    assert (none["eventType"], none["actions"], none["projectKey"]) == ("updated", ["updateOn"], "web")
    assert api.get(f"/api/v2/auditlog/{none['auditLogEntryId']}").status_code == 200


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"impactSize": "small"}, ["small"]),
        ({"impactSize": "none"}, ["none"]),
        ({"query": "MED"}, ["medium"]),
        ({"query": "med"}, ["medium"]),
        ({"query": "%"}, []),
        ({"hasExperiments": "true"}, []),
        ({"hasExperiments": "false"}, ["large", "large", "medium", "small", "none"]),
        ({"applicationKey": "till", "global": "exclude"}, ["medium"]),
        ({"applicationKey": "till"}, ["large", "large", "medium", "small", "none"]),
        ({"global": "exclude"}, ["medium"]),
        ({"environmentKey": "test"}, []),
    ],
)
def test_getFlagEvents__filters__narrow_the_list(
    api: Any, changed: None, parameters: dict[str, str], found: list[str]
) -> None:
    page = list_flag_events(api, **parameters)
    assert keys(page) == found
    assert page.json()["totalCount"] == len(found)


def test_getFlagEvents__pages__hold_every_event_once(api: Any, changed: None) -> None:
    page = list_flag_events(api, limit=2)
    assert keys(page) == ["large", "large"]
    second = api.get(page.json()["_links"]["next"]["href"])
    assert keys(second) == ["medium", "small"]
    assert keys(api.get(second.json()["_links"]["next"]["href"])) == ["none"]
    assert keys(api.get(second.json()["_links"]["prev"]["href"])) == ["large", "large"]


def test_getFlagEvents__experiments__are_none(api: Any, changed: None) -> None:
    [first, *_] = list_flag_events(api, expand="experiments").json()["items"]
    assert first["experiments"] == {"items": [], "totalCount": 0}


def test_getFlagEvents__many__cost_as_much_as_one(api: Any, database: Database, changed: None) -> None:
    def queries(limit: int) -> int:
        with counted_queries(database) as found:
            list_flag_events(api, limit=limit)
        return len(found)

    queries(1)
    assert queries(5) == queries(1)
