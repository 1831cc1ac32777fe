"""GitHub's pull request events."""

from __future__ import annotations

from typing import Any

import pytest

from daybreak.connectors.facts import (
    Fact,
    Nothing,
    Provider,
    PullRequestSeen,
    PullRequestState,
    RepositorySeen,
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


def a_pull_request(action: str = "opened", **fields: Json) -> Json:
    pull = {
        "id": 900,
        "number": 12,
        "title": "Add a door",
        "state": "open",
        "draft": False,
        "merged": False,
        "merged_at": None,
        "created_at": "2024-05-01T10:00:00Z",
        "updated_at": "2024-05-02T10:00:00Z",
        "closed_at": None,
        "user": {"login": "robin", "type": "User"},
        "base": {"ref": "main", "sha": SHA},
        "head": {"ref": "door", "sha": OTHER},
        "merge_commit_sha": THIRD,
        "additions": 10,
        "deletions": 2,
        "changed_files": 3,
        "commits": 4,
        "labels": [{"name": "bug"}, {"name": None}, "odd"],
        "html_url": "https://example.invalid/acme/web/pull/12",
    }
    return {"action": action, "number": 12, "pull_request": pull | fields}


def test_parse_pull_request__opened__is_read_whole() -> None:
    assert only("pull_request", a_pull_request()) == PullRequestSeen(
        repository=RepositorySeen(Provider.GITHUB, "acme/web", "https://example.invalid/acme/web", "main"),
        action="opened",
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
        base_sha=SHA,
        head_branch="door",
        head_sha=OTHER,
        merge_sha=None,
        squash_sha=None,
        additions=10,
        deletions=2,
        changed_files=3,
        commit_count=4,
        labels=("bug",),
        url="https://example.invalid/acme/web/pull/12",
    )


MERGED = {"merged": True, "merged_at": "2024-05-03T10:00:00Z", "state": "closed"}


@pytest.mark.parametrize(
    ("fields", "state", "merge_sha"),
    [
        ({}, "open", None),  # a trial merge
        ({"state": "closed"}, "closed", None),
        (MERGED, "merged", THIRD),
        (MERGED | {"merge_commit_sha": None}, "merged", None),
        ({"merged": None, "merged_at": "2024-05-03T10:00:00Z"}, "merged", THIRD),
    ],
)
def test_parse_pull_request__merge_commit__counts_only_once_merged(
    fields: Json, state: str, merge_sha: str | None
) -> None:
    seen = only("pull_request", a_pull_request("closed", **fields))
    assert isinstance(seen, PullRequestSeen)
    assert (seen.state, seen.merge_sha) == (state, merge_sha)


@pytest.mark.parametrize(
    ("action", "is_draft", "ready_at"),
    [
        ("opened", False, "2024-05-01T10:00:00Z"),
        ("opened", True, None),
        ("ready_for_review", False, "2024-05-02T10:00:00Z"),
        ("converted_to_draft", True, None),
        ("synchronize", False, None),
    ],
)
def test_parse_pull_request__ready_time__is_told_by_the_event_that_made_it_so(
    action: str, ready_at: str | None, *, is_draft: bool
) -> None:
    seen = only("pull_request", a_pull_request(action, draft=is_draft))
    assert isinstance(seen, PullRequestSeen)
    assert seen.ready_at == (instant(ready_at) if ready_at else None)


@pytest.mark.parametrize(
    ("user", "is_bot"),
    [
        ({"login": "robin", "type": "User"}, False),
        ({"login": "renovate", "type": "Bot"}, True),
        ({"login": "dependabot[bot]"}, True),
        (None, False),
    ],
)
def test_parse_pull_request__author__may_be_a_bot(user: Json, *, is_bot: bool) -> None:
    seen = only("pull_request", a_pull_request(user=user))
    assert isinstance(seen, PullRequestSeen)
    assert seen.author_is_bot is is_bot


def test_parse_pull_request__hardly_any_field__is_still_seen() -> None:
    seen = only("pull_request", {"number": 12})
    assert isinstance(seen, PullRequestSeen)
    assert (seen.number, seen.external_id, seen.title, seen.state) == (12, "acme/web#12", "", "open")
    assert reason("pull_request", {"pull_request": {"number": "12"}}) == "the pull request has no number"


def test_parse_pull_request__address_of_another_kind__is_no_link() -> None:
    seen = only("pull_request", a_pull_request(html_url="javascript:alert(1)"))
    assert isinstance(seen, PullRequestSeen)
    assert seen.url is None
