"""What flows begin with, not made through the client: what that calls is counted."""

from typing import Any

import requests

from system.programs import TOKEN

GITLAB_TOKEN = "what-gitlab-and-this-server-know"


def a_project(address: str, key: str) -> None:
    body = {"key": key, "name": key.title(), "tags": [f"{key}-tag"]}
    made = requests.post(
        f"{address}/api/v2/projects", json=body, headers={"Authorization": TOKEN}, timeout=30
    )
    assert made.status_code == 201


def a_role(address: str, key: str) -> str:
    """The id of a custom role."""
    flags = {"effect": "allow", "resources": ["proj/shop:env/production:flag/*"], "actions": ["updateOn"]}
    made = requests.post(
        f"{address}/api/v2/roles",
        json={"key": key, "name": key.title(), "policy": [flags]},
        headers={"Authorization": TOKEN},
        timeout=30,
    )
    assert made.status_code == 201, made.text
    return str(made.json()["_id"])


def a_member(address: str, email: str) -> str:
    """The id of a reader."""
    made = requests.post(
        f"{address}/api/v2/members",
        json=[{"email": email, "role": "reader"}],
        headers={"Authorization": TOKEN},
        timeout=30,
    )
    assert made.status_code == 201, made.text
    return str(made.json()["items"][0]["_id"])


def a_flag(address: str, project: str, key: str, **given: Any) -> list[str]:
    """The ids of its variations."""
    made = requests.post(
        f"{address}/api/v2/flags/{project}",
        json={"key": key, "name": key.title()} | given,
        headers={"Authorization": TOKEN},
        timeout=30,
    )
    assert made.status_code == 201, made.text
    return [variation["_id"] for variation in made.json()["variations"]]


def a_merge_request(address: str, project: str) -> None:
    """As GitLab tells of it, once it is merged."""
    url = "https://git.example/acme/shop"
    merge_request: Any = {
        "object_kind": "merge_request",
        "project": {"path_with_namespace": "acme/shop", "web_url": url, "default_branch": "main"},
        "user": {"username": "ada", "name": "Ada"},
        "object_attributes": {
            "iid": 7,
            "title": "Faster tills",
            "state": "merged",
            "action": "merge",
            "url": f"{url}/-/merge_requests/7",
            "created_at": "2026-06-01 10:00:00 UTC",
            "updated_at": "2026-06-02 10:00:00 UTC",
            "target_branch": "main",
            "source_branch": "tills",
            "last_commit": {"id": "a" * 40, "timestamp": "2026-06-01T09:00:00Z", "author": {"name": "Ada"}},
            "merge_commit_sha": "b" * 40,
        },
    }
    headers = {"X-Gitlab-Token": GITLAB_TOKEN, "X-Gitlab-Event": "Merge Request Hook"}
    answer = requests.post(
        f"{address}/webhooks/gitlab/{project}", json=merge_request, headers=headers, timeout=30
    )
    assert answer.ok, answer.text
