"""GitLab's events, in the shapes its documentation gives them, in both of its date formats."""

from __future__ import annotations

from typing import Any

import pytest

from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    DeploymentStatus,
    Fact,
    Nothing,
    Provider,
    PullRequestSeen,
    PullRequestState,
    RepositorySeen,
    TagPushed,
)
from daybreak.connectors.gitlab import parse_gitlab
from daybreak.connectors.payload import read_instant

Json = Any

ADDRESS = "https://example.invalid/acme/tools/web"
PROJECT = {"path_with_namespace": "acme/tools/web", "default_branch": "main", "web_url": ADDRESS}
SHA, OTHER, ZEROS = "a" * 40, "b" * 40, "0" * 40


def instant(text: str) -> int:
    found = read_instant(text)
    assert found is not None
    return found


def only(kind: str, payload: Json) -> Fact:
    reading = parse_gitlab({"object_kind": kind, "project": PROJECT} | payload)
    assert isinstance(reading, tuple)
    assert len(reading) == 1
    return reading[0]


def reason(kind: str, payload: Json) -> str:
    reading = parse_gitlab({"object_kind": kind, "project": PROJECT} | payload)
    assert isinstance(reading, Nothing)
    return reading.reason


def a_merge_request(action: str = "open", *, around: Json = None, **fields: Json) -> Json:
    attributes = {
        "id": 900,
        "iid": 12,
        "title": "Add a door",
        "state": "opened",
        "action": action,
        "draft": False,
        "author_id": 3,
        "created_at": "2024-05-01 10:00:00 UTC",
        "updated_at": "2024-05-02T10:00:00Z",
        "source_branch": "door",
        "target_branch": "main",
        "last_commit": {"id": OTHER, "timestamp": "2024-05-01T09:00:00Z"},
        "url": f"{ADDRESS}/-/merge_requests/12",
    }
    actor = {"id": 3, "username": "robin"}
    return {"object_attributes": attributes | fields, "user": actor, "labels": [{"title": "bug"}]} | (
        around or {}
    )


def a_deployment(status: str = "success", **fields: Json) -> Json:
    return {
        "status": status,
        "status_changed_at": "2024-05-02 12:00:00 +0200",
        "deployment_id": 15,
        "deployable_id": 796,
        "deployable_url": f"{ADDRESS}/-/jobs/796",
        "environment": "production",
        "environment_tier": "production",
        "short_sha": SHA[:8],
        "commit_url": f"{ADDRESS}/-/commit/{SHA}",
        "ref": "main",
    } | fields


def a_job(status: str = "success", *, environment: Json = None, **fields: Json) -> Json:
    place = {"name": "production", "action": "start", "deployment_tier": "production"}
    return {
        "id": 796,
        "status": status,
        "started_at": "2024-05-02 09:59:00 UTC",
        "finished_at": "2024-05-02 10:00:00 UTC",
        "environment": place | (environment or {}),
    } | fields


@pytest.mark.parametrize("kind", ["note", "issue", "feature_flag", "", None, 7])
def test_parse__other_event__tells_nothing(kind: Json) -> None:
    reading = parse_gitlab({"object_kind": kind, "project": PROJECT})
    assert isinstance(reading, Nothing)
    assert "tells nothing" in reading.reason


def test_parse__no_project__tells_nothing() -> None:
    assert parse_gitlab({"object_kind": "push"}) == Nothing("the event names no project")


def test_parse_merge_request__opened__is_read_whole() -> None:
    assert only("merge_request", a_merge_request()) == PullRequestSeen(
        repository=RepositorySeen(Provider.GITLAB, "acme/tools/web", ADDRESS, "main"),
        action="open",
        seen_at=instant("2024-05-02T10:00:00Z"),
        number=12,
        external_id="900",
        title="Add a door",
        state=PullRequestState.OPEN,
        is_draft=False,
        author="robin",
        author_is_bot=False,
        created_at=instant("2024-05-01T10:00:00Z"),
        ready_at=instant("2024-05-01T10:00:00Z"),
        merged_at=None,
        closed_at=None,
        base_branch="main",
        base_sha=None,
        head_branch="door",
        head_sha=OTHER,
        merge_sha=None,
        squash_sha=None,
        additions=None,
        deletions=None,
        changed_files=None,
        commit_count=None,
        labels=("bug",),
        url=f"{ADDRESS}/-/merge_requests/12",
    )


