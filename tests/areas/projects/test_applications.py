"""Applications and their versions: made known by facts, changed by people through HTTP."""

from collections.abc import Callable
from typing import Any

import pytest

from daybreak.areas.projects.applications.expansions import flags_expansion
from daybreak.areas.projects.applications.store import find_application
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.rest.call import Call, Shape
from statements import count_statements, list_audit

ALL = "/api/v2/applications"
SHOP = f"{ALL}/shop"
VERSIONS = f"{SHOP}/versions"
ONE = f"{VERSIONS}/1.0"


@pytest.fixture
def three(api: Any, known: Callable[..., None], clock: FixedClock) -> Any:
    given = (("web", "Web Shop", "browser"), ("app", "Shop App", "mobile"), ("api", "Api", None))
    for key, name, kind in given:
        known(key, "1.0", name, kind)
        clock.advance(1_000)
    return api


def _keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ALL), ("GET", SHOP), ("PATCH", SHOP), ("DELETE", SHOP),
        ("GET", VERSIONS), ("PATCH", ONE), ("DELETE", ONE),
    ],
)  # fmt: skip
def test_applications__without_a_token__answer_401(api: Any, method: str, path: str) -> None:
    assert api.as_nobody().request(method, path, json={}).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", SHOP, {"description": "new"}),
        ("DELETE", SHOP, None),
        ("PATCH", ONE, {"supported": False}),
        ("DELETE", ONE, None),
    ],
)
def test_applications__changed_by_a_reader__answer_403(
    api: Any, known: Callable[..., None], method: str, path: str, body: Any
) -> None:
    known("shop", "1.0")
    before = (api.get(ALL).json(), api.get(VERSIONS).json())
    assert api.as_role("reader").request(method, path, json=body).status_code == 403
    assert (api.get(ALL).json(), api.get(VERSIONS).json()) == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", f"{ALL}/none", None),
        ("PATCH", f"{ALL}/none", {"description": "new"}),
        ("DELETE", f"{ALL}/none", None),
        ("GET", f"{ALL}/none/versions", None),
        ("PATCH", f"{ALL}/none/versions/1.0", {"supported": False}),
        ("DELETE", f"{ALL}/none/versions/1.0", None),
        ("PATCH", f"{VERSIONS}/none", {"supported": False}),
        ("DELETE", f"{VERSIONS}/none", None),
    ],
)
def test_applications__absent__answer_404_and_tell_what(
    api: Any, known: Callable[..., None], method: str, path: str, body: Any
) -> None:
    known("shop", "1.0")
    response = api.request(method, path, json=body)
    assert response.status_code == 404
    assert "'none'" in response.json()["message"]


def test_getApplication__made_known_by_a_fact__shows_what_the_fact_told(
    api: Any, known: Callable[..., None], clock: FixedClock
) -> None:
    known("shop", "1.0", "The Shop", "mobile", "First")
    shown = api.get(SHOP).json()
    assert shown.pop("_access")["denied"] == []
    assert shown == {
        "_links": {
            "self": {"href": SHOP, "type": "application/json"},
            "versions": {"href": VERSIONS, "type": "application/json"},
        },
        "_version": 1,
        "autoAdded": True,
        "creationDate": clock.at,
        "description": "",
        "key": "shop",
        "kind": "mobile",
        "name": "The Shop",
    }
    [version] = api.get(VERSIONS).json()["items"]
    assert version.pop("_access")["denied"] == []
    assert version == {
        "_links": {
            "self": {"href": ONE, "type": "application/json"},
            "parent": {"href": SHOP, "type": "application/json"},
        },
        "_version": 1,
        "autoAdded": True,
        "creationDate": clock.at,
        "key": "1.0",
        "name": "First",
        "supported": True,
    }


def test_getApplication__key_with_any_character__is_found_by_its_link(
    api: Any, known: Callable[..., None]
) -> None:
    known("Shop / é:1", "v1/β")
    [application] = api.get(ALL).json()["items"]
    where = application["_links"]["self"]["href"]
    assert api.get(where).json() == application
    [version] = api.get(application["_links"]["versions"]["href"]).json()["items"]
    assert api.patch(version["_links"]["self"]["href"], {"supported": False}).json()["supported"] is False


def test_getApplication__expanded__has_a_collection_of_flags(api: Any, known: Callable[..., None]) -> None:
    known("shop", "1.0")
    expected = {
        "items": [],
        "totalCount": 0,
        "_links": {"self": {"href": f"{SHOP}?expand=flags", "type": "application/json"}},
    }
    assert api.get(SHOP, expand="flags").json()["flags"] == expected
    assert api.get(ALL, expand="flags").json()["items"][0]["flags"] == expected


class FlagShape(Shape):
    key: str


