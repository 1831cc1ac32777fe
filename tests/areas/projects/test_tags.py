"""The tags of everything, each once."""

from typing import Any

import pytest

from daybreak.platform.database import Database
from statements import count_statements

TAGS = "/api/v2/tags"


@pytest.fixture
def tagged(api: Any) -> Any:
    """A caller, with two projects and an environment that carry tags."""
    coast = {"key": "coast", "name": "Coast", "color": "0000ff", "tags": ["eu", "Sea", "sea"]}
    for key, tags in (("web", ["eu", "shop"]), ("app", ["eu", "mobile"])):
        body = {"key": key, "name": key, "tags": tags, "environments": [coast if key == "web" else _plain()]}
        assert api.post("/api/v2/projects", body).status_code == 201
    return api


def _plain() -> dict[str, Any]:
    return {"key": "plain", "name": "Plain", "color": "ffffff"}


def test_getTags__without_a_token__answers_401(api: Any) -> None:
    assert api.as_nobody().get(TAGS).status_code == 401


def test_getTags__nothing_tagged__is_empty(api: Any) -> None:
    body = api.get(TAGS).json()
    assert body == {
        "items": [],
        "totalCount": 0,
        "_links": {"self": {"href": TAGS, "type": "application/json"}},
    }


@pytest.mark.parametrize(
    ("query", "tags"),
    [
        ("", ["Sea", "eu", "mobile", "sea", "shop"]),
        ("kind=project", ["eu", "mobile", "shop"]),
        ("kind=environment", ["Sea", "eu", "sea"]),
        ("kind=project&kind=environment", ["Sea", "eu", "mobile", "sea", "shop"]),
        ("kind=project,flag", ["eu", "mobile", "shop"]),
        ("kind=flag&archived=true", []),
        ("pre=s", ["sea", "shop"]),
        ("pre=S", ["Sea"]),
        ("pre=%25", []),
        ("kind=environment&pre=e", ["eu"]),
        ("asOf=1782909000000", ["Sea", "eu", "mobile", "sea", "shop"]),
    ],
)
def test_getTags__of_kind_and_prefix__has_each_once_in_order(
    tagged: Any, query: str, tags: list[str]
) -> None:
    body = tagged.request("GET", f"{TAGS}?{query}").json()
    assert (body["items"], body["totalCount"]) == (tags, len(tags))


def test_getTags__in_pages__visits_each_once(tagged: Any) -> None:
    where, visited = f"{TAGS}?limit=2&pre=&kind=project,environment", []
    while where:
        body = tagged.request("GET", where).json()
        assert body["totalCount"] == 5
        visited += body["items"]
        where = body["_links"].get("next", {}).get("href", "")
    assert visited == ["Sea", "eu", "mobile", "sea", "shop"]
    assert tagged.get(TAGS, offset=9).json()["items"] == []


@pytest.mark.parametrize(
    "query",
    ["kind=toaster", "limit=0", "limit=1001", "offset=-1", "archived=perhaps", "asOf=yesterday", "pre=%00"],
)
def test_getTags__impossible_parameter__answers_400(api: Any, query: str) -> None:
    response = api.request("GET", f"{TAGS}?{query}")
    assert response.status_code == 400
    assert response.json()["code"] == "invalid_request"


def test_getTags__removed_or_replaced__are_gone(tagged: Any) -> None:
    tagged.patch("/api/v2/projects/app", {"tags": ["phone"]})
    assert tagged.get(TAGS, kind="project").json()["items"] == ["eu", "phone", "shop"]
    tagged.delete("/api/v2/projects/web")
    assert tagged.get(TAGS).json()["items"] == ["phone"]


def test_getTags__caller_who_may_view_one_project__has_its_tags_only(tagged: Any) -> None:
    view = {"effect": "allow", "resources": ["proj/app"], "actions": ["viewProject"]}
    token = tagged.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": [view]}).json()["token"]
    assert tagged.as_token(token).get(TAGS).json()["items"] == ["eu", "mobile"]
    assert tagged.as_role("reader").get(TAGS).json()["totalCount"] == 5


def test_getTags__few_or_many__runs_as_many_statements(tagged: Any, database: Database) -> None:
    few = count_statements(database, lambda: tagged.get(TAGS))
    tagged.patch("/api/v2/projects/app", {"tags": [f"t{number}" for number in range(20)]})
    assert count_statements(database, lambda: tagged.get(TAGS)) == few
