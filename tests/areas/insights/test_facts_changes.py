"""What several sources tell of one change, put together: unknown never replaces known, newer beats older."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from daybreak.areas.insights.facts.changes import PULL_REQUEST, ChangeFact, merge_changes


def a_change(**given: Any) -> ChangeFact:
    return ChangeFact(id="1", repository_id="r", kind=PULL_REQUEST, external_id="7", **given)


OPENED = a_change(
    seen_at=10, title="Draft of it", author="ada", created_at=10, ready_at=10, listed_at=10, head_sha="h1"
)
DRAFTED = a_change(seen_at=20, title="Draft of it", author="ada", created_at=10, is_draft=True, listed_at=10)
READY = a_change(
    seen_at=30, title="It", author="ada", created_at=10, ready_at=30, listed_at=10, head_sha="h2"
)
MERGED = a_change(
    seen_at=40, title="It", author="ada", status="merged", created_at=10, merged_at=40, closed_at=40,
    listed_at=40, merge_sha="m", head_sha="h2", lines_added=5, url="https://git.example/7",
)  # fmt: skip
LANDED = a_change(
    title="Merge it", author="grace", status="merged", first_commit_at=4, merged_at=41, listed_at=41,
    merge_sha="m", commit_shas=["c"], contributors=2, is_partial=False,
)  # fmt: skip


@pytest.mark.parametrize("order", list(permutations([OPENED, DRAFTED, READY, MERGED, LANDED])))
def test_merge_changes__in_any_order__knows_the_same(order: tuple[ChangeFact, ...]) -> None:
    known = order[0]
    for seen in order[1:]:
        known = merge_changes(known, seen)
    assert known == replace(
        MERGED, first_commit_at=4, ready_at=30, commit_shas=["c"], contributors=2, is_partial=False
    )


def test_merge_changes__twice_the_same__changes_nothing() -> None:
    known = merge_changes(OPENED, LANDED)
    assert merge_changes(known, LANDED) == merge_changes(known, OPENED) == known


def test_merge_changes__back_to_draft__is_not_ready_any_more() -> None:
    assert merge_changes(OPENED, DRAFTED).ready_at is None


def test_merge_changes__opened_again__is_open_and_not_closed() -> None:
    closed = replace(OPENED, seen_at=20, status="closed", closed_at=20, listed_at=20)
    again = merge_changes(closed, replace(OPENED, seen_at=30))
    assert (again.status, again.closed_at, again.listed_at) == ("open", None, 10)


def test_merge_changes__landed_twice__tells_of_the_later_look() -> None:
    picked = replace(LANDED, first_commit_at=6, merged_at=60, merge_sha="p")
    known = merge_changes(LANDED, picked)
    assert (known.first_commit_at, known.merged_at, known.merge_sha) == (6, 60, "p")


def test_names__of_a_pull_request__are_all_that_a_revert_may_call_it() -> None:
    assert merge_changes(MERGED, LANDED).names == {"r#7", "m", "h2", "c"}
