"""Webhooks of GitHub and GitLab: who is believed, what is taken in, and that it is taken in once."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import httpx2
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from areas.insights.seeds import (
    DEPLOYMENTS,
    NOW,
    PULL_REQUESTS,
    REPOSITORIES,
    a_project,
    audit_verbs,
    tell,
)
from daybreak.app import Daybreak, build
from daybreak.areas.insights.area import jobs
from daybreak.areas.insights.facts.tables import webhook_deliveries
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

GITHUB = "/webhooks/github/web"
GITLAB = "/webhooks/gitlab/web"
EXAMPLES = Path(__file__).parents[2] / "connectors" / "data" / "github_events.json"

FIRST, MERGED = "a" * 40, "b" * 40


def at(hour: int) -> str:
    """That hour of the day before the tests' now."""
    return f"2026-06-30T{hour:02}:00:00Z"


REPOSITORY = {"full_name": "acme/shop", "html_url": "https://git.example/acme/shop", "default_branch": "main"}


def a_push(*commits: dict[str, Any], **given: Any) -> dict[str, Any]:
    pushed = {"ref": "refs/heads/main", "before": FIRST, "after": MERGED, "repository": REPOSITORY}
    return pushed | {"commits": list(commits)} | given


def a_commit(sha: str, message: str, hour: int) -> dict[str, Any]:
    return {
        "id": sha,
        "message": message,
        "timestamp": at(hour),
        "author": {"name": "Ada"},
        "modified": ["a"],
    }


def a_merged_pull_request() -> dict[str, Any]:
    pull = {
        "id": 500,
        "number": 7,
        "title": "Faster search",
        "state": "closed",
        "merged": True,
        "created_at": at(8),
        "updated_at": at(12),
        "merged_at": at(12),
        "closed_at": at(12),
        "merge_commit_sha": MERGED,
        "head": {"sha": "c" * 40, "ref": "search"},
        "base": {"sha": FIRST, "ref": "main"},
        "user": {"login": "ada", "type": "User"},
        "additions": 10,
        "deletions": 4,
        "changed_files": 2,
        "commits": 1,
        "html_url": "https://git.example/acme/shop/pull/7",
    }
    return {"action": "closed", "number": 7, "pull_request": pull, "repository": REPOSITORY}


def a_deployment_status(state: str, hour: int, environment: str = "production") -> dict[str, Any]:
    return {
        "deployment": {"id": 31, "sha": MERGED, "ref": "main", "environment": environment},
        "deployment_status": {"state": state, "environment": environment, "created_at": at(hour)},
        "repository": REPOSITORY,
    }


class Sender:
    """Sends webhooks as GitHub and GitLab do."""

    def __init__(self, app: Daybreak) -> None:
        self._client = TestClient(app, raise_server_exceptions=False)

    def post(self, path: str, body: bytes, **headers: str) -> httpx2.Response:
        named = {name.replace("_", "-").encode(): value.encode("latin-1") for name, value in headers.items()}
        response: httpx2.Response = self._client.post(path, content=body, headers=named)
        return response

    def github(self, event: str, payload: Any, **headers: str) -> httpx2.Response:
        return self.signed(json.dumps(payload).encode(), X_GitHub_Event=event, **headers)

    def signed(
        self, body: bytes, path: str = GITHUB, secret: str = "github-secret", **headers: str
    ) -> httpx2.Response:
        signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return self.post(path, body, X_Hub_Signature_256=signature, **headers)

    def gitlab(self, payload: Any, token: str = "gitlab-token", **headers: str) -> httpx2.Response:
        return self.post(GITLAB, json.dumps(payload).encode(), X_Gitlab_Token=token, **headers)


@pytest.fixture
def sender(app: Daybreak) -> Sender:
    return Sender(app)


def count_deliveries(database: Database) -> int:
    with database.reading() as db:
        return int(db.value(select(func.count()).select_from(webhook_deliveries)))


