"""Links of flags: made, shown, changed and removed."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project
from areas.insights.seeds import narrowed
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

LINKS = "/api/v2/flag-links/projects/web/flags/checkout"
TICKET = "https://tickets.example/browse/SHOP-7"


@pytest.fixture(autouse=True)
def flag(api: Any) -> None:
    a_project(api)
    a_flag(api)


def a_link(api: Any, key: str = "ticket", **given: Any) -> dict[str, Any]:
    response = api.post(LINKS, json={"key": key, "deepLink": TICKET} | given)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def test_createFlagLink__everything_given__is_shown(api: Any, clock: FixedClock, database: Database) -> None:
    made = a_link(
        api,
        integrationKey="tickets",
        timestamp=1_715_600_000_123,
        title="SHOP-7",
        description="Faster checkout",
        metadata={"status": "open"},
    )

    here = f"{LINKS}/{made['_id']}"
    assert made == {
        "_links": {
            "self": {"href": here, "type": "application/json"},
            "parent": {"href": "/api/v2/flags/web/checkout", "type": "application/json"},
        },
        "_id": made["_id"],
        "_key": "ticket",
        "_integrationKey": "tickets",
        "_deepLink": TICKET,
        "_timestamp": {
            "milliseconds": 1_715_600_000_123,
            "seconds": 1_715_600_000,
            "rfc3339": "2024-05-13T11:33:20Z",
            "simple": "2024-05-13 11:33:20",
        },
        "title": "SHOP-7",
        "description": "Faster checkout",
        "_metadata": {"status": "open"},
        "_createdAt": clock.at,
        "_member": {
            "_links": {"self": {"href": f"/api/v2/members/{ACCOUNT_ID}", "type": "application/json"}},
            "_id": ACCOUNT_ID,
            "firstName": "",
            "lastName": "",
        },
    }
    assert api.get(LINKS).json()["items"] == [made]
    [entry] = list_audit(database, "flag-link")
    assert (entry.title_verb, entry.actions, entry.path) == (
        "created the flag-link",
        ["createFlagLink"],
        here,
    )
    assert entry.address == "proj/web:env/*:flag/checkout"


def test_createFlagLink__address_alone__gets_a_key_and_is_of_now(api: Any, clock: FixedClock) -> None:
    made = api.post(LINKS, json={"deepLink": TICKET}).json()

    assert made["_key"] == made["_id"]
    assert made["_timestamp"]["milliseconds"] == clock.at
    assert (made["title"], made["description"], made["_metadata"]) == ("", "", {})
    assert "_integrationKey" not in made


@pytest.mark.parametrize("given", [{"deepLink": "https://else.example/1"}, {"key": "other"}])
def test_createFlagLink__same_key_or_address__answers_409(api: Any, given: dict[str, str]) -> None:
    a_link(api)

    answer = api.post(LINKS, json={"key": "ticket", "deepLink": TICKET} | given)

    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
    assert len(api.get(LINKS).json()["items"]) == 1


def test_createFlagLink__same_key_at_another_flag__is_made(api: Any) -> None:
    a_link(api)
    a_flag(api, "banner")

    answer = api.post(LINKS.replace("checkout", "banner"), json={"key": "ticket", "deepLink": TICKET})

    assert answer.status_code == 201


@pytest.mark.parametrize("address", ["", "tickets.example/7", "javascript:alert(1)", "https://a b", None, 7])
def test_createFlagLink__no_address__answers_400(api: Any, address: Any) -> None:
    assert api.post(LINKS, json={"key": "ticket", "deepLink": address}).status_code == 400


@pytest.mark.parametrize("part", ["web", "checkout"])
def test_flag_links__unknown_place__answers_404(api: Any, part: str) -> None:
    a_link(api)
    path = LINKS.replace(part, "nowhere")

    assert api.get(path).status_code == 404
    assert api.post(path, json={"deepLink": TICKET}).status_code == 404
    assert api.patch(f"{path}/ticket", json={"title": "x"}).status_code == 404
    assert api.delete(f"{path}/ticket").status_code == 404


def test_updateFlagLink__title_and_description__change(api: Any, database: Database) -> None:
    made = a_link(api, title="SHOP-7")
    patch = [
        {"op": "replace", "path": "/title", "value": "SHOP-8"},
        {"op": "replace", "path": "/description", "value": "split"},
    ]

    answer = api.patch(f"{LINKS}/{made['_id']}", json=patch)

    assert answer.status_code == 200
    assert answer.json() == made | {"title": "SHOP-8", "description": "split"}
    [entry] = [e for e in list_audit(database, "flag-link") if e.title_verb == "updated the flag-link"]
    assert entry.actions == ["updateFlagLink"]


@pytest.mark.parametrize("path", ["/_deepLink", "/_key", "/_metadata/a", "/nothing"])
def test_updateFlagLink__what_cannot_change__answers_400(api: Any, path: str) -> None:
    made = a_link(api)

    answer = api.patch(f"{LINKS}/{made['_id']}", json=[{"op": "add", "path": path, "value": "x"}])

    assert answer.status_code == 400


def test_updateFlagLink__test_that_does_not_hold__answers_409(api: Any) -> None:
    made = a_link(api, title="SHOP-7")

    answer = api.patch(f"{LINKS}/{made['_id']}", json=[{"op": "test", "path": "/title", "value": "x"}])

    assert answer.status_code == 409


@pytest.mark.parametrize("by", ["_id", "_key"])
def test_deleteFlagLink__by_id_or_key__is_gone(api: Any, database: Database, by: str) -> None:
    made = a_link(api)

    answer = api.delete(f"{LINKS}/{made[by]}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get(LINKS).json()["items"] == []
    assert api.delete(f"{LINKS}/{made[by]}").status_code == 404
    assert "deleted the flag-link" in [e.title_verb for e in list_audit(database, "flag-link")]


def test_deleteFlagLink__key_that_is_another_ones_id__removes_the_other_one(api: Any) -> None:
    other = a_link(api)
    a_link(api, key=other["_id"], deepLink=f"{TICKET}0")

    api.delete(f"{LINKS}/{other['_id']}")

    assert [item["_key"] for item in api.get(LINKS).json()["items"]] == [other["_id"]]


def test_flag_links__without_the_action__answer_403(api: Any) -> None:
    made = a_link(api)
    here = f"{LINKS}/{made['_id']}"
    reader = api.as_role("reader")

    assert reader.get(LINKS).status_code == 200
    assert reader.post(LINKS, json={"deepLink": f"{TICKET}0"}).status_code == 403
    assert reader.patch(here, json={"title": "x"}).status_code == 403
    assert reader.delete(here).status_code == 403
    flags = ["proj/*", "proj/*:env/*:flag/*"]
    maker = narrowed(api, {"effect": "allow", "resources": flags, "actions": ["viewFlag", "createFlagLink"]})
    assert maker.post(LINKS, json={"deepLink": f"{TICKET}0"}).status_code == 201
    assert maker.patch(here, json={"title": "x"}).status_code == 403


def test_getFlagLinks__more_links__needs_no_more_statements(api: Any, database: Database) -> None:
    a_link(api)
    few = count_statements(database, lambda: api.get(LINKS))
    for number in range(10):
        a_link(api, f"more-{number}", deepLink=f"{TICKET}{number}")

    assert count_statements(database, lambda: api.get(LINKS)) == few
    assert api.get(LINKS).json()["items"][0]["_key"] == "ticket"