def test_parse_merge_request__merged__has_its_time_and_commits() -> None:
    fields = {"state": "merged", "merge_commit_sha": SHA, "squash_commit_sha": OTHER}
    seen = only("merge_request", a_merge_request("merge", **fields))
    assert isinstance(seen, PullRequestSeen)
    assert (seen.state, seen.merge_sha, seen.squash_sha) == ("merged", SHA, OTHER)
    assert seen.merged_at == seen.closed_at == instant("2024-05-02T10:00:00Z")
    later = only("merge_request", a_merge_request("update", state="merged"))
    assert isinstance(later, PullRequestSeen)
    assert (later.merged_at, later.merge_sha) == (None, None)


def test_parse_merge_request__closed__was_not_merged() -> None:
    seen = only("merge_request", a_merge_request("close", state="closed", merge_commit_sha=SHA))
    assert isinstance(seen, PullRequestSeen)
    assert (seen.state, seen.merged_at, seen.merge_sha) == ("closed", None, None)
    assert seen.closed_at == instant("2024-05-02T10:00:00Z")


@pytest.mark.parametrize("name", ["draft", "work_in_progress"])
def test_parse_merge_request__no_longer_a_draft__is_ready_now(name: str) -> None:
    changes = {"changes": {name: {"previous": True, "current": False}}}
    ready = only("merge_request", a_merge_request("update", around=changes))
    still = only("merge_request", a_merge_request("open", **{name: True}))
    other = only("merge_request", a_merge_request("update", around={"changes": {"title": {}}}))
    assert isinstance(ready, PullRequestSeen)
    assert isinstance(still, PullRequestSeen)
    assert isinstance(other, PullRequestSeen)
    assert (ready.ready_at, ready.is_draft) == (instant("2024-05-02T10:00:00Z"), False)
    assert (still.ready_at, still.is_draft) == (None, True)
    assert other.ready_at is None


@pytest.mark.parametrize(
    ("actor", "author", "is_bot"),
    [
        ({"id": 3, "username": "robin"}, "robin", False),
        ({"id": 4, "username": "somebody-else"}, None, False),
        ({"id": 3, "username": "project_12_bot_4f3a"}, "project_12_bot_4f3a", True),
        ({"id": 3, "username": "group_7_bot"}, "group_7_bot", True),
        (None, None, False),
    ],
)
def test_parse_merge_request__author__is_known_only_when_they_acted(
    actor: Json, author: str | None, *, is_bot: bool
) -> None:
    seen = only("merge_request", a_merge_request(around={"user": actor}))
    assert isinstance(seen, PullRequestSeen)
    assert (seen.author, seen.author_is_bot) == (author, is_bot)


def test_parse_merge_request__no_number__tells_nothing() -> None:
    assert reason("merge_request", a_merge_request(iid=None)) == "the merge request has no number"


def test_parse_push__more_commits_than_listed__is_not_complete() -> None:
    commit = {
        "id": SHA,
        "message": "Merge branch 'door' into 'main'\n\nSee merge request acme/tools/web!12",
        "timestamp": "2024-05-02T12:00:00+02:00",
        "author": {"name": "Robin", "email": "robin@example.invalid"},
        "added": ["a"],
        "modified": [],
        "removed": [],
    }
    payload = {"ref": "refs/heads/main", "before": ZEROS, "after": SHA, "commits": [commit]}
    pushed = only("push", payload | {"total_commits_count": 1})
    assert isinstance(pushed, CommitsPushed)
    assert (pushed.branch, pushed.is_default_branch, pushed.before, pushed.is_complete) == (
        "main",
        True,
        None,
        True,
    )
    assert (pushed.commits[0].marks.merge_request, pushed.commits[0].paths) == (12, ("a",))
    more = only("push", payload | {"total_commits_count": 21})
    assert isinstance(more, CommitsPushed)
    assert not more.is_complete


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("push", {"ref": "refs/heads/main", "after": ZEROS}),
        ("push", {"ref": "refs/tags/v1", "after": SHA}),
        ("tag_push", {"ref": "refs/tags/v1", "after": ZEROS, "checkout_sha": None}),
        ("tag_push", {"ref": "refs/heads/v1", "checkout_sha": SHA}),
    ],
)
def test_parse_push__nothing_arrived__tells_nothing(kind: str, payload: Json) -> None:
    assert reason(kind, payload)


