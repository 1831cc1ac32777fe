"""Environments of a project and their keys, through HTTP."""

from typing import Any

import pytest
from sqlalchemy import select

from daybreak.areas.projects.area import jobs
from daybreak.areas.projects.environments.tables import expiring_sdk_keys
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

WEB = "/api/v2/projects/web"
ALL = f"{WEB}/environments"
BLUE = f"{ALL}/blue"

NEW = {"key": "blue", "name": "Blue Coast", "color": "0000ff"}
RENAMED = [{"op": "replace", "path": "/name", "value": "Azure"}]


@pytest.fixture
def web(api: Any) -> Any:
    """A caller, with a project that has the environments `test` and `blue`."""
    test = {"key": "test", "name": "Test", "color": "417505"}
    body = {"key": "web", "name": "Web", "tags": ["shop"], "environments": [test]}
    assert api.post("/api/v2/projects", body).status_code == 201
    assert api.post(ALL, NEW | {"tags": ["coast"], "critical": True}).status_code == 201
    return api


def _keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ALL), ("POST", ALL), ("GET", BLUE), ("PATCH", BLUE), ("DELETE", BLUE),
        ("POST", f"{BLUE}/apiKey"), ("POST", f"{BLUE}/mobileKey"),
    ],
)  # fmt: skip
def test_environments__without_a_token__answer_401(api: Any, method: str, path: str) -> None:
    assert api.as_nobody().request(method, path, json={}).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", ALL, NEW | {"key": "red"}),
        ("PATCH", BLUE, RENAMED),
        ("DELETE", BLUE, None),
        ("POST", f"{BLUE}/apiKey", None),
        ("POST", f"{BLUE}/mobileKey", None),
    ],
)
def test_environments__changed_by_a_reader__answer_403(web: Any, method: str, path: str, body: Any) -> None:
    before = web.get(ALL).json()
    assert web.as_role("reader").request(method, path, json=body).status_code == 403
    assert web.get(ALL).json() == before


@pytest.mark.parametrize("missing", ["/api/v2/projects/none/environments/blue", f"{ALL}/none"])
@pytest.mark.parametrize(
    ("method", "below", "body"),
    [
        ("GET", "", None),
        ("PATCH", "", RENAMED),
        ("DELETE", "", None),
        ("POST", "/apiKey", None),
        ("POST", "/mobileKey", None),
    ],
)
def test_environments__absent__answer_404_and_tell_what(
    web: Any, method: str, below: str, body: Any, missing: str
) -> None:
    response = web.request(method, missing + below, json=body)
    assert response.status_code == 404
    assert "'none'" in response.json()["message"]


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", NEW)])
def test_environments__of_no_project__answer_404(api: Any, method: str, body: Any) -> None:
    assert api.request(method, "/api/v2/projects/none/environments", json=body).status_code == 404


def test_postEnvironment__new__has_keys_of_its_own(web: Any, database: Database) -> None:
    response = web.post(
        ALL, NEW | {"key": "red", "defaultTtl": 5, "secureMode": True, "requireComments": True}
    )
    assert response.status_code == 201
    body = response.json()
    assert body == web.get(f"{ALL}/red").json()
    assert (body["defaultTtl"], body["secureMode"], body["requireComments"]) == (5, True, True)
    assert (body["critical"], body["confirmChanges"], body["tags"]) == (False, False, [])
    assert body["_links"]["self"]["href"] == f"{ALL}/red"
    assert body["_links"]["parent"]["href"] == WEB
    secrets = [item[name] for item in web.get(ALL).json()["items"] for name in ("apiKey", "mobileKey")]
    assert len(set(secrets)) == 6
    entry = list_audit(database, "environment")[-1]
    assert (entry.title_verb, entry.actions) == ("created the environment", ["createEnvironment"])
    assert entry.address == "proj/web;shop:env/test"


def test_postEnvironment__taken_key__answers_409(web: Any) -> None:
    assert web.post(ALL, NEW).status_code == 409