def test_postGithubWebhook__published_examples__are_all_borne(api: Any, sender: Sender) -> None:
    a_project(api)
    statuses = [
        sender.github(example["event"], example["payload"], X_GitHub_Delivery=f"d{number}").status_code
        for number, example in enumerate(json.loads(EXAMPLES.read_text("utf-8")))
    ]
    assert set(statuses) == {200, 202, 204}
    # A deployment that was only asked for, a branch removed, and all releases and workflow runs.
    assert statuses.count(204) == 14
    assert api.get(REPOSITORIES).json()["totalCount"] > 0


def test_postGithubWebhook__push_pull_request_deployment__are_linked(
    api: Any, sender: Sender, database: Database
) -> None:
    a_project(api)
    tell(api, applicationKey="shop", version=FIRST, eventTime=NOW - 3 * DAY)
    root = a_push(
        a_commit(FIRST, "Begin", 1), before="0" * 40, after=FIRST, created=True, ref="refs/heads/main"
    )
    pushed = a_push(a_commit(MERGED, "Faster search (#7)", 12))
    told = [
        sender.github("push", root, X_GitHub_Delivery="1"),
        sender.github("push", pushed, X_GitHub_Delivery="2"),
        sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="3"),
        sender.github("deployment_status", a_deployment_status("in_progress", 13), X_GitHub_Delivery="4"),
        sender.github("deployment_status", a_deployment_status("success", 14), X_GitHub_Delivery="5"),
    ]
    assert [response.status_code for response in told] == [202] * 5, [response.text for response in told]
    assert told[2].json() == {"delivery": "3", "told": ["pull request acme/shop#7 is merged"]}
    page = api.get(DEPLOYMENTS, projectKey="web", environmentKey="production", expand="pullRequests").json()
    newest = page["items"][0]
    assert (newest["applicationKey"], newest["applicationVersion"]) == ("shop", MERGED)
    assert (newest["status"], newest["durationMs"]) == ("finished", 60 * 60 * 1000)
    [pull_request] = newest["pullRequests"]["items"]
    assert (pull_request["externalId"], pull_request["linesAdded"]) == ("7", 10)
    [listed] = api.get(PULL_REQUESTS, projectKey="web", environmentKey="production").json()["items"]
    assert (listed["status"], listed["title"]) == ("deployed", "Faster search")
    [repository] = api.get(REPOSITORIES, expand="projects").json()["items"]
    assert repository == repository | {"key": "acme/shop", "type": "github", "mainBranch": "main"}
    assert [project["key"] for project in repository["projects"]["items"]] == ["web"]
    assert audit_verbs(database, "repository") == ["told of the repository"] * 5


def test_associateRepositoriesAndProjects__after_deployments__explains_them(api: Any, sender: Sender) -> None:
    for key in ("web", "apps"):
        a_project(api, key)
    root = a_push(a_commit(FIRST, "Begin", 1), before="0" * 40, after=FIRST, created=True)
    merged = a_push(a_commit(MERGED, "Faster search (#7)", 12))
    for pushed in (root, merged):
        body = json.dumps(pushed).encode()
        assert sender.signed(body, "/webhooks/github/apps", X_GitHub_Event="push").status_code == 202
    tell(api, version=FIRST, eventTime=NOW - 3 * DAY)
    second = f"{DEPLOYMENTS}/{tell(api, version=MERGED)}"
    assert api.get(second).json()["numberOfPullRequests"] == 0
    association = {"mappings": [{"repositoryKey": "acme/shop", "projectKey": "web"}]}
    assert api.put(f"{REPOSITORIES}/projects", json=association).status_code == 200
    assert api.get(second).json()["numberOfPullRequests"] == 1
    assert api.delete(f"{REPOSITORIES}/acme%2Fshop/projects/web").status_code == 204
    assert api.get(second).json()["numberOfPullRequests"] == 0


def test_postGithubWebhook__same_delivery_again__is_taken_in_once(
    api: Any, sender: Sender, database: Database
) -> None:
    a_project(api)
    first, again = (
        sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="1") for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {"delivery": "1", "told": []}
    assert audit_verbs(database, "repository") == ["told of the repository"]


