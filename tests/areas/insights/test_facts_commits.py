"""Commits and repositories as they become known: bit by bit, in any order, and better each time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from areas.insights.deliveries import Place, a_place, at, sha
from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.areas.insights.facts.commits import store_tags
from daybreak.areas.insights.facts.first_commits import read_first_commit_at
from daybreak.areas.insights.facts.repositories import ensure_repository, read_repository, type_of_host
from daybreak.areas.insights.facts.tables import commits, repository_tags

Calls = Callable[[], Any]


def heights(place: Place) -> dict[str, int]:
    rows = place.db.rows(select(commits.c.sha, commits.c.generation))
    return {bytes.fromhex(row.sha).rstrip(b"\0").decode(): row.generation for row in rows}


def test_store_commits__parent_that_comes_late__lifts_what_came_after(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("c", "b", is_certain=False)
        place.commit("d", "c", is_certain=False)
        assert heights(place) == {"c": 1, "d": 2}
        place.commit("a")
        place.commit("b", "a")
        assert heights(place) == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_store_commits__git_knows_better__replaces_what_was_inferred(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a")
        place.commit("b", "a", is_certain=False, subject="Guess")
        place.commit("c", "b", is_certain=False)
        place.commit("b", subject="Truth")
        place.commit("c", "a", "b")
        place.commit("c", "b", is_certain=False)
        assert heights(place) == {"a": 1, "b": 1, "c": 2}
        known = StoredCommits(call.db, place.repository_id, needs_paths=False).load({sha("b"), sha("c")})
        assert (known[sha("b")].subject, known[sha("c")].parents) == ("Truth", (sha("a"), sha("b")))


def test_store_commits__branch_that_turns_out_to_continue_another__is_joined(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a")
        place.commit("c", is_certain=False)
        place.commit("c", "a", is_certain=False)
        assert heights(place) == {"a": 1, "c": 2}


def test_store_commits__pushes_that_contradict_each_other__make_no_ring(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a", "b", is_certain=False)
        place.commit("b", "a", is_certain=False)
        assert heights(place) == {"b": 1, "a": 2}


def test_store_commits__paths__are_added_to_commits_stored_without(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a")
        place.commit("a", paths=["web/x"])
        place.commit("a")
        source = StoredCommits(call.db, place.repository_id, needs_paths=True)
        assert source.load({sha("a")})[sha("a")].paths == ("web/x",)


def test_store_tags__moved__means_its_new_commit(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        store_tags(call.db, place.repository_id, [("web/v1", sha("a"), 1)])
        store_tags(call.db, place.repository_id, [("web/v1", sha("b"), 2)])
        rows = call.db.rows(select(repository_tags.c.version, repository_tags.c.sha, repository_tags.c.at))
        assert [tuple(row) for row in rows] == [("web-v1", sha("b"), 2)]


def test_stored_commits__long_walk__asks_in_stretches(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        for number in range(120):
            place.commit(f"c{number}", *([f"c{number - 1}"] if number else []))
        source = StoredCommits(call.db, place.repository_id, needs_paths=False)
        source.load({sha("c119"), "unknown"})
        assert len(source.at_hand) == 41
        source.load({sha("c78")})
        assert len(source.at_hand) == 120
        assert "unknown" not in source.load({"unknown"})


def test_first_commit__of_a_branch__is_its_own_and_not_of_what_it_left(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a", hours=1)
        place.commit("b", "a", hours=2)
        place.commit("x", "a", hours=3)
        place.commit("y", "x", hours=4)
        assert read_first_commit_at(call.db, place.repository_id, sha("y"), sha("b")) == at(3)


@pytest.mark.parametrize(
    ("head", "base"), [(None, sha("a")), (sha("a"), None), (sha("x"), sha("a")), (sha("a"), sha("x"))]
)
def test_first_commit__where_something_is_unknown__is_unknown(
    call_as_admin: Calls, head: str | None, base: str | None
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a")
        assert read_first_commit_at(call.db, place.repository_id, head, base) is None


def test_ensure_repository__known__keeps_what_it_knows_and_learns_the_rest(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        first = ensure_repository(call.db, "acme/shop", "git", "", "", 1)
        assert ensure_repository(call.db, "acme/shop", "github", "https://h/acme/shop", "main", 2) == first
        assert ensure_repository(call.db, "acme/shop", "git", "", "trunk", 3) == first
        known = read_repository(call.db, first)
        assert (known.type, known.url, known.main_branch) == ("github", "https://h/acme/shop", "trunk")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/acme/shop", "github"),
        ("https://gitlab.com/acme/shop", "gitlab"),
        ("https://gitlab.acme.example/shop", "gitlab"),
        ("https://git.acme.example/gitlab.com/shop", "git"),
        ("", "git"),
    ],
)
def test_type_of_host__address__tells_who_hosts_it(url: str, kind: str) -> None:
    assert type_of_host(url) == kind
