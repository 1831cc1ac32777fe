"""Which deployments failed, and what followed."""

from dataclasses import replace

import pytest

from daybreak.logic.linking.deployments import (
    TIMED_OUT_AFTER,
    Deployment,
    Outcome,
    Standing,
    settled_in_order,
    standing,
)
from daybreak.logic.linking.failures import REVERT_WINDOW, Failure, Reason, Recovery, judge

HOUR = 60 * 60 * 1000


def a_deployment(version: str, at: int, *, failed: bool = False, **details: object) -> Deployment:
    """Ends `at` the hour, ten minutes after it started; its id tells version and hour."""
    outcome = Outcome.FAILED if failed else Outcome.FINISHED
    plain = Deployment(f"{version}@{at}", version, at * HOUR - HOUR // 6, at * HOUR, outcome)
    return replace(plain, **details)  # type: ignore[arg-type]  # details are fields of Deployment


def failures(*deployments: Deployment, window: int | None = REVERT_WINDOW) -> dict[str, Failure]:
    verdicts = judge(deployments, window)
    return {key: failure for key, failure in verdicts.failures.items() if failure}


def test_judge__all_went_well__lists_every_deployment_as_standing() -> None:
    verdicts = judge([a_deployment("1", 1), a_deployment("2", 2)])
    assert verdicts.failures == {"1@1": None, "2@2": None}
    assert (verdicts.recoveries, verdicts.rework) == ({}, frozenset())


def test_failed_event__fails_when_it_ended() -> None:
    assert failures(a_deployment("1", 1, failed=True)) == {"1@1": Failure(Reason.EVENT, HOUR, None)}


@pytest.mark.parametrize("status", ["cancelled", "skipped", "Canceled"])
def test_failed_event__that_was_called_off__is_not_settled(status: str) -> None:
    called_off = a_deployment("1", 1, failed=True, event_metadata={"status": status})
    assert judge([called_off]).failures == {}
    assert standing(called_off, 2 * HOUR) is Standing.CANCELLED


@pytest.mark.parametrize("status", ["broken", 7, None])
def test_failed_event__with_another_status__is_a_failure(status: object) -> None:
    assert failures(a_deployment("1", 1, failed=True, event_metadata={"status": status}))


def test_finished_event__that_says_skipped__is_settled() -> None:
    assert judge([a_deployment("1", 1, event_metadata={"status": "skipped"})]).failures == {"1@1": None}


def test_rollback__fails_the_predecessor() -> None:
    found = failures(a_deployment("1", 1), a_deployment("2", 2), a_deployment("1", 5))
    assert found == {"2@2": Failure(Reason.ROLLED_BACK, 5 * HOUR, "1@5")}


def test_rollback__by_another_tag_of_the_old_commit__fails_the_predecessor() -> None:
    found = failures(
        a_deployment("1.0", 1, sha="a"), a_deployment("1.1", 2, sha="b"), a_deployment("1.2", 3, sha="a")
    )
    assert list(found) == ["1.1@2"]


def test_rollback__of_a_version_whose_commit_is_unknown_now__goes_by_its_name() -> None:
    found = failures(a_deployment("1", 1, sha="a"), a_deployment("2", 2, sha="b"), a_deployment("1", 3))
    assert list(found) == ["2@2"]


def test_rollback__then_forward_again__blames_nobody_for_the_way_forward() -> None:
    found = failures(a_deployment("1", 1), a_deployment("2", 2), a_deployment("1", 3), a_deployment("2", 4))
    assert list(found) == ["2@2"]


def test_rollback__in_two_steps__fails_both_versions() -> None:
    found = failures(
        a_deployment("1", 1),
        a_deployment("2", 2),
        a_deployment("3", 3),
        a_deployment("2", 4),
        a_deployment("1", 5),
    )
    assert list(found) == ["3@3", "2@4"]


def test_rollback__that_itself_failed__undoes_nothing() -> None:
    found = failures(a_deployment("1", 1), a_deployment("2", 2), a_deployment("1", 3, failed=True))
    assert found == {"1@3": Failure(Reason.EVENT, 3 * HOUR, None)}


def test_rollback__after_a_failed_event__fails_once_and_names_what_undid_it() -> None:
    found = failures(a_deployment("1", 1), a_deployment("2", 2, failed=True), a_deployment("1", 3))
    assert found == {"2@2": Failure(Reason.EVENT, 2 * HOUR, "1@3")}


def test_second_attempt__after_a_failed_one__is_no_rollback() -> None:
    # 2 was tried before 3 was there, but nobody had it until it finished.
    found = failures(a_deployment("2", 1, failed=True), a_deployment("3", 2), a_deployment("2", 3))
    assert list(found) == ["2@1"]


def test_redeploy_same_sha__is_no_failure_unless_older_than_its_predecessor() -> None:
    again = [
        a_deployment("1", 1, sha="a"),
        a_deployment("1", 2, sha="a"),
        a_deployment("1-final", 3, sha="a"),
    ]
    assert failures(*again) == {}
    assert list(failures(*again, a_deployment("2", 4, sha="b"), a_deployment("1", 5, sha="a"))) == ["2@4"]


def test_moving_name__with_a_new_commit_each_time__is_no_rollback() -> None:
    assert failures(*(a_deployment("main", hour, sha=f"{hour}") for hour in range(1, 5))) == {}


def test_maintenance_release__after_a_newer_version__is_no_rollback() -> None:
    assert failures(a_deployment("1.0", 1), a_deployment("2.0", 2), a_deployment("1.1", 3)) == {}


def test_declared_fix__fails_the_latest_deployment_of_that_version() -> None:
    found = failures(
        a_deployment("1", 1),
        a_deployment("1", 2),
        a_deployment("2", 3),
        a_deployment("3", 4, deployment_metadata={"fixes": "1"}),
    )
    assert found == {"1@2": Failure(Reason.DECLARED, 4 * HOUR, "3@4")}


@pytest.mark.parametrize("fixes", ["2", "unheard of", 1, ["1"], None])
def test_declared_fix__of_nothing_deployed_earlier__fails_nothing(fixes: object) -> None:
    fixer = a_deployment("2", 2, deployment_metadata={"fixes": fixes})
    assert failures(a_deployment("1", 1), fixer) == {}


def test_declared_fix__that_failed__tells_of_the_failure_but_undid_nothing() -> None:
    broken_fix = a_deployment("2", 2, failed=True, deployment_metadata={"fixes": "1"})
    assert failures(a_deployment("1", 1), broken_fix)["1@1"] == Failure(Reason.DECLARED, 2 * HOUR, None)
    working_fix = a_deployment("3", 3, deployment_metadata={"fixes": "1"})
    verdicts = judge([a_deployment("1", 1), broken_fix, working_fix])
    assert verdicts.failures["1@1"] == Failure(Reason.DECLARED, 2 * HOUR, "3@3")
    assert verdicts.rework == {"2@2", "3@3"}


def test_deployed_revert__fails_the_deployment_that_brought_the_change() -> None:
    found = failures(
        a_deployment("1", 1, delivers=frozenset({"web#7", "c" * 40})),
        a_deployment("2", 2),
        a_deployment("3", 3, reverts=frozenset({"web#7", "c" * 40, "web#8"})),
    )
    assert found == {"1@1": Failure(Reason.REVERTED, 3 * HOUR, "3@3")}


def test_deployed_revert__naming_the_beginning_of_a_sha__is_understood() -> None:
    brought = a_deployment("1", 1, delivers=frozenset({"abcdef1" + "0" * 33}))
    assert failures(brought, a_deployment("2", 2, reverts=frozenset({"abcdef1"})))
    assert not failures(brought, a_deployment("2", 2, reverts=frozenset({"abcdef2", "abcdef"})))


def test_deployed_revert__together_with_its_change__fails_nothing() -> None:
    both = a_deployment("1", 1, delivers=frozenset({"web#7"}), reverts=frozenset({"web#7"}))
    assert failures(both) == {}


def test_deployed_revert__in_a_deployment_that_failed__fails_only_that() -> None:
    brought = a_deployment("1", 1, delivers=frozenset({"web#7"}))
    assert list(failures(brought, a_deployment("2", 2, failed=True, reverts=frozenset({"web#7"})))) == ["2@2"]


@pytest.mark.parametrize(
    ("hours", "window", "fails"),
    [
        (72, REVERT_WINDOW, True),
        (73, REVERT_WINDOW, False),
        (73, 80 * HOUR, True),
        (2, HOUR, False),
        (2, None, False),
    ],
)
def test_any_later_incident__blames_the_deployment_only_within_the_attribution_window(
    hours: int, window: int | None, *, fails: bool
) -> None:
    brought = a_deployment("1", 1, delivers=frozenset({"web#7"}))
    later = a_deployment("2", 1 + hours, reverts=frozenset({"web#7"}))
    assert bool(failures(brought, later, window=window)) is fails


def test_failure_denominators__each_deployment_fails_at_most_once_by_the_earliest_evidence() -> None:
    deployments = [
        a_deployment("1", 1),
        a_deployment("2", 2, delivers=frozenset({"web#7"})),
        a_deployment("1", 3, reverts=frozenset({"web#7"}), deployment_metadata={"fixes": "2"}),
        a_deployment("3", 4, deployment_metadata={"fixes": "2"}),
    ]
    assert failures(*deployments) == {"2@2": Failure(Reason.ROLLED_BACK, 3 * HOUR, "1@3")}
    without_rollback = [deployments[1], deployments[3], a_deployment("4", 5, reverts=frozenset({"web#7"}))]
    assert failures(*without_rollback)["2@2"].reason is Reason.DECLARED


def test_order__is_by_event_time_never_by_arrival() -> None:
    arrived = [a_deployment("1", 5), a_deployment("2", 2), a_deployment("1", 1)]
    assert failures(*arrived) == {"2@2": Failure(Reason.ROLLED_BACK, 5 * HOUR, "1@5")}
    assert [each.deployment.id for each in settled_in_order(arrived)] == ["1@1", "2@2", "1@5"]


def test_order__ending_together__is_by_start_then_id() -> None:
    late = a_deployment("a", 2)
    early = replace(a_deployment("c", 2), started_at=0)
    twin = a_deployment("b", 2)
    assert [each.deployment.version for each in settled_in_order([twin, late, early])] == ["c", "a", "b"]


def test_archived__is_left_out_of_counts_and_of_the_predecessor_chain() -> None:
    archived = a_deployment("2", 2, is_archived=True)
    assert judge([a_deployment("1", 1), archived, a_deployment("1", 3)]).failures == {
        "1@1": None,
        "1@3": None,
    }
    original = a_deployment("1", 1, is_archived=True)
    assert failures(original, a_deployment("2", 2), a_deployment("1", 3)) == {}
    assert standing(archived, 3 * HOUR) is Standing.ARCHIVED


def test_in_progress__is_ignored_and_timed_out_after_a_day() -> None:
    running = Deployment("2@-", "2", started_at=2 * HOUR)
    assert list(judge([a_deployment("1", 1), running, a_deployment("1", 3)]).failures) == ["1@1", "1@3"]
    assert standing(running, running.started_at + TIMED_OUT_AFTER) is Standing.IN_PROGRESS
    assert standing(running, running.started_at + TIMED_OUT_AFTER + 1) is Standing.TIMED_OUT
    assert standing(replace(running, ended_at=9 * HOUR), 9 * HOUR) is Standing.IN_PROGRESS
    assert standing(replace(running, outcome=Outcome.FINISHED), 9 * HOUR) is Standing.IN_PROGRESS


def test_recovery__runs_to_the_end_of_the_next_deployment_that_did_not_fail() -> None:
    verdicts = judge(
        [
            a_deployment("1", 1),
            a_deployment("2", 2, failed=True),
            a_deployment("3", 4),
            a_deployment("4", 5, deployment_metadata={"fixes": "3"}),
            a_deployment("5", 6, failed=True),
        ]
    )
    assert verdicts.recoveries == {
        "2@2": Recovery("4@5", 3 * HOUR),
        "3@4": Recovery("4@5", HOUR),
        "5@6": None,
    }


def test_rework__is_what_undid_fixed_or_reverted_a_failed_deployment() -> None:
    verdicts = judge(
        [
            a_deployment("1", 1, delivers=frozenset({"web#7"})),
            a_deployment("2", 2, failed=True),
            a_deployment("2", 3),
            a_deployment("1", 4),
            a_deployment("3", 5, reverts=frozenset({"web#7"})),
            a_deployment("4", 6, deployment_metadata={"fixes": "3"}),
            a_deployment("5", 7),
        ]
    )
    # The second attempt of 2 is no rework: the first never reached anybody.
    assert verdicts.rework == {"1@4", "3@5", "4@6"}