def test_postGithubWebhook__no_delivery_id__is_known_by_its_body(
    api: Any, sender: Sender, database: Database
) -> None:
    a_project(api)
    first, again = (sender.github("pull_request", a_merged_pull_request()) for _ in range(2))
    assert (first.status_code, again.status_code) == (202, 200)
    assert count_deliveries(database) == 1
    too_long = sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="x" * 5000)
    assert too_long.status_code == 200
    assert count_deliveries(database) == 1


def test_postGithubWebhook__same_delivery_to_two_projects__is_taken_in_by_both(
    api: Any, sender: Sender
) -> None:
    for key in ("web", "apps"):
        a_project(api, key)
    body = json.dumps(a_merged_pull_request()).encode()
    for key in ("web", "apps"):
        sender.signed(body, f"/webhooks/github/{key}", X_GitHub_Event="pull_request", X_GitHub_Delivery="1")
        assert api.get(PULL_REQUESTS, projectKey=key).json()["totalCount"] == 1


def test_postGithubWebhook__known_already__says_that_nothing_is_new(api: Any, sender: Sender) -> None:
    a_project(api)
    sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="1")
    again = sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="2")
    assert (again.status_code, again.json()["told"]) == (200, [])


NOTHING_TOLD: list[tuple[str, Any]] = [
    ("ping", {"zen": "Keep it simple.", "repository": REPOSITORY}),
    ("issues", {"action": "opened", "repository": REPOSITORY}),
    ("push", {}),
    ("push", a_push(deleted=True)),
    ("push", [1, 2]),
    ("pull_request", {"repository": REPOSITORY}),
    ("pull_request", None),
    ("deployment_status", a_deployment_status("inactive", 13)),
    ("release", {"action": "published", "release": {"id": 1, "tag_name": "v1", "published_at": at(1)},
                 "repository": REPOSITORY}),
    ("", {}),
]  # fmt: skip


def test_postGithubWebhook__tells_nothing_of_delivery__changes_nothing(
    api: Any, sender: Sender, database: Database
) -> None:
    a_project(api)
    for event, payload in NOTHING_TOLD:
        response = sender.github(event, payload)
        assert (response.status_code, response.content) == (204, b""), (event, payload)
    assert count_deliveries(database) == 0
    assert api.get(REPOSITORIES).json()["totalCount"] == 0


def test_postGithubWebhook__environment_the_project_lacks__tells_nothing_new(
    api: Any, sender: Sender, database: Database
) -> None:
    a_project(api)
    response = sender.github("deployment_status", a_deployment_status("success", 13, "preview-12"))
    assert (response.status_code, response.json()["told"]) == (200, [])
    assert audit_verbs(database, "repository") == []


def test_postGithubWebhook__form__is_read_as_well(api: Any, sender: Sender) -> None:
    a_project(api)
    form = f"payload={quote_plus(json.dumps(a_merged_pull_request()))}".encode()
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    response = sender.signed(form, X_GitHub_Event="pull_request", Content_Type=kind)
    assert response.status_code == 202
    for wrong in (b"payload=%7B", b"other=1", b"\xff\xfe", b"", b"payload"):
        refused = sender.signed(wrong, X_GitHub_Event="pull_request", Content_Type=kind)
        assert refused.status_code == 400, wrong


MALFORMED = [b"", b"{", b"not json", b'"\xff"', b"[" * 5000, b'{"a": "\\u0000"}', b'{"number": 1e999}']


@pytest.mark.parametrize("body", MALFORMED)
def test_postGithubWebhook__malformed_body__is_refused(api: Any, sender: Sender, body: bytes) -> None:
    a_project(api)
    response = sender.signed(body, X_GitHub_Event="push")
    assert response.status_code == 400
    assert {"code", "message", "id"} <= response.json().keys()


