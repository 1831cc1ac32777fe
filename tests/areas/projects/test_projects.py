"""Projects and what new flags of them start with, through HTTP."""

from typing import Any

import pytest

from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

PROJECTS = "/api/v2/projects"
WEB = f"{PROJECTS}/web"
DEFAULTS = f"{WEB}/flag-defaults"

NEW = {"key": "web", "name": "Web Shop", "tags": ["shop", "eu"]}
BLUE = {"key": "blue", "name": "Blue", "color": "0000ff"}
RENAMED = [{"op": "replace", "path": "/name", "value": "Shop"}]

BOOLEAN_DEFAULTS = {
    "trueDisplayName": "On",
    "falseDisplayName": "Off",
    "trueDescription": "",
    "falseDescription": "nothing",
    "onVariation": 1,
    "offVariation": 0,
}
FLAG_DEFAULTS = {
    "tags": ["new"],
    "temporary": False,
    "booleanDefaults": BOOLEAN_DEFAULTS,
    "defaultClientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": True},
}


def _create(api: Any, **body: Any) -> dict[str, Any]:
    response = api.post(PROJECTS, NEW | body)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created


def _keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


@pytest.fixture
def three(api: Any, clock: FixedClock) -> Any:
    for key, name, tags in (
        ("web", "Web", ["eu", "shop"]),
        ("app", "Mobile App", ["eu"]),
        ("b2b", "Éclair", []),
    ):
        _create(api, key=key, name=name, tags=tags, environments=[BLUE])
        clock.advance(1_000)
    return api


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", PROJECTS), ("POST", PROJECTS), ("GET", WEB), ("PATCH", WEB), ("DELETE", WEB),
        ("GET", DEFAULTS), ("PUT", DEFAULTS), ("PATCH", DEFAULTS),
    ],
)  # fmt: skip
def test_projects__without_a_token__answer_401(api: Any, method: str, path: str) -> None:
    assert api.as_nobody().request(method, path, json={}).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", PROJECTS, NEW | {"key": "other"}),
        ("PATCH", WEB, RENAMED),
        ("DELETE", WEB, None),
        ("PUT", DEFAULTS, FLAG_DEFAULTS),
        ("PATCH", DEFAULTS, {"temporary": False}),
    ],
)
def test_projects__changed_by_a_reader__answer_403(api: Any, method: str, path: str, body: Any) -> None:
    _create(api)
    _create(api, key="second")
    before = api.get(PROJECTS, expand="environments").json()
    assert api.as_role("reader").request(method, path, json=body).status_code == 403
    assert api.get(PROJECTS, expand="environments").json() == before


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", WEB, None),
        ("PATCH", WEB, RENAMED),
        ("DELETE", WEB, None),
        ("GET", DEFAULTS, None),
        ("PUT", DEFAULTS, FLAG_DEFAULTS),
        ("PATCH", DEFAULTS, {"temporary": False}),
    ],
)
def test_projects__absent__answer_404(api: Any, method: str, path: str, body: Any) -> None:
    response = api.request(method, path, json=body)
    assert response.status_code == 404
    assert "there is no project 'web'" in response.json()["message"]


def test_postProject__without_environments__gets_test_and_production(api: Any) -> None:
    created = _create(api)
    assert {e["key"]: e["critical"] for e in created["environments"]} == {"test": False, "production": True}
    assert created["_links"]["self"]["href"] == WEB
    assert (created["tags"], created["includeInSnippetByDefault"]) == (["shop", "eu"], False)
    assert created["defaultClientSideAvailability"] == {"usingMobileKey": True, "usingEnvironmentId": False}
    assert "environments" not in api.get(WEB).json()


