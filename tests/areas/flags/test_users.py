"""Users: contexts of one kind in their older shape."""

from typing import Any

import pytest

from areas.flags.context_seeds import ANN, BOB, PHONE, both, seen
from areas.flags.seeds import a_project
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

USERS, SEARCH = "/api/v2/users/web/production", "/api/v2/user-search/web/production"


@pytest.fixture(autouse=True)
def users(api: Any, database: Database, clock: FixedClock) -> None:
    a_project(api)
    seen(database, clock.now(), both(ANN, PHONE))
    seen(database, clock.now() + 5, BOB)
    seen(database, clock.now() + 9, ANN | {"age": 45}, application="shop")


def keys(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["user"]["key"] for item in answer.json()["items"]]


def test_getUser__seen_by_two_applications__is_shown_as_the_last_told(api: Any) -> None:
    found = api.get(f"{USERS}/ann").json()

    assert (found["user"]["key"], found["user"]["email"], found["user"]["custom"]["age"]) == (
        "ann",
        "ann@acme.io",
        45,
    )
    assert found["environmentId"] == api.get("/api/v2/projects/web/environments/production").json()["_id"]
    assert found["_links"]["settings"]["href"] == f"{USERS}/ann/flags"
    assert api.get(f"{USERS}/nobody").status_code == 404
    assert api.get(f"{USERS}/phone").status_code == 404


def test_getUsers__pages__show_each_once(api: Any) -> None:
    first = api.get(USERS, limit=1).json()
    assert first["totalCount"] == 2
    second = api.get(first["_links"]["next"]["href"]).json()
    assert [page["items"][0]["user"]["key"] for page in (first, second)] == ["ann", "bob"]
    assert "next" not in second["_links"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"q": "ACME"}, ["ann"]),
        ({"q": "bo"}, ["bob"]),
        ({"filter": "age:7"}, ["bob"]),
        ({"filter": "name:Ann,beta:true"}, ["ann"]),
        ({"filter": "name:ann"}, []),
        ({"filter": "key:bob"}, ["bob"]),
        ({"sort": "-userKey"}, ["bob", "ann"]),
        ({"sort": "lastSeen"}, ["bob", "ann"]),
        ({"offset": 1}, ["bob"]),
    ],
)
def test_getSearchUsers__what_is_asked__is_found(api: Any, query: dict[str, Any], wanted: list[str]) -> None:
    assert keys(api.get(SEARCH, **query)) == wanted


def test_getSearchUsers__by_time__pages_and_tells_what_it_sorts_by(api: Any, clock: FixedClock) -> None:
    first = api.get(SEARCH, sort="-lastSeen", limit=1).json()
    assert first["items"][0]["sortValue"] == clock.now() + 9
    second = api.get(first["_links"]["next"]["href"])
    assert keys(second) == ["bob"]
    assert keys(api.get(SEARCH, after=clock.now() + 5)) == ["ann"]


@pytest.mark.parametrize(
    "query", [{"sort": "name"}, {"filter": "x"}, {"sort": "lastSeen", "searchAfter": "x"}]
)
def test_getSearchUsers__nonsense__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(SEARCH, **query).status_code == 400


def test_getUsers__many__costs_as_much_as_one(api: Any, database: Database, clock: FixedClock) -> None:
    few = count_statements(database, lambda: api.get(USERS))
    seen(database, clock.now(), *({"kind": "user", "key": f"u{number}"} for number in range(17)))
    assert count_statements(database, lambda: api.get(USERS)) == few


def test_deleteUser__known__forgets_all_of_it(api: Any, database: Database) -> None:
    assert api.as_role("reader").delete(f"{USERS}/ann").status_code == 403
    assert api.delete(f"{USERS}/ann").status_code == 204

    assert keys(api.get(USERS)) == ["bob"]
    assert api.delete(f"{USERS}/ann").status_code == 404
    everything = api.post("/api/v2/projects/web/environments/production/context-instances/search", json={})
    assert "acme" not in everything.text
    [entry] = list_audit(database, "user")
    assert entry.actions == ["deleteContextInstance"]


def test_getUserAttributeNames__old_users__are_told_by_where_they_are(
    api: Any, database: Database, clock: FixedClock
) -> None:
    seen(database, clock.now(), {"key": "old", "privateAttrs": ["email"]})
    names = api.get("/api/v2/user-attributes/web/production", headers={"LD-API-Version": "beta"}).json()
    assert names["standard"] == ["name", "email"]
    assert names["private"] == ["email"]
    assert {"age", "plans", "/address/city"} <= set(names["custom"])