def test_flags__known_to_somebody__are_in_the_collection(
    known: Callable[..., None], call_as_admin: Callable[[], Any]
) -> None:
    def evaluated(call: Call, application_keys: Any) -> dict[str, list[FlagShape]]:
        assert application_keys == ["shop", "api"]
        return {"shop": [FlagShape(key="dark")]}

    for key in ("shop", "api"):
        known(key, "1.0")
    with call_as_admin() as call:
        found = [find_application(call.db, key) for key in ("shop", "api")]
        loaded = flags_expansion(evaluated).load(call, found)
    collections = [loaded[application.id] for application in found]
    assert [(c["items"], c["totalCount"]) for c in collections] == [([FlagShape(key="dark")], 1), ((), 0)]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"sort": "name"}, ["api", "app", "web"]),
        ({"sort": "creationDate"}, ["web", "app", "api"]),
        ({"sort": "-name,creationDate"}, ["web", "app", "api"]),
        ({"limit": 1, "offset": 1}, ["app"]),
        ({"filter": 'kind anyOf ["mobile", "server"]'}, ["api", "app"]),
        ({"filter": "kind equals BROWSER"}, ["web"]),
        ({"filter": "kind notEquals browser"}, ["api", "app"]),
        ({"filter": 'name startsWith "shop"'}, ["app"]),
        ({"filter": "name contains shop"}, ["app", "web"]),
        ({"filter": "autoAdded equals true,(key equals api|key equals web)"}, ["api", "web"]),
        ({"filter": "autoAdded equals false"}, []),
    ],
)
def test_getApplications__filtered_and_sorted__has_these(
    three: Any, query: dict[str, Any], keys: list[str]
) -> None:
    response = three.get(ALL, **query)
    found = _keys(response)
    assert found == keys if "sort" in query or "limit" in query else sorted(found) == keys
    assert response.json()["totalCount"] == (3 if "filter" not in query else len(keys))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"filter": "supported equals true"}, "known: key, name, kind, autoAdded"),
        ({"filter": "key like a"}, "known: equals, notEquals, anyOf"),
        ({"filter": "key:a"}, "an operator expected at character 6"),
        ({"sort": "kind"}, "known: creationDate, name"),
        ({"expand": "versions"}, "known: flags"),
        ({"limit": 0}, "limit"),
        ({"limit": "ten"}, "limit"),
    ],
)
def test_getApplications__unknown_name_or_bound__answers_400(
    api: Any, query: dict[str, Any], told: str
) -> None:
    response = api.get(ALL, **query)
    assert response.status_code == 400
    assert told in response.json()["message"]


def test_getApplications__many__pages_by_ten(api: Any, known: Callable[..., None]) -> None:
    for number in range(11):
        known(f"a{number:02}", "1")
    body = api.get(ALL).json()
    assert (len(body["items"]), body["totalCount"]) == (10, 11)
    assert _keys(api.request("GET", body["_links"]["next"]["href"])) == ["a10"]


def test_getApplicationVersions__many__pages_by_fifty_from_the_newest(
    api: Any, known: Callable[..., None], clock: FixedClock
) -> None:
    for number in range(51):
        known("shop", f"1.{number}")
        clock.advance(1_000)
    body = api.get(VERSIONS).json()
    assert (len(body["items"]), body["totalCount"], body["items"][0]["key"]) == (50, 51, "1.50")
    assert _keys(api.request("GET", body["_links"]["next"]["href"])) == ["1.0"]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, ["2.0", "1.1", "1.0"]),
        ({"sort": "name"}, ["1.0", "1.1", "2.0"]),
        ({"filter": "supported equals false"}, ["1.0"]),
        ({"filter": "supported notEquals false,key anyOf [1.0, 1.1]"}, ["1.1"]),
        ({"filter": 'name startsWith "1."'}, ["1.1", "1.0"]),
        ({"filter": "autoAdded equals true|supported equals true"}, ["2.0", "1.1", "1.0"]),
    ],
)
def test_getApplicationVersions__filtered_and_sorted__has_these(
    api: Any, known: Callable[..., None], clock: FixedClock, query: dict[str, Any], keys: list[str]
) -> None:
    for version in ("1.0", "1.1", "2.0"):
        known("shop", version)
        clock.advance(1_000)
    known("other", "9.9")
    api.patch(ONE, {"supported": False})
    assert _keys(api.get(VERSIONS, **query)) == keys


def test_getApplicationVersions__filtered_by_kind__answers_400(api: Any, known: Callable[..., None]) -> None:
    known("shop", "1.0")
    response = api.get(VERSIONS, filter="kind equals server")
    assert response.status_code == 400
    assert "known: key, name, supported, autoAdded" in response.json()["message"]