def test_postProject__with_environments__has_just_these(api: Any) -> None:
    created = _create(
        api,
        environments=[BLUE, {"key": "red", "name": "Red", "color": "FF0000", "tags": ["a"], "defaultTtl": 5}],
        defaultClientSideAvailability={"usingMobileKey": False, "usingEnvironmentId": True},
        namingConvention={"case": "kebabCase", "prefix": "web-"},
        includeInSnippetByDefault=True,
    )
    assert {e["key"]: (e["tags"], e["defaultTtl"]) for e in created["environments"]} == {
        "blue": ([], 0),
        "red": (["a"], 5),
    }
    assert created["defaultClientSideAvailability"] == {"usingMobileKey": False, "usingEnvironmentId": True}
    assert created["includeInSnippetByDefault"] is True


def test_postProject__new__leaves_entries_of_the_project_and_its_environments(
    api: Any, database: Database, clock: FixedClock
) -> None:
    _create(api)
    [entry] = list_audit(database, "project")
    assert (entry.at, entry.name, entry.address) == (clock.at, "Web Shop", "proj/web;eu,shop")
    assert (entry.title_verb, entry.actions, entry.path) == ("created the project", ["createProject"], WEB)
    added = list_audit(database, "environment")
    assert [row.address for row in added] == [
        "proj/web;eu,shop:env/production;critical",
        "proj/web;eu,shop:env/test",
    ]
    assert {(row.parent_name, row.parent_path) for row in added} == {("Web Shop", WEB)}
    assert all(row.current_version["apiKey"].startswith("…") for row in added)


def test_postProject__taken_key__answers_409(api: Any) -> None:
    _create(api)
    response = api.post(PROJECTS, NEW)
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("body", "attribute"),
    [
        ({"key": "web shop"}, "key"),
        ({"key": ""}, "key"),
        ({"name": ""}, "name"),
        ({"tags": ["no spaces"]}, "tags[0]"),
        ({"environments": [{"key": "a", "name": "A"}]}, "environments[0].color"),
        ({"environments": [BLUE | {"color": "blue"}]}, "environments[0].color"),
        ({"namingConvention": {"case": "shouting"}}, "namingConvention.case"),
        ({"defaultClientSideAvailability": {"usingMobileKey": True}},
         "defaultClientSideAvailability.usingEnvironmentId"),
    ],
)  # fmt: skip
def test_postProject__impossible_value__answers_400_and_names_it(
    api: Any, body: dict[str, Any], attribute: str
) -> None:
    response = api.post(PROJECTS, NEW | body)
    assert response.status_code == 400
    assert [fault["attribute"] for fault in response.json()["errors"]] == [attribute]


def test_postProject__same_environment_twice__creates_nothing(api: Any, database: Database) -> None:
    assert api.post(PROJECTS, NEW | {"environments": [BLUE, BLUE]}).status_code == 409
    assert api.get(WEB).status_code == 404
    assert list_audit(database, "project") == []


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, ["web", "app", "b2b"]),
        ({"sort": "name"}, ["app", "web", "b2b"]),
        ({"sort": "-createdOn"}, ["b2b", "app", "web"]),
        ({"limit": 1, "offset": 1, "sort": "createdOn"}, ["app"]),
        ({"filter": "query:WEB"}, ["web"]),
        ({"filter": "query:éclair"}, ["b2b"]),
        ({"filter": "query:b2"}, ["b2b"]),
        ({"filter": "tags:eu"}, ["web", "app"]),
        ({"filter": "tags:eu+shop"}, ["web"]),
        ({"filter": "keys:app|b2b|none"}, ["app", "b2b"]),
        ({"filter": "tags:eu,keys:app"}, ["app"]),
    ],
)
def test_getProjects__filtered_and_sorted__has_these(
    three: Any, query: dict[str, Any], keys: list[str]
) -> None:
    found = _keys(three.get(PROJECTS, **query))
    assert found == keys if "sort" in query else sorted(found) == sorted(keys)


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 1001},
        {"offset": -1},
        {"sort": "age"},
        {"filter": "age:1"},
        {"expand": "flags"},
    ],
)
def test_getProjects__unknown_name_or_bound__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(PROJECTS, **query).status_code == 400


