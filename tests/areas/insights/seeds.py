"""What tests of insights begin with: a project, deployments told by events, pull requests put in as facts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from sqlalchemy import event, select

from daybreak.areas.insights.facts.changes import PULL_REQUEST, ChangeFact, change_id
from daybreak.areas.insights.facts.repositories import associate, ensure_repository
from daybreak.areas.insights.facts.stored_changes import store_pull_requests
from daybreak.areas.insights.facts.tables import deployment_changes, deployments
from daybreak.areas.projects.queries import project
from daybreak.platform.audit import audit_entries
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Database
from daybreak.rest.call import Call

INSIGHTS = "/api/v2/engineering-insights"
DEPLOYMENTS = f"{INSIGHTS}/deployments"
EVENTS = f"{INSIGHTS}/deployment-events"
PULL_REQUESTS = f"{INSIGHTS}/pull-requests"
REPOSITORIES = f"{INSIGHTS}/repositories"

NOW = 1_782_909_000_000


def a_project(api: Any, key: str = "web") -> None:
    """With the environments `test` and `production`."""
    assert api.post("/api/v2/projects", json={"key": key, "name": key.title()}).status_code == 201


def an_event(**given: Any) -> dict[str, Any]:
    """Something finished an hour ago, unless told otherwise."""
    return {
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKey": "checkout",
        "version": "1.0",
        "eventType": "finished",
        "eventTime": NOW - HOUR,
    } | given


def tell(api: Any, **given: Any) -> str:
    """Posts an event; the id of the deployment it belongs to."""
    response: httpx2.Response = api.post(EVENTS, json=an_event(**given))
    assert response.status_code == 201, response.text
    return str(response.json()["_links"]["self"]["href"].rsplit("/", 1)[1])


def a_repository(call: Call, key: str = "acme/shop", *, project_key: str = "web") -> str:
    id = ensure_repository(call.db, key, "github", f"https://git.example/{key}", "main", call.now)
    associate(call.db, id, project(call.db, project_key).id)
    return id


def a_pull_request(call: Call, repository_id: str, number: int, **given: Any) -> str:
    """Merged two days ago, unless told otherwise; its id."""
    id = change_id(repository_id, PULL_REQUEST, str(number))
    known: dict[str, Any] = {
        "title": f"Change {number}",
        "author": "ada",
        "status": "merged",
        "created_at": NOW - 3 * DAY,
        "merged_at": NOW - 2 * DAY,
        "listed_at": NOW - 2 * DAY,
        "merge_sha": f"{number:040x}",
        "lines_added": 5,
        "lines_deleted": 3,
        "files_changed": 2,
        "url": f"https://git.example/pull/{number}",
    }
    fact = ChangeFact(
        id=id,
        repository_id=repository_id,
        kind=PULL_REQUEST,
        external_id=str(number),
        **(known | given),
    )
    store_pull_requests(call.db, repository_id, [fact])
    return id


def delivered(call: Call, change: str, deployment: str, **given: Any) -> None:
    """Says that the deployment was the first to bring the change: 8 hours after work on it began."""
    row = call.db.first(select(deployments).where(deployments.c.id == deployment))
    assert row is not None
    stages = {"lead_ms": 8 * HOUR, "coding_ms": 2 * HOUR, "review_ms": 3 * HOUR, "wait_ms": 2 * HOUR}
    call.db.insert(
        deployment_changes,
        [
            {
                "deployment_id": deployment,
                "change_id": change,
                "project_id": row.project_id,
                "environment_id": row.environment_id,
                "application_key": row.application_key,
                "ended_at": row.ended_at,
                "is_bot": False,
                "is_first": True,
                "is_partial": False,
                "is_clipped": False,
                **stages,
                "deploy_ms": HOUR,
                **given,
            }
        ],
    )


@contextmanager
def counted_queries(database: Database) -> Iterator[list[str]]:
    """The statements that are executed inside the block."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def audit_verbs(database: Database, kind: str) -> list[str]:
    """What the audit log says was done to resources of a kind, in the alphabet's order."""
    statement = select(audit_entries.c.title_verb).where(audit_entries.c.kind == kind)
    with database.reading() as db:
        return sorted(row.title_verb for row in db.rows(statement))


def follow(api: Any, page: httpx2.Response, name: str) -> httpx2.Response:
    """The page that a link of this one leads to."""
    response: httpx2.Response = api.request("GET", page.json()["_links"][name]["href"])
    return response


def narrowed(api: Any, *statements: dict[str, Any]) -> Any:
    """Another caller, whose token has these policy statements."""
    body = {"name": "narrow", "serviceToken": True, "inlineRole": list(statements)}
    response = api.post("/api/v2/tokens", json=body)
    assert response.status_code == 201, response.text
    return api.as_token(response.json()["token"])


def for_another_project(api: Any) -> Any:
    """A caller who may do everything, but elsewhere."""
    everything_there = ["proj/elsewhere", "proj/elsewhere:env/*", "proj/elsewhere:env/*:deployment/*"]
    return narrowed(api, {"effect": "allow", "resources": everything_there, "actions": ["*"]})
