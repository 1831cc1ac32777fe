"""Lists of flags: filtered, in short or in full, as older versions have them, at a bounded cost."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed, production
from areas.people.members import a_member
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database
from statements import count_statements


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def test_getFeatureFlags__filters__narrow_the_list(api: Any, clock: FixedClock) -> None:
    made: dict[str, dict[str, Any]] = {"one": {"tags": ["a", "b"]}, "two": {"temporary": False}, "old": {}}
    for key, given in made.items():
        clock.advance(MINUTE)
        a_flag(api, key, **given)
    instructed(api, {"kind": "archiveFlag"}, key="old")
    instructed(api, {"kind": "deprecateFlag"}, key="two")

    def keys(**query: str) -> list[str]:
        return [flag["key"] for flag in api.get(FLAGS, **query).json()["items"]]

    assert keys() == ["two", "one"]
    assert keys(archived="true") == keys(filter="state:archived") == ["old"]
    assert keys(filter="state:live|deprecated", sort="key") == ["one", "two"]
    assert keys(filter="tags:a+b") == keys(tag="b") == ["one"]
    assert keys(filter="query:TW,type:permanent") == ["two"]
    assert keys(filter="state:deprecated") == ["two"]
    assert keys(filter=f"state:{'|'.join(['archived'] * 1_200)}") == ["old"]


def test_getFeatureFlags__environments__are_shown_where_asked_for(api: Any) -> None:
    flag = a_flag(api)
    instructed(api, {"kind": "addTargets", "variationId": ids(flag)[1], "values": ["ann", "bob"]})

    [plain] = api.get(FLAGS).json()["items"]
    [short] = api.get(FLAGS, env="production").json()["items"]
    [full] = api.get(FLAGS, env="production", summary="false").json()["items"]

    assert "environments" not in plain
    assert "targets" not in production(short)
    assert production(short)["_summary"] == {
        "variations": {
            "0": {"rules": 0, "nullRules": 0, "targets": 0, "contextTargets": 0, "isFallthrough": True},
            "1": {"rules": 0, "nullRules": 0, "targets": 2, "contextTargets": 0, "isOff": True},
        },
        "prerequisites": 0,
    }
    assert production(full)["targets"] == [{"values": ["ann", "bob"], "variation": 1, "contextKind": "user"}]
    assert api.get(FLAGS, env="staging").status_code == 400


def test_getFeatureFlags__older_versions__list_all_flags_with_environments(api: Any) -> None:
    for number in range(21):
        a_flag(api, f"flag-{number}")

    def listed(version: int, query: str = "") -> Any:
        return api.request("GET", f"{FLAGS}{query}", headers={"LD-API-Version": str(version)}).json()

    newest, older, oldest = listed(20240415), listed(20220603), listed(20160426)
    assert [len(answer["items"]) for answer in (newest, older, oldest)] == [20, 21, 21]
    assert "environments" not in newest["items"][0]
    assert older["items"][0]["environments"].keys() == {"production", "test"}
    assert "rules" not in older["items"][0]["environments"]["test"]
    assert oldest["items"][0]["environments"]["test"]["rules"] == []
    assert len(listed(20220603, "?limit=5&env=test")["items"]) == 5
    assert "next" not in older["_links"]


def test_getFeatureFlags__token_of_an_older_version__speaks_it(api: Any) -> None:
    for number in range(21):
        a_flag(api, f"flag-{number}")
    made = api.post("/api/v2/tokens", json={"name": "old", "role": "reader", "defaultApiVersion": 20191212})
    headers = {"Authorization": made.json()["token"]}
    assert len(api.request("GET", FLAGS, headers=headers).json()["items"]) == 21


def test_getFeatureFlags__by_purpose__are_narrowed(api: Any) -> None:
    a_flag(api)
    a_flag(api, "held", purpose="holdout")

    def keys(purpose: str) -> list[str]:
        return [
            flag["key"] for flag in api.get(FLAGS, filter=f"purpose:{purpose}", sort="key").json()["items"]
        ]

    assert keys("all") == ["checkout", "held"]
    assert keys("all+!(holdout)") == keys("all !(holdout)") == ["checkout"]
    assert (keys("holdout"), keys("migration")) == (["held"], [])
    assert api.get(FLAGS, filter="purpose:none").status_code == 400


def test_getFeatureFlags__more_flags__take_no_more_statements(api: Any, database: Database) -> None:
    limits = iter(range(50, 60))

    def ask() -> object:
        # Another limit each time: the same question would be answered from memory.
        return api.get(FLAGS, env="production", summary="false", limit=next(limits))

    def count() -> int:
        return count_statements(database, ask)

    needs = [{"key": "checkout", "variationId": ids(a_flag(api))[0]}]
    a_flag(api, "first", initialPrerequisites=needs)
    few = count()
    for number in range(20):
        a_flag(api, f"flag-{number}", initialPrerequisites=needs)

    assert count() == few > 0


def test_getFeatureFlags__looked_after__tells_by_whom(api: Any) -> None:
    id = a_member(api, "ann@example.com", firstName="Ann")
    assert api.post("/api/v2/teams", {"key": "crew", "name": "The crew"}).status_code == 201
    for key, given in (("of-ann", {"maintainerId": id}), ("of-crew", {"maintainerTeamKey": "crew"})):
        assert api.post("/api/v2/flags/web", {"key": key, "name": key, **given}).status_code == 201
    for items in (
        api.get("/api/v2/flags/web", sort="key", filter="query:of-").json()["items"],
        [api.get(f"/api/v2/flags/web/{key}").json() for key in ("of-ann", "of-crew")],
    ):
        ann, crew = items
        assert (ann["maintainerId"], ann["_maintainer"]["firstName"]) == (id, "Ann")
        assert (crew["_maintainerTeam"]["name"], "_maintainer" in crew) == ("The crew", False)
    assert api.delete(f"/api/v2/members/{id}").status_code == 204
    assert "_maintainer" not in api.get("/api/v2/flags/web/of-ann").json()