def test_postGithubWebhook__not_from_github__is_refused(api: Any, sender: Sender, database: Database) -> None:
    a_project(api)
    body = json.dumps(a_merged_pull_request()).encode()
    event = {"X_GitHub_Event": "pull_request"}
    assert sender.post(GITHUB, body, **event).status_code == 401
    assert sender.signed(body, secret="wrong", **event).status_code == 401
    assert sender.post(GITHUB, body, X_Hub_Signature_256="sha256=", **event).status_code == 401
    assert sender.post(GITHUB, body, X_Hub_Signature_256="sha256=ÿþ", **event).status_code == 401
    # Whether a project exists is nothing strangers learn.
    assert sender.signed(body, "/webhooks/github/nowhere", secret="wrong", **event).status_code == 401
    assert sender.signed(body, "/webhooks/github/nowhere", **event).status_code == 404
    assert count_deliveries(database) == 0
    assert api.get(REPOSITORIES).json()["totalCount"] == 0


def test_postWebhook__no_secret_configured__is_refused(database: Database, clock: FixedClock) -> None:
    sender = Sender(build(Settings(database_url=database.url), database, clock))
    refused = {
        "DAYBREAK_GITHUB_WEBHOOK_SECRET": sender.signed(b"{}", secret="", X_GitHub_Event="push"),
        "DAYBREAK_GITLAB_WEBHOOK_TOKEN": sender.gitlab({}, token=""),
    }
    for variable, response in refused.items():
        assert response.status_code == 403
        assert variable in response.json()["message"]


def a_gitlab_deployment(status: str, hour: int) -> dict[str, Any]:
    return {
        "object_kind": "deployment",
        "status": status,
        "status_changed_at": f"2026-06-30 {hour:02}:00:00 UTC",
        "deployment_id": 15,
        "deployable_id": 796,
        "environment": "production",
        "environment_tier": "production",
        "short_sha": MERGED[:8],
        "commit_url": f"https://gitlab.example/acme/tools/shop/-/commit/{MERGED}",
        "project": {
            "path_with_namespace": "acme/tools/shop",
            "web_url": "https://gitlab.example/acme/tools/shop",
            "default_branch": "main",
        },
    }


def test_postGitlabWebhook__deployment__is_started_and_finished(api: Any, sender: Sender) -> None:
    a_project(api)
    first = sender.gitlab(a_gitlab_deployment("running", 9), X_Gitlab_Event_UUID="1")
    second = sender.gitlab(a_gitlab_deployment("success", 10), X_Gitlab_Event_UUID="2")
    again = sender.gitlab(a_gitlab_deployment("success", 10), X_Gitlab_Event_UUID="2")
    assert [response.status_code for response in (first, second, again)] == [202, 202, 200]
    [deployment] = api.get(DEPLOYMENTS, projectKey="web", environmentKey="production").json()["items"]
    assert deployment == deployment | {
        "applicationKey": "shop",
        "applicationVersion": MERGED,
        "status": "finished",
        "durationMs": 60 * 60 * 1000,
    }


def test_postGitlabWebhook__not_from_gitlab__is_refused(api: Any, sender: Sender) -> None:
    a_project(api)
    payload = a_gitlab_deployment("success", 10)
    assert sender.gitlab(payload, token="wrong").status_code == 401
    assert sender.post(GITLAB, json.dumps(payload).encode()).status_code == 401
    assert sender.gitlab({"object_kind": "note"}).status_code == 204
    assert sender.post(GITLAB, b"{", X_Gitlab_Token="gitlab-token").status_code == 400


def test_forgetOldDeliveries__after_a_month__are_forgotten(
    api: Any, sender: Sender, database: Database, clock: FixedClock
) -> None:
    a_project(api)
    sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="1")
    clock.advance(30 * DAY)
    sender.github("pull_request", a_merged_pull_request(), X_GitHub_Delivery="2")
    clock.advance(1)
    [job] = [job for job in jobs() if "deliveries" in job.name]
    with database.writing() as db:
        job.run(db, clock.now())
    assert count_deliveries(database) == 1