def test_postEnvironment__from_a_source__starts_with_its_settings(web: Any) -> None:
    web.patch(BLUE, {"defaultTtl": 7, "confirmChanges": True})
    body = web.post(
        ALL, NEW | {"key": "red", "source": {"key": "blue", "version": 2}, "secureMode": True}
    ).json()
    assert (body["defaultTtl"], body["confirmChanges"], body["secureMode"]) == (7, True, True)
    assert (body["tags"], body["critical"], body["color"]) == (["coast"], True, "0000ff")
    blue = web.get(BLUE).json()
    assert body["_id"] != blue["_id"]
    assert body["apiKey"] != blue["apiKey"]
    assert body["mobileKey"] != blue["mobileKey"]


@pytest.mark.parametrize(
    ("source", "status"), [({"key": "none"}, 404), ({"key": "blue", "version": 7}, 409), ({"key": "?"}, 400)]
)
def test_postEnvironment__from_no_such_source__is_refused(
    web: Any, source: dict[str, Any], status: int
) -> None:
    assert web.post(ALL, NEW | {"key": "red", "source": source}).status_code == status
    assert web.get(f"{ALL}/red").status_code == 404


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        ({"key": "a/b"}, "key"),
        ({"color": "red"}, "color"),
        ({"defaultTtl": 61}, "defaultTtl"),
        ({"defaultTtl": -1}, "defaultTtl"),
        ({"secureMode": "yes"}, "secureMode"),
        ({"tags": [""]}, "tags[0]"),
        ({"name": None}, "name"),
    ],
)
def test_postEnvironment__impossible_value__answers_400_and_names_it(
    web: Any, body: dict[str, Any], attribute: str
) -> None:
    response = web.post(ALL, NEW | {"key": "red"} | body)
    assert response.status_code == 400
    assert [fault["attribute"] for fault in response.json()["errors"]] == [attribute]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({"sort": "name"}, ["blue", "test"]),
        ({"sort": "-name"}, ["test", "blue"]),
        ({"sort": "-critical"}, ["blue", "test"]),
        ({"filter": "query:COAST"}, ["blue"]),
        ({"filter": "tags:coast"}, ["blue"]),
        ({"filter": "tags:none"}, []),
        ({"limit": 1, "offset": 1, "sort": "name"}, ["test"]),
    ],
)
def test_getEnvironmentsByProject__filtered_and_sorted__has_these(
    web: Any, query: dict[str, Any], keys: list[str]
) -> None:
    assert _keys(web.get(ALL, **query)) == keys


@pytest.mark.parametrize("query", [{"limit": 0}, {"sort": "age"}, {"filter": "age:1"}])
def test_getEnvironmentsByProject__unknown_name_or_bound__answers_400(
    web: Any, query: dict[str, Any]
) -> None:
    assert web.get(ALL, **query).status_code == 400


def test_getEnvironmentsByProject__one_or_twenty__runs_as_many_statements(
    web: Any, database: Database
) -> None:
    few = count_statements(database, lambda: web.get(ALL))
    for number in range(18):
        web.post(ALL, NEW | {"key": f"e{number}"})
    assert count_statements(database, lambda: web.get(ALL)) == few
    assert web.get(ALL).json()["totalCount"] == 20