def test_parse_tag_push__annotated__names_the_commit() -> None:
    commits = [{"id": SHA, "timestamp": "2024-05-02T10:00:00Z"}]
    payload = {"ref": "refs/tags/v1", "after": OTHER, "checkout_sha": SHA}
    for listed, time_ms in ((commits, instant("2024-05-02T10:00:00Z")), ([], None)):
        tagged = only("tag_push", payload | {"commits": listed})
        assert isinstance(tagged, TagPushed)
        assert (tagged.tag, tagged.sha, tagged.time_ms) == ("v1", SHA, time_ms)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("created", None),
        ("blocked", None),
        ("running", "started"),
        ("success", "finished"),
        ("failed", "failed"),
        ("canceled", None),
    ],
)
def test_parse_deployment__status__maps_to_status(status: str, expected: str | None) -> None:
    if expected is None:
        assert "neither starts nor ends" in reason("deployment", a_deployment(status))
    else:
        seen = only("deployment", a_deployment(status))
        assert isinstance(seen, DeploymentSeen)
        assert seen.status == expected


def test_parse_deployment__pipeline_tells_the_same__they_share_one_id() -> None:
    seen = only("deployment", a_deployment())
    pipeline = {"object_attributes": {"sha": SHA, "ref": "main"}, "builds": [a_job()]}
    told_again = only("pipeline", pipeline)
    assert isinstance(seen, DeploymentSeen)
    assert isinstance(told_again, DeploymentSeen)
    assert seen.external_id == told_again.external_id == "job-796"
    assert seen.time_ms == told_again.time_ms == instant("2024-05-02T10:00:00Z")
    assert (seen.sha, seen.environment, seen.is_production) == (SHA, "production", True)
    assert (told_again.sha, told_again.environment, told_again.is_production) == (SHA, "production", True)


def test_parse_deployment__partial__takes_what_there_is() -> None:
    seen = only("deployment", a_deployment(deployable_id=None, commit_url=None, environment_tier=None))
    assert isinstance(seen, DeploymentSeen)
    assert (seen.external_id, seen.sha, seen.is_production) == ("15", SHA[:8], None)
    assert "lacks" in reason("deployment", a_deployment(commit_url=None, short_sha="main"))
    assert "lacks" in reason("deployment", a_deployment(environment=""))
    assert "lacks" in reason("deployment", a_deployment(status_changed_at=None))


def test_parse_pipeline__jobs__only_those_that_deploy_count() -> None:
    jobs = [
        a_job("failed", id=1, environment={"name": "staging", "deployment_tier": None}),
        a_job("running", id=2, finished_at=None),
        a_job("running", id=3, started_at=None),
        a_job(id=4, environment={"action": "stop"}),
        a_job("manual", id=5),
        a_job("canceled", id=6),
        a_job(id=7, environment={"name": None}),
        {"id": 8, "status": "success", "environment": None},
        "odd",
    ]
    reading = parse_gitlab(
        {"object_kind": "pipeline", "project": PROJECT, "object_attributes": {"sha": SHA}, "builds": jobs}
    )
    assert isinstance(reading, tuple)
    assert [
        (seen.external_id, seen.status, seen.environment)
        for seen in reading
        if isinstance(seen, DeploymentSeen)
    ] == [
        ("job-1", DeploymentStatus.FAILED, "staging"),
        ("job-2", DeploymentStatus.STARTED, "production"),
    ]


def test_parse_pipeline__no_job_deploys__tells_nothing() -> None:
    assert "no job" in reason("pipeline", {"object_attributes": {"sha": SHA}, "builds": []})
    assert "lacks its commit" in reason("pipeline", {"object_attributes": {}, "builds": [a_job()]})
