"""GitHub's events about what was pushed, deployed, run and released."""

from __future__ import annotations

from typing import Any

import pytest

from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    Fact,
    Nothing,
    ReleasePublished,
    TagPushed,
    WorkflowRunSeen,
)
from daybreak.connectors.github import parse_github
from daybreak.connectors.payload import read_instant

Json = Any

REPOSITORY = {
    "full_name": "acme/web",
    "default_branch": "main",
    "html_url": "https://example.invalid/acme/web",
}
SHA, OTHER, THIRD, ZEROS = "a" * 40, "b" * 40, "c" * 40, "0" * 40


def instant(text: str) -> int:
    found = read_instant(text)
    assert found is not None
    return found


def only(event: str, payload: Json) -> Fact:
    reading = parse_github(event, {"repository": REPOSITORY} | payload)
    assert isinstance(reading, tuple)
    assert len(reading) == 1
    return reading[0]


def reason(event: str, payload: Json) -> str:
    reading = parse_github(event, {"repository": REPOSITORY} | payload)
    assert isinstance(reading, Nothing)
    return reading.reason


def a_status(state: str = "success", *, deployment: Json = None, **fields: Json) -> Json:
    made = {"id": 31, "sha": SHA, "ref": "main", "task": "deploy", "environment": "production"}
    report = {"id": 77, "state": state, "environment": "production", "created_at": "2024-05-02T10:00:00Z"}
    return {"deployment": made | (deployment or {}), "deployment_status": report | fields}


def a_run(**fields: Json) -> Json:
    run = {
        "id": 55,
        "name": "Ship",
        "path": ".github/workflows/ship.yml",
        "event": "push",
        "head_branch": "main",
        "head_sha": SHA,
        "status": "completed",
        "conclusion": "success",
        "run_attempt": 1,
        "run_started_at": "2024-05-02T10:00:00Z",
        "updated_at": "2024-05-02T10:05:00Z",
    }
    return {"workflow_run": run | fields}


def a_push(**fields: Json) -> Json:
    return {"ref": "refs/heads/main", "before": OTHER, "after": SHA, "commits": []} | fields


def test_parse_push__branch__lists_its_commits() -> None:
    commit = {
        "id": SHA.upper(),
        "timestamp": "2024-05-02T12:00:00+02:00",
        "message": "Undo the door (#13)\n\nReverts acme/web#12\n",
        "author": {"name": "Renovate", "username": "renovate[bot]"},
        "added": ["a"],
        "removed": ["b"],
        "modified": ["a", "c", 7],
    }
    pushed = only("push", a_push(forced=True, commits=[commit, {"id": "short"}, None]))
    assert isinstance(pushed, CommitsPushed)
    assert (pushed.branch, pushed.is_default_branch, pushed.before, pushed.after) == (
        "main",
        True,
        OTHER,
        SHA,
    )
    assert (pushed.is_forced, pushed.is_complete, len(pushed.commits)) == (True, True, 1)
    found = pushed.commits[0]
    assert (found.sha, found.authored_at) == (SHA, instant("2024-05-02T10:00:00Z"))
    assert (found.author, found.author_is_bot) == ("Renovate", True)
    assert (found.subject, found.marks.reverted_pull_requests) == ("Undo the door (#13)", (12,))
    assert found.paths == ("a", "b", "c")


def test_parse_push__new_topic_branch__has_nothing_before_it() -> None:
    pushed = only("push", a_push(ref="refs/heads/topic/door", before=ZEROS))
    assert isinstance(pushed, CommitsPushed)
    assert (pushed.branch, pushed.is_default_branch, pushed.before) == ("topic/door", False, None)


def test_parse_push__as_many_commits_as_are_ever_listed__is_not_complete() -> None:
    pushed = only("push", a_push(commits=[{"id": f"{number:040x}"} for number in range(1, 2049)]))
    assert isinstance(pushed, CommitsPushed)
    assert not pushed.is_complete


def test_parse_push__tag__names_the_commit_and_not_the_tag_object() -> None:
    head = {"id": OTHER, "timestamp": "2024-05-02T10:00:00Z"}
    tagged = only("push", a_push(ref="refs/tags/web/v1", head_commit=head))
    assert isinstance(tagged, TagPushed)
    assert (tagged.tag, tagged.sha, tagged.time_ms) == ("web/v1", OTHER, instant("2024-05-02T10:00:00Z"))
    bare = only("push", a_push(ref="refs/tags/web/v1", head_commit=None))
    assert isinstance(bare, TagPushed)
    assert (bare.sha, bare.time_ms) == (SHA, None)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"after": ZEROS}, "removed"),
        ({"deleted": True}, "removed"),
        ({"after": 7}, "removed"),
        ({"ref": "refs/notes/x"}, "neither a branch nor a tag"),
        ({"ref": None}, "neither a branch nor a tag"),
    ],
)
def test_parse_push__nothing_arrived__tells_nothing(fields: Json, why: str) -> None:
    assert why in reason("push", a_push(**fields))


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("queued", None),
        ("pending", None),
        ("waiting", None),
        ("in_progress", "started"),
        ("success", "finished"),
        ("failure", "failed"),
        ("error", "failed"),
        ("inactive", None),  # superseded, not failed
        ("new-fangled", None),
        (None, None),
    ],
)
def test_parse_deployment_status__state__maps_to_status(state: str, status: str | None) -> None:
    if status is None:
        assert "neither starts nor ends" in reason("deployment_status", a_status(state))
    else:
        seen = only("deployment_status", a_status(state))
        assert isinstance(seen, DeploymentSeen)
        assert seen.status == status