def test_getEnvironmentsByProject__caller_who_may_view_some__has_only_these(web: Any) -> None:
    statements = [
        {"effect": "allow", "resources": ["proj/web:env/*"], "actions": ["viewProject"]},
        {"effect": "deny", "resources": ["proj/*:env/*;critical"], "actions": ["viewProject"]},
    ]
    token = web.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": statements}).json()["token"]
    limited = web.as_token(token)
    assert _keys(limited.get(ALL)) == ["test"]
    assert limited.get(BLUE).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "action"),
    [
        ("name", "Azure", "updateName"),
        ("color", "ABCDEF", "updateColor"),
        ("defaultTtl", 60, "updateTtl"),
        ("secureMode", True, "updateSecureMode"),
        ("defaultTrackEvents", True, "updateDefaultTrackEvents"),
        ("requireComments", True, "updateRequireComments"),
        ("confirmChanges", True, "updateConfirmChanges"),
        ("critical", False, "updateCritical"),
        ("tags", ["sea", "coast"], "updateTags"),
    ],
)
def test_patchEnvironment__of_a_field__changes_it_and_leaves_an_entry(
    web: Any, database: Database, field: str, value: Any, action: str
) -> None:
    response = web.patch(BLUE, [{"op": "replace", "path": f"/{field}", "value": value}])
    assert response.status_code == 200, response.text
    assert response.json()[field] == web.get(BLUE).json()[field] == value
    entry = list_audit(database, "environment")[-1]
    assert (entry.title_verb, entry.actions) == ("updated the environment", [action])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([{"op": "replace", "path": "/apiKey", "value": "sdk-mine"}], 400),
        ([{"op": "replace", "path": "/key", "value": "azure"}], 400),
        ([{"op": "replace", "path": "/defaultTtl", "value": 61}], 400),
        ([{"op": "remove", "path": "/tags/4"}], 422),
        ([{"op": "test", "path": "/name", "value": "Other"}], 409),
    ],
)
def test_patchEnvironment__that_cannot_be__changes_nothing(web: Any, body: Any, status: int) -> None:
    before = web.get(BLUE).json()
    assert web.patch(BLUE, body).status_code == status
    assert web.get(BLUE).json() == before


def test_deleteEnvironment__existing__is_gone_with_its_tags(web: Any, database: Database) -> None:
    assert web.delete(BLUE).status_code == 204
    assert web.get(BLUE).status_code == 404
    assert web.get("/api/v2/tags").json()["items"] == ["shop"]
    actions = [entry.actions for entry in list_audit(database, "environment")]
    assert ["deleteEnvironment"] in actions


def test_deleteEnvironment__the_last_one__answers_409(web: Any) -> None:
    web.delete(BLUE)
    assert web.delete(f"{ALL}/test").status_code == 409


def test_resetEnvironmentSDKKey__without_expiry__replaces_the_key_at_once(
    web: Any, database: Database
) -> None:
    before = web.get(BLUE).json()
    response = web.post(f"{BLUE}/apiKey")
    assert response.status_code == 200
    after = response.json()
    assert after["apiKey"] != before["apiKey"]
    assert after["apiKey"].startswith("sdk-")
    assert after["mobileKey"] == before["mobileKey"]
    assert _expiring(database) == {}
    entry = list_audit(database, "environment")[-1]
    assert entry.actions == ["updateSdkKey"]
    assert before["apiKey"] not in str(entry)
    assert after["apiKey"] not in str(entry)


def test_resetEnvironmentSDKKey__with_expiry__keeps_the_old_key_until_then(
    web: Any, database: Database, clock: FixedClock
) -> None:
    old = web.get(BLUE).json()["apiKey"]
    expiry = clock.at + 60_000
    assert web.post(f"{BLUE}/apiKey?expiry={expiry}").status_code == 200
    assert _expiring(database) == {old: expiry}
    [job] = jobs()
    for now, kept in ((expiry - 1, {old: expiry}), (expiry, {})):
        with database.writing() as db:
            job.run(db, now)
        assert _expiring(database) == kept


def _expiring(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {row.sdk_key: row.expires_at for row in db.rows(select(expiring_sdk_keys))}


@pytest.mark.parametrize("expiry", ["soon", "-1", "9" * 20])
def test_resetEnvironmentSDKKey__impossible_expiry__answers_400(web: Any, expiry: str) -> None:
    assert web.post(f"{BLUE}/apiKey?expiry={expiry}").status_code == 400


def test_resetEnvironmentMobileKey__existing__replaces_the_key_at_once(web: Any, database: Database) -> None:
    before = web.get(BLUE).json()
    after = web.post(f"{BLUE}/mobileKey").json()
    assert after["mobileKey"] != before["mobileKey"]
    assert after["mobileKey"].startswith("mob-")
    assert after["apiKey"] == before["apiKey"]
    entry = list_audit(database, "environment")[-1]
    assert entry.actions == ["updateMobileKey"]
    assert after["mobileKey"] not in str(entry)