def test_getProjects__expanded__has_environments_as_collections(three: Any) -> None:
    items = three.get(PROJECTS, expand="environments", sort="name").json()["items"]
    for item in items:
        environments = item["environments"]
        assert [e["key"] for e in environments["items"]] == ["blue"]
        assert environments["totalCount"] == 1
        assert environments["_links"]["self"]["href"] == f"{PROJECTS}/{item['key']}/environments"
    assert three.get(WEB, expand="environments").json() in items


def test_getProjects__one_or_twenty__runs_as_many_statements(api: Any, database: Database) -> None:
    _create(api)
    few = count_statements(database, lambda: api.get(PROJECTS, expand="environments"))
    for number in range(19):
        _create(api, key=f"p{number}")
    assert count_statements(database, lambda: api.get(PROJECTS, expand="environments")) == few
    assert api.get(PROJECTS).json()["totalCount"] == 20


def test_getProjects__caller_who_may_view_some__has_only_these(three: Any) -> None:
    view = {"effect": "allow", "resources": ["proj/*;shop"], "actions": ["viewProject"]}
    token = three.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": [view]}).json()["token"]
    limited = three.as_token(token)
    assert _keys(limited.get(PROJECTS)) == ["web"]
    assert limited.get(WEB).status_code == 200
    assert limited.get(f"{PROJECTS}/app").status_code == 403
    blind = [{"effect": "allow", "resources": ["acct"], "actions": ["view*"]}]
    token = three.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": blind}).json()["token"]
    assert three.as_token(token).get(PROJECTS).json()["totalCount"] == 0


@pytest.mark.parametrize(
    ("body", "field", "value", "action"),
    [
        (RENAMED, "name", "Shop", "updateProjectName"),
        ({"comment": "shorter", "patch": RENAMED}, "name", "Shop", "updateProjectName"),
        ({"name": "Shop"}, "name", "Shop", "updateProjectName"),
        ([{"op": "add", "path": "/tags/0", "value": "new"}], "tags", ["new", "shop", "eu"], "updateTags"),
        (
            {"includeInSnippetByDefault": True},
            "includeInSnippetByDefault",
            True,
            "updateIncludeInSnippetByDefault",
        ),
        (
            [{"op": "replace", "path": "/defaultClientSideAvailability/usingMobileKey", "value": False}],
            "defaultClientSideAvailability",
            {"usingMobileKey": False, "usingEnvironmentId": False},
            "updateDefaultClientSideAvailability",
        ),
    ],
)  # fmt: skip
def test_patchProject__of_a_field__changes_it_and_leaves_an_entry(
    api: Any, database: Database, body: Any, field: str, value: Any, action: str
) -> None:
    _create(api)
    response = api.patch(WEB, body)
    assert response.status_code == 200, response.text
    assert response.json()[field] == api.get(WEB).json()[field] == value
    entry = list_audit(database, "project")[-1]
    assert (entry.title_verb, entry.actions) == ("updated the project", [action])
    assert entry.comment == ("shorter" if isinstance(body, dict) and "comment" in body else "")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ([{"op": "replace", "path": "/key", "value": "shop"}], 400),
        ([{"op": "replace", "path": "/name", "value": ""}], 400),
        ([{"op": "add", "path": "/tags/9", "value": "x"}], 422),
        ([{"op": "test", "path": "/name", "value": "Other"}, *RENAMED], 409),
        ("name", 400),
    ],
)
def test_patchProject__that_cannot_be__changes_nothing(api: Any, body: Any, status: int) -> None:
    _create(api)
    before = api.get(WEB).json()
    assert api.patch(WEB, body).status_code == status
    assert api.get(WEB).json() == before


