"""What other areas tell: applications, projects and environments that their facts name."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from daybreak.areas.projects.intake import ensure_application, ensure_project_and_environment
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.errors import ValidationFailed
from statements import list_audit, statements

SHOP = "/api/v2/applications/shop"
VERSIONS = f"{SHOP}/versions"


def _keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


def test_ensure_application__known_already__reads_once_and_changes_nothing(
    api: Any, known: Callable[..., None], database: Database, clock: FixedClock
) -> None:
    known("shop", "1.0", "The Shop", "mobile", "First")
    before = (api.get(SHOP).json(), api.get(VERSIONS).json())
    with database.reading() as db:
        revision = read_revision(db)
    clock.advance(1_000)
    with statements(database) as seen, database.writing() as db:
        ensure_application(db, "shop", "Another", "server", "1.0", "Second", clock.at, clock.at)
    assert len([statement for statement in seen if not statement.startswith("BEGIN")]) == 1
    assert (api.get(SHOP).json(), api.get(VERSIONS).json()) == before
    with database.reading() as db:
        assert read_revision(db) == revision


def test_ensure_application__same_fact_at_once__is_known_once(api: Any, known: Callable[..., None]) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: known("shop", f"1.{n % 2}"), range(8)))
    assert _keys(api.get("/api/v2/applications")) == ["shop"]
    assert sorted(_keys(api.get(VERSIONS))) == ["1.0", "1.1"]


def test_ensure_environment__no_project__makes_it_with_that_environment(
    api: Any, call_as_admin: Callable[[], Any], database: Database
) -> None:
    with call_as_admin() as call:
        ensure_project_and_environment(call, "web", "production")
    assert api.get("/api/v2/projects/web").json()["name"] == "web"
    [environment] = api.get("/api/v2/projects/web/environments").json()["items"]
    assert (environment["key"], environment["name"]) == ("production", "Production")
    assert environment["critical"] is True
    assert [entry.actor_name for entry in list_audit(database, "project")] == ["the tests"]


def test_ensure_environment__project_without_it__adds_it_once(
    api: Any, call_as_admin: Callable[[], Any], database: Database
) -> None:
    for key in ("production", "coast", "coast"):
        with call_as_admin() as call:
            ensure_project_and_environment(call, "web", key)
    items = api.get("/api/v2/projects/web/environments", sort="name").json()["items"]
    assert sorted((item["key"], item["critical"]) for item in items) == [
        ("coast", False),
        ("production", True),
    ]
    assert len(list_audit(database, "environment")) == 2


@pytest.mark.parametrize(("project", "environment"), [("no key", "test"), ("web", "no key"), ("", "test")])
def test_ensure_environment__key_that_cannot_be__is_refused(
    api: Any, call_as_admin: Callable[[], Any], project: str, environment: str
) -> None:
    with pytest.raises(ValidationFailed), call_as_admin() as call:
        ensure_project_and_environment(call, project, environment)
    assert api.get("/api/v2/projects").json()["totalCount"] == 0
