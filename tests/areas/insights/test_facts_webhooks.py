"""Facts of webhooks: each is told to what it concerns, whenever it comes."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from areas.insights.deliveries import Place, a_line, a_place, at, sha
from daybreak.areas.insights.facts.sightings import application_key, environment_keys, push_sightings
from daybreak.areas.insights.facts.tables import changes, deployment_changes, repositories, repository_tags
from daybreak.areas.insights.intake import take
from daybreak.areas.projects.queries import project
from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    DeploymentStatus,
    Fact,
    Provider,
    PullRequestSeen,
    PullRequestState,
    PushedCommit,
    ReleasePublished,
    RepositorySeen,
    TagPushed,
)
from daybreak.connectors.message import MessageMarks
from daybreak.platform.clock import HOUR

Calls = Callable[[], Any]

SHOP = RepositorySeen(Provider.GITHUB, "acme/shop", "https://github.example/acme/shop", "main")


def tell(place: Place, fact: Fact, bot_names: Sequence[str] = ()) -> str | None:
    return take(place.db, project(place.db, "web"), fact, place.call.now, bot_names)


def a_push(*names: str, before: str | None = None, merge: str = "", branch: str = "main") -> CommitsPushed:
    """Of commits by their names; `merge` is one of them that merges a pull request of number 5."""
    return CommitsPushed(
        repository=SHOP,
        branch=branch,
        is_default_branch=branch == "main",
        before=None if before is None else sha(before),
        after=sha(names[-1]),
        is_forced=False,
        is_complete=True,
        commits=tuple(
            PushedCommit(
                sha=sha(name),
                authored_at=at(number),
                author="Ada",
                author_is_bot=False,
                subject="Merge pull request #5 from ada/topic" if name == merge else f"Work on {name}",
                marks=MessageMarks(),
                paths=("web/x",),
            )
            for number, name in enumerate(names)
        ),
    )


def a_pull_request(number: int, **given: Any) -> PullRequestSeen:
    known: dict[str, Any] = {
        "action": "closed",
        "seen_at": at(6),
        "external_id": "900",
        "title": "Better",
        "state": PullRequestState.MERGED,
        "is_draft": False,
        "author": "ada",
        "author_is_bot": False,
        "created_at": at(2),
        "ready_at": None,
        "merged_at": at(6),
        "closed_at": at(6),
        "base_branch": "main",
        "base_sha": None,
        "head_branch": "topic",
        "head_sha": None,
        "merge_sha": None,
        "squash_sha": None,
        "additions": 5,
        "deletions": 2,
        "changed_files": 1,
        "commit_count": 1,
        "labels": (),
        "url": "https://github.example/acme/shop/pull/1",
    }
    return PullRequestSeen(repository=SHOP, number=number, **(known | given))


def a_deployment(name: str, status: DeploymentStatus, hours: float, **given: Any) -> DeploymentSeen:
    known: dict[str, Any] = {
        "repository": SHOP,
        "external_id": "77",
        "environment": "Production",
        "is_production": None,
        "ref": "main",
        "task": None,
        "url": None,
    }
    return DeploymentSeen(status=status, time_ms=at(hours), sha=sha(name), **(known | given))


def lead_times(place: Place) -> dict[str, tuple[Any, ...]]:
    columns = ("lead_ms", "coding_ms", "review_ms", "wait_ms", "is_partial")
    statement = select(changes.c.external_id, *(deployment_changes.c[name] for name in columns)).where(
        changes.c.id == deployment_changes.c.change_id
    )
    return {row[0]: tuple(row[1:]) for row in place.db.rows(statement)}


@pytest.mark.parametrize(
    ("push", "parents"),
    [
        (a_push("x", "y", before="m"), {"x": "m", "y": "x"}),
        (a_push("x", "y"), {"x": "", "y": "x"}),
        (a_push("x", "y", "z", before="m", merge="z"), {"x": "m", "y": "x", "z": "m y"}),
        (a_push("x", "y", "z", before="m", merge="y"), {"x": "m", "y": "m x", "z": "y"}),
        (a_push("x", before="m", merge="x"), {"x": "m"}),
        (a_push("x", "x", "y", before="y"), {"x": "", "y": "x"}),
    ],
)
def test_push_sightings__order_of_commits__suggests_their_parents(
    push: CommitsPushed, parents: dict[str, str]
) -> None:
    found = {each.sha: each.parents for each in push_sightings(push, 0, ())}
    assert found == {
        sha(name): tuple(sha(parent) for parent in expected.split()) for name, expected in parents.items()
    }


def test_take_push__again__tells_nothing_new(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        assert tell(place, a_push("x", "y")) == "2 new commits on main of acme/shop"
        assert tell(place, a_push("x", "y")) is None


def test_take_push__of_a_repository_nobody_knew__belongs_to_the_project(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        tell(place, a_push("x"))
        row = call.db.first(select(repositories))
        assert (row.key, row.type, row.main_branch) == ("acme/shop", "github", "main")
        place.tell(sha("x"), 5)
        assert place.deployed("unresolved_reason") == [(None,)]


def test_take_push__after_the_deployment__explains_it(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        now = call.now / HOUR - at(0) / HOUR
        tell(place, a_push("m"))
        place.tell(sha("m"), now - 3)
        place.tell(sha("z"), now - 2)
        assert place.deployed("unresolved_reason")[1] == ("no commit with this SHA is known",)
        tell(place, a_push("x", "z", before="m", merge="z"))
        assert place.delivered() == {"m": ["m"], "z": ["5"]}


def test_take_pull_request__squashed__counts_from_the_first_commit_that_was_pushed(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)")
        tell(place, a_push("x", "y", branch="topic"))
        opened = a_pull_request(
            5, state=PullRequestState.OPEN, seen_at=at(2), ready_at=at(2), merged_at=None, closed_at=None,
            head_sha=sha("y"), base_sha=sha("a"),
        )  # fmt: skip
        tell(place, opened)
        merged = a_pull_request(5, head_sha=sha("y"), base_sha=sha("a"), merge_sha=sha("s"))
        tell(place, merged)
        tell(place, a_push("s", before="a"))
        place.tell(sha("a"), 8)
        place.tell(sha("s"), 10)
        assert lead_times(place)["5"] == (10 * HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR, False)
        assert place.deployed("lines_added", "lines_deleted", "contributors")[1] == (5, 2, 1)


def test_take_pull_request__squash_of_unknown_commits__counts_from_its_creation(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Better (#5)")
        tell(place, a_pull_request(5, merge_sha=sha("b")))
        place.tell(sha("a"), 8)
        place.tell(sha("b"), 10)
        assert lead_times(place)["5"] == (8 * HOUR, None, None, 4 * HOUR, True)


def test_take_pull_request__after_the_deployment__replaces_the_commit_that_stood_for_it(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One", "Two")
        place.tell(sha("a"), 8)
        place.tell(sha("b"), 10)
        assert place.delivered() == {"a": ["a"], "b": ["b"]}
        assert tell(place, a_pull_request(5, merge_sha=sha("b"))) == "pull request acme/shop#5 is merged"
        assert place.delivered() == {"a": ["a"], "b": ["5"]}
        assert tell(place, a_pull_request(5, merge_sha=sha("b"))) is None


def test_take_pull_request__deployed_before_it_was_merged__is_what_its_head_brought(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        now = call.now / HOUR - at(0) / HOUR
        place.tell(sha("h"), now - 1)
        assert place.delivered() == {}
        opened = a_pull_request(
            5, state=PullRequestState.OPEN, merged_at=None, closed_at=None, head_sha=sha("h")
        )
        tell(place, opened)
        assert place.delivered() == {"h": ["5"]}


@pytest.mark.parametrize(
    ("given", "bot_names", "is_bot"),
    [
        ({}, (), False),
        ({"author_is_bot": True}, (), True),
        ({"author": "Release Robot"}, ("Release Robot",), True),
        ({"title": "chore: release main"}, (), True),
    ],
)
def test_take_pull_request__of_a_machine__is_marked(
    call_as_admin: Calls, given: dict[str, Any], bot_names: tuple[str, ...], *, is_bot: bool
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        tell(place, a_pull_request(5, **given), bot_names)
        assert call.db.value(select(changes.c.is_bot)) is is_bot


def test_take_tag__twice__is_told_once(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        tag = TagPushed(SHOP, "v1", sha("a"), None)
        assert tell(place, tag) == "tag v1 of acme/shop"
        assert tell(place, tag) is None
        assert call.db.value(select(repository_tags.c.at)) == call.now


def test_take_deployment__steps_of_one__are_one_deployment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        for hours, status in ((1, DeploymentStatus.STARTED), (2, DeploymentStatus.FINISHED)):
            assert tell(place, a_deployment("a", status, hours)) is not None
        columns = ("application_key", "application_version", "version_name", "started_at", "ended_at")
        assert place.deployed(*columns) == [("shop", sha("a"), "main", at(1), at(2))]


def test_take_deployment__to_an_environment_the_project_does_not_have__is_nothing(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        assert tell(place, a_deployment("a", DeploymentStatus.FINISHED, 1, environment="preview/7")) is None
        assert place.deployed("id") == []


def test_take_release__published__is_no_deployment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        release = ReleasePublished(
            repository=SHOP, external_id="1", tag="v1", name=None, target=None, time_ms=1,
            is_prerelease=False, url=None,
        )  # fmt: skip
        assert tell(place, release) is None
        assert place.deployed("id") == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("acme/shop", "shop"),
        ("shop", "shop"),
        ("a/b/.github", "github"),
        ("acme/über shop", "ber-shop"),
        ("a/-", "application"),
    ],
)
def test_application_key__of_any_repository__is_a_key(key: str, expected: str) -> None:
    assert application_key(key) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("production", ["production"]),
        ("Production", ["Production", "production"]),
        ("Prod EU / West", ["Prod EU / West", "prod-eu-west"]),
        ("  ", ["  "]),
    ],
)
def test_environment_keys__of_any_name__are_tried_in_turn(name: str, expected: list[str]) -> None:
    assert environment_keys(name) == expected
