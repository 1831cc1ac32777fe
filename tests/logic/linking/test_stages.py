"""Lead time and its stages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.linking.stages import Boundary, LeadTime, Milestones, commit_milestones, lead_time


def the_lead_time(milestones: Milestones) -> LeadTime:
    found = lead_time(milestones)
    assert found
    return found


def stages(found: LeadTime) -> tuple[int | None, int | None, int | None, int]:
    return found.coding, found.review, found.wait, found.deploy


def test_lead_time__everything_known__is_the_sum_of_its_stages() -> None:
    found = the_lead_time(
        Milestones(
            first_commit_at=100, created_at=150, ready_at=300, merged_at=600, started_at=1000, ended_at=1500
        )
    )
    assert found == LeadTime(1400, 200, 300, 400, 500, Boundary.FIRST_COMMIT, (), is_partial=False)


def test_draft__belongs_to_coding() -> None:
    found = the_lead_time(
        Milestones(first_commit_at=0, created_at=10, ready_at=90, merged_at=100, started_at=100, ended_at=100)
    )
    assert (found.coding, found.review) == (90, 10)


def test_comment_vs_review__review_is_the_time_from_ready_to_merged() -> None:
    found = the_lead_time(
        Milestones(first_commit_at=0, ready_at=30, merged_at=100, started_at=150, ended_at=160)
    )
    assert found.review == 70


@pytest.mark.parametrize(
    ("milestones", "expected", "total", "began_with"),
    [
        # A squash whose commits nobody told: from the creation, coding unknown.
        (
            Milestones(created_at=10, ready_at=20, merged_at=30, started_at=40, ended_at=50),
            (None, 10, 10, 10),
            40,
            Boundary.CREATED,
        ),
        # Git alone and a true merge: coding and review are known only as a sum.
        (
            Milestones(first_commit_at=10, authored_at=30, merged_at=30, started_at=40, ended_at=50),
            (None, None, 10, 10),
            40,
            Boundary.FIRST_COMMIT,
        ),
        (Milestones(merged_at=30, started_at=40, ended_at=50), (None, None, 10, 10), 20, Boundary.MERGED),
        (
            Milestones(authored_at=25, merged_at=30, started_at=40, ended_at=50),
            (None, None, 10, 10),
            25,
            Boundary.AUTHORED,
        ),
        (
            Milestones(authored_at=30, ready_at=20, merged_at=30, started_at=40, ended_at=50),
            (None, 10, 10, 10),
            30,
            Boundary.READY,
        ),
        # A branch deployed before it was merged.
        (
            Milestones(first_commit_at=10, ready_at=20, started_at=40, ended_at=50),
            (10, None, None, 10),
            40,
            Boundary.FIRST_COMMIT,
        ),
    ],
)
def test_squash_merge__hides_coding_time_which_stays_unknown_and_partial(
    milestones: Milestones,
    expected: tuple[int | None, int | None, int | None, int],
    total: int,
    began_with: Boundary,
) -> None:
    found = the_lead_time(milestones)
    assert (stages(found), found.total, found.began_with) == (expected, total, began_with)
    assert found.is_partial


def test_lead_time__nothing_known_before_the_deployment__is_none() -> None:
    assert lead_time(Milestones(started_at=40, ended_at=50)) is None


@pytest.mark.parametrize(
    ("milestones", "expected", "clipped"),
    [
        # An author's clock was ahead, or the commits were rewritten after the request was opened.
        (
            Milestones(first_commit_at=25, ready_at=20, merged_at=30, started_at=40, ended_at=50),
            (0, 10, 10, 10),
            (Boundary.FIRST_COMMIT,),
        ),
        (
            Milestones(first_commit_at=10, ready_at=20, merged_at=45, started_at=40, ended_at=50),
            (10, 20, 0, 10),
            (Boundary.MERGED,),
        ),
        (
            Milestones(first_commit_at=60, ready_at=60, merged_at=60, started_at=60, ended_at=50),
            (0, 0, 0, 0),
            (Boundary.FIRST_COMMIT, Boundary.READY, Boundary.MERGED, Boundary.STARTED),
        ),
        # Between unknown boundaries the next known one cuts.
        (
            Milestones(first_commit_at=45, started_at=40, ended_at=50),
            (None, None, None, 10),
            (Boundary.FIRST_COMMIT,),
        ),
    ],
)
def test_clock_skew_or_rebased_author_dates__clip_each_boundary_to_the_next(
    milestones: Milestones,
    expected: tuple[int | None, int | None, int | None, int],
    clipped: tuple[Boundary, ...],
) -> None:
    found = the_lead_time(milestones)
    assert (stages(found), found.clipped) == (expected, clipped)


def test_commit_without_pull_request__is_ready_and_merged_at_once() -> None:
    found = the_lead_time(commit_milestones(authored_at=10, committed_at=20, started_at=40, ended_at=50))
    assert stages(found) == (10, 0, 20, 10)
    assert not found.is_partial


INSTANTS = st.none() | st.integers(0, 100)


@given(INSTANTS, INSTANTS, INSTANTS, INSTANTS, INSTANTS, st.integers(0, 100), st.integers(0, 100))
def test_lead_time__any_milestones__stages_and_the_unknown_remainder_add_up_to_the_total(
    first: int | None,
    created: int | None,
    authored: int | None,
    ready: int | None,
    merged: int | None,
    started: int,
    ended: int,
) -> None:
    found = lead_time(Milestones(started, ended, first, created, authored, ready, merged))
    if found is None:
        assert {first, created, authored, ready, merged} == {None}
        return
    known = [stage for stage in stages(found) if stage is not None]
    assert all(stage >= 0 for stage in known)
    remainder = found.total - sum(known)
    assert remainder >= 0
    if not found.is_partial:
        assert remainder == 0
