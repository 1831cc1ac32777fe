"""GitHub's events as published for others to test with, and those that are not for us."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from daybreak.connectors.facts import Nothing, PullRequestSeen
from daybreak.connectors.github import parse_github
from daybreak.connectors.payload import read_instant

Json = Any

EXAMPLES = json.loads((Path(__file__).parent / "data" / "github_events.json").read_text("utf-8"))


def test_parse__published_examples__are_all_understood() -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    for example in EXAMPLES:
        reading = parse_github(example["event"], example["payload"])
        kind = "Nothing" if isinstance(reading, Nothing) else type(reading[0]).__name__
        kinds[example["event"], kind] += 1
    assert kinds == {
        ("deployment", "Nothing"): 1,
        ("deployment_status", "DeploymentSeen"): 3,
        ("pull_request", "PullRequestSeen"): 21,
        ("push", "CommitsPushed"): 1,
        ("push", "Nothing"): 1,
        ("push", "TagPushed"): 1,
        ("release", "Nothing"): 5,
        ("release", "ReleasePublished"): 3,
        ("workflow_run", "Nothing"): 3,
        ("workflow_run", "WorkflowRunSeen"): 1,
    }


def test_parse__published_pull_request__has_every_field() -> None:
    examples = (example for example in EXAMPLES if example["payload"].get("action") == "ready_for_review")
    reading = parse_github("pull_request", next(examples)["payload"])
    assert isinstance(reading, tuple)
    seen = reading[0]
    assert isinstance(seen, PullRequestSeen)
    assert seen.number == 2
    assert seen.external_id == "279147437"
    assert seen.created_at == read_instant("2019-05-15T15:20:33Z")
    assert seen.ready_at == seen.seen_at
    assert (seen.base_branch, seen.head_branch) == ("master", "changes")
    assert (seen.additions, seen.deletions, seen.changed_files, seen.commit_count) == (1, 1, 1, 1)
    assert seen.merge_sha is None


@pytest.mark.parametrize("event", ["ping", "issues", "pull_request_review", ""])
def test_parse__other_event__tells_nothing(event: str) -> None:
    assert parse_github(event, {}) == Nothing(f"the event {event!r} tells nothing about delivery")


@pytest.mark.parametrize(
    "payload", [None, [], "text", {}, {"repository": None}, {"repository": {"full_name": 7}}]
)
def test_parse__no_repository__tells_nothing(payload: Json) -> None:
    reading = parse_github("push", payload)
    assert reading == Nothing("the event names no repository")