def test_parse_deployment_status__success__is_read_whole() -> None:
    payload = a_status(
        deployment={"production_environment": True, "environment": "old-name"},
        target_url="https://example.invalid/log",
    )
    seen = only("deployment_status", payload)
    assert isinstance(seen, DeploymentSeen)
    assert (seen.external_id, seen.sha, seen.ref, seen.task) == ("31", SHA, "main", "deploy")
    assert (seen.environment, seen.is_production) == ("production", True)
    assert (seen.time_ms, seen.url) == (instant("2024-05-02T10:00:00Z"), "https://example.invalid/log")
    unnamed = only("deployment_status", a_status(environment="", created_at=None, updated_at="2024-05-03"))
    assert isinstance(unnamed, DeploymentSeen)
    assert (unnamed.environment, unnamed.time_ms) == ("production", instant("2024-05-03T00:00:00Z"))


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        (a_status(deployment={"transient_environment": True}), "transient"),
        (a_status(deployment={"sha": "main"}), "lacks"),
        (a_status(deployment={"id": None}), "lacks"),
        (a_status(deployment={"environment": None}, environment=None), "lacks"),
        (a_status(created_at="yesterday"), "lacks"),
    ],
)
def test_parse_deployment_status__transient_or_partial__tells_nothing(payload: Json, why: str) -> None:
    assert why in reason("deployment_status", payload)


def test_parse_deployment__only_asked_for__tells_nothing() -> None:
    assert "was asked for" in reason("deployment", a_status())


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "finished"),
        ({"conclusion": "failure"}, "failed"),
        ({"conclusion": "timed_out"}, "failed"),
        ({"conclusion": "startup_failure"}, "failed"),
        ({"conclusion": "cancelled"}, None),
        ({"conclusion": "skipped"}, None),
        ({"conclusion": "neutral"}, None),
        ({"conclusion": "stale"}, None),
        ({"conclusion": "action_required"}, None),
        ({"conclusion": None}, None),
        ({"status": "queued", "conclusion": None}, None),
        ({"status": "in_progress", "conclusion": None}, "started"),
        ({"head_sha": None}, None),
        ({"id": None}, None),
        ({"updated_at": None}, None),
    ],
)
def test_parse_workflow_run__conclusion__maps_to_status(fields: Json, status: str | None) -> None:
    reading = parse_github("workflow_run", {"repository": REPOSITORY} | a_run(**fields))
    if status is None:
        assert isinstance(reading, Nothing)
    else:
        assert isinstance(reading, tuple)
        assert isinstance(reading[0], WorkflowRunSeen)
        assert reading[0].status == status


def test_parse_workflow_run__run_again__is_another_run() -> None:
    first, again = (only("workflow_run", a_run(run_attempt=attempt)) for attempt in (1, 2))
    assert isinstance(first, WorkflowRunSeen)
    assert isinstance(again, WorkflowRunSeen)
    assert (first.external_id, again.external_id, again.attempt) == ("55-1", "55-2", 2)
    assert (first.workflow, first.path, first.branch) == ("Ship", ".github/workflows/ship.yml", "main")
    assert (first.started_at, first.time_ms) == (
        instant("2024-05-02T10:00:00Z"),
        instant("2024-05-02T10:05:00Z"),
    )


RELEASE = {"id": 5, "tag_name": "v1", "target_commitish": "main", "published_at": "2024-05-02T10:00:00Z"}


def test_parse_release__published__names_a_version() -> None:
    release = only("release", {"action": "published", "release": RELEASE | {"prerelease": True}})
    assert isinstance(release, ReleasePublished)
    assert (release.tag, release.target, release.is_prerelease) == ("v1", "main", True)
    assert release.time_ms == instant("2024-05-02T10:00:00Z")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("released", {}),
        ("created", {}),
        ("edited", {}),
        ("published", {"draft": True}),
        ("published", {"tag_name": ""}),
        ("published", {"published_at": None}),
    ],
)
def test_parse_release__not_newly_published__tells_nothing(action: str, fields: Json) -> None:
    assert reason("release", {"action": action, "release": RELEASE | fields})