@pytest.mark.parametrize("where", [f"{ALL}?expand=flags&limit=20", VERSIONS])
def test_lists__one_or_twenty__run_as_many_statements(
    api: Any, known: Callable[..., None], database: Database, where: str
) -> None:
    known("shop", "1.0")
    few = count_statements(database, lambda: api.request("GET", where))
    for number in range(19):
        known("shop", f"2.{number}")
        known(f"a{number}", "1.0")
    assert count_statements(database, lambda: api.request("GET", where)) == few
    assert len(_keys(api.request("GET", where))) == 20


def test_getApplications__caller_who_may_view_some__has_only_these(three: Any) -> None:
    view = {"effect": "allow", "resources": ["application/a*"], "actions": ["viewApplication"]}
    token = three.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": [view]}).json()["token"]
    limited = three.as_token(token)
    assert _keys(limited.get(ALL)) == ["api", "app"]
    assert limited.get(f"{ALL}/web").status_code == 403
    assert _keys(limited.get(f"{ALL}/app/versions")) == ["1.0"]
    assert _keys(limited.get(f"{ALL}/web/versions")) == []


@pytest.mark.parametrize(
    ("field", "value", "action"),
    [
        ("description", "What people see", "updateApplicationDescription"),
        ("kind", "browser", "updateApplicationKind"),
        ("name", "The Shop", "updateApplicationName"),
    ],
)
def test_patchApplication__of_a_field__changes_it_and_leaves_an_entry(
    api: Any, known: Callable[..., None], database: Database, field: str, value: str, action: str
) -> None:
    known("shop", "1.0")
    response = api.patch(SHOP, [{"op": "replace", "path": f"/{field}", "value": value}])
    assert response.status_code == 200, response.text
    assert (response.json()[field], response.json()["_version"]) == (value, 2)
    assert api.get(SHOP).json() == response.json()
    [entry] = list_audit(database, "application")
    assert (entry.title_verb, entry.actions) == ("updated the application", [action])
    assert (entry.address, entry.path) == ("application/shop", SHOP)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([{"op": "replace", "path": "/key", "value": "store"}], 400),
        ([{"op": "replace", "path": "/autoAdded", "value": False}], 400),
        ([{"op": "replace", "path": "/kind", "value": "toaster"}], 400),
        ([{"op": "remove", "path": "/kind"}], 400),
        ([{"op": "add", "path": "/description/0", "value": "x"}], 422),
        ([{"op": "test", "path": "/kind", "value": "mobile"}], 409),
    ],
)
def test_patchApplication__that_cannot_be__changes_nothing(
    api: Any, known: Callable[..., None], database: Database, body: Any, status: int
) -> None:
    known("shop", "1.0")
    before = api.get(SHOP).json()
    assert api.patch(SHOP, body).status_code == status
    assert api.get(SHOP).json() == before
    assert list_audit(database, "application") == []


def test_deleteApplication__existing__takes_its_versions_along(
    api: Any, known: Callable[..., None], database: Database
) -> None:
    known("shop", "1.0")
    assert api.delete(SHOP).status_code == 204
    assert api.get(SHOP).status_code == 404
    known("shop", "2.0")
    assert _keys(api.get(VERSIONS)) == ["2.0"]
    [entry] = list_audit(database, "application")
    assert (entry.title_verb, entry.actions) == ("deleted the application", ["deleteApplication"])


def test_patchApplicationVersion__supported__changes_it_and_leaves_an_entry(
    api: Any, known: Callable[..., None], database: Database
) -> None:
    known("shop", "1.0")
    response = api.patch(ONE, [{"op": "replace", "path": "/supported", "value": False}])
    assert response.status_code == 200
    assert (response.json()["supported"], response.json()["_version"]) == (False, 2)
    [entry] = list_audit(database, "application-version")
    assert (entry.title_verb, entry.actions) == (
        "updated the application-version",
        ["updateApplicationVersionSupport"],
    )
    assert (entry.address, entry.name, entry.path) == ("application/shop", "1.0", ONE)
    assert (entry.parent_name, entry.parent_path) == ("shop", SHOP)


@pytest.mark.parametrize("body", [{"supported": "no"}, {"name": "One"}, {"key": "1"}])
def test_patchApplicationVersion__that_cannot_be__answers_400(
    api: Any, known: Callable[..., None], body: Any
) -> None:
    known("shop", "1.0")
    assert api.patch(ONE, body).status_code == 400


def test_deleteApplicationVersion__existing__leaves_the_others(
    api: Any, known: Callable[..., None], database: Database
) -> None:
    known("shop", "1.0")
    known("shop", "2.0")
    assert api.delete(ONE).status_code == 204
    assert _keys(api.get(VERSIONS)) == ["2.0"]
    [entry] = list_audit(database, "application-version")
    assert entry.actions == ["deleteApplicationVersion"]