def test_patchProject__naming_convention__is_kept_through_other_changes(api: Any, database: Database) -> None:
    _create(api, namingConvention={"case": "kebabCase", "prefix": "web-"})
    assert api.patch(WEB, RENAMED).status_code == 200
    assert api.patch(WEB, {"namingConvention": {"case": "kebabCase", "prefix": "web-"}}).status_code == 200
    assert len(list_audit(database, "project")) == 2


def test_deleteProject__existing__takes_everything_along(api: Any, database: Database) -> None:
    _create(api, environments=[BLUE | {"tags": ["coast"]}])
    _create(api, key="second", tags=["other"])
    assert api.delete(WEB).status_code == 204
    assert api.get(f"{WEB}/environments").status_code == 404
    assert api.get("/api/v2/tags").json()["items"] == ["other"]
    entry = list_audit(database, "project")[-1]
    assert (entry.title_verb, entry.actions, entry.name) == (
        "deleted the project",
        ["deleteProject"],
        "Web Shop",
    )
    assert _create(api)["key"] == "web"


def test_deleteProject__the_last_one__answers_409(api: Any) -> None:
    _create(api)
    response = api.delete(WEB)
    assert (response.status_code, response.json()["code"]) == (409, "conflict")
    assert api.get(WEB).status_code == 200


def test_getFlagDefaultsByProject__new_project__has_the_usual_ones(api: Any) -> None:
    _create(api)
    body = api.get(DEFAULTS).json()
    assert (body["key"], body["tags"], body["temporary"]) == ("web", [], True)
    assert body["booleanDefaults"]["trueDisplayName"] == "True"
    assert body["_links"]["parent"]["href"] == WEB


def test_putFlagDefaultsByProject__whole__replaces_them(api: Any, database: Database) -> None:
    _create(api)
    response = api.put(DEFAULTS, FLAG_DEFAULTS)
    assert response.status_code == 200
    read = api.get(DEFAULTS).json()
    assert {name: read[name] for name in FLAG_DEFAULTS} == FLAG_DEFAULTS
    assert (
        api.get(WEB).json()["defaultClientSideAvailability"] == FLAG_DEFAULTS["defaultClientSideAvailability"]
    )
    assert list_audit(database, "project")[-1].actions == ["updateProjectFlagDefaults"]


@pytest.mark.parametrize(
    ("change", "attribute"),
    [
        ({"booleanDefaults": {}}, "booleanDefaults.trueDisplayName"),
        ({"temporary": "yes"}, "temporary"),
        ({"booleanDefaults": BOOLEAN_DEFAULTS | {"onVariation": 2}}, "booleanDefaults.onVariation"),
    ],
)  # fmt: skip
def test_putFlagDefaultsByProject__impossible_value__answers_400(
    api: Any, change: dict[str, Any], attribute: str
) -> None:
    _create(api)
    response = api.put(DEFAULTS, FLAG_DEFAULTS | change)
    assert response.status_code == 400
    assert [fault["attribute"] for fault in response.json()["errors"]] == [attribute]


@pytest.mark.parametrize(
    "body",
    [
        {"temporary": False, "booleanDefaults": {"trueDisplayName": "On"}},
        [
            {"op": "replace", "path": "/temporary", "value": False},
            {"op": "replace", "path": "/booleanDefaults/trueDisplayName", "value": "On"},
        ],
    ],
)
def test_patchFlagDefaultsByProject__of_some__leaves_the_others(api: Any, body: Any) -> None:
    _create(api)
    response = api.patch(DEFAULTS, body)
    assert response.status_code == 200
    read = api.get(DEFAULTS).json()
    assert (read["temporary"], read["booleanDefaults"]["trueDisplayName"]) == (False, "On")
    assert read["booleanDefaults"]["falseDisplayName"] == "False"


def test_patchFlagDefaultsByProject__of_the_key__answers_400(api: Any) -> None:
    _create(api)
    assert api.patch(DEFAULTS, [{"op": "replace", "path": "/key", "value": "x"}]).status_code == 400
