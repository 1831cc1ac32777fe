"""Deployment events: out of order, twice, without a start; the same rows come of them in any order."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from areas.insights.deliveries import a_place, at
from daybreak.areas.insights.facts.pairing import Run, pair_events
from daybreak.areas.insights.facts.tables import environment_applications
from daybreak.platform.clock import DAY

Calls = Callable[[], Any]


@pytest.mark.parametrize(
    ("starts", "ends", "runs"),
    [
        ([], {}, []),
        ([1], {}, [Run(1)]),
        ([], {5: "finished"}, [Run(None, 5, "finished")]),
        ([1], {5: "failed"}, [Run(1, 5, "failed")]),
        ([5], {5: "finished"}, [Run(5, 5, "finished")]),
        ([5], {1: "finished"}, [Run(None, 1, "finished"), Run(5)]),
        ([1, 6], {5: "failed", 9: "finished"}, [Run(1, 5, "failed"), Run(6, 9, "finished")]),
        # One ended at the instant at which the next began.
        ([1, 5], {5: "finished"}, [Run(1, 5, "finished"), Run(5)]),
        # The end is that of the latest start, and what was overtaken may still end within a day.
        ([1, 4], {6: "finished"}, [Run(4, 6, "finished"), Run(1)]),
        ([1, 4], {6: "finished", 9: "failed"}, [Run(4, 6, "finished"), Run(1, 9, "failed")]),
        (
            [0, 4],
            {6: "finished", DAY + 1: "failed"},
            [Run(4, 6, "finished"), Run(None, DAY + 1, "failed"), Run(0)],
        ),
        # However long it took, nothing overtook it.
        ([0], {9 * DAY: "finished"}, [Run(0, 9 * DAY, "finished")]),
    ],
)
def test_pair_events__any_story__gives_its_runs(
    starts: list[int], ends: dict[int, str], runs: list[Run]
) -> None:
    assert pair_events(starts, ends) == runs


@given(
    st.sets(st.integers(0, 20)), st.dictionaries(st.integers(0, 20), st.sampled_from(["finished", "failed"]))
)
def test_pair_events__whatever_happened__loses_and_invents_nothing(
    starts: set[int], ends: dict[int, str]
) -> None:
    runs = pair_events(starts, ends)
    assert sorted(run.started_at for run in runs if run.started_at is not None) == sorted(starts)
    assert {run.ended_at: run.outcome for run in runs if run.ended_at is not None} == ends
    assert all(
        run.started_at <= run.ended_at
        for run in runs
        if run.started_at is not None and run.ended_at is not None
    )


STORY = [("1.0", 1.0, "started"), ("1.0", 2.0, "failed"), ("1.0", 3.0, "started"), ("1.0", 4.0, "finished")]


@pytest.mark.parametrize("order", list(permutations(range(len(STORY)))))
def test_record_event__in_any_order__gives_the_same_deployments(
    call_as_admin: Calls, order: tuple[int, ...]
) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        for number in order:
            version, hours, kind = STORY[number]
            place.tell(version, hours, kind)
        assert place.deployed(
            "started_at", "ended_at", "status", "is_counted", "failed_at", "recovered_at"
        ) == [
            (at(1), at(2), "failed", True, at(2), at(4)),
            (at(3), at(4), "finished", True, None, None),
        ]


def test_record_event__twice__changes_nothing(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        for _ in range(2):
            for version, hours, kind in STORY:
                place.tell(version, hours, kind)
        assert place.deployed("ordinal", "version") == [(1, 2), (2, 2)]


def test_record_event__without_a_start__took_no_time(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 2, "finished")
        assert place.deployed("started_at", "ended_at", "at") == [(None, at(2), at(2))]


def test_record_event__start_that_comes_late__completes_the_deployment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        ids = {place.tell("1.0", 2, "finished"), place.tell("1.0", 1, "started")}
        assert len(ids) == 1
        assert place.deployed("started_at", "ended_at", "status") == [(at(1), at(2), "finished")]


def test_record_event__without_time__happened_now(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 0, "finished", at=None)
        assert place.deployed("ended_at") == [(call.now,)]


def test_record_event__in_progress__counts_nowhere(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 1, "finished")
        place.tell("2.0", 2, "started")
        place.tell("1.0", 3, "finished")
        assert place.deployed("status", "is_counted", "failed_at") == [
            ("finished", True, None),
            ("started", False, None),
            ("finished", True, None),
        ]


@pytest.mark.parametrize("status", ["cancelled", "Canceled", "skipped"])
def test_record_event__called_off__is_no_failure(call_as_admin: Calls, status: str) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 1, "failed", event_metadata={"status": status})
        assert place.deployed("status", "is_counted", "failed_at") == [("failed", False, None)]


def test_record_event__custom__only_adds_to_what_is_known(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 1, "finished", deployment_metadata={"team": "a", "region": "eu"})
        place.tell("1.0", 2, "custom", deployment_metadata={"team": "b"}, event_metadata={"note": 1})
        assert place.deployed("status", "at", "metadata", "event_metadata") == [
            ("finished", at(1), {"team": "b", "region": "eu"}, {"note": 1})
        ]


def test_record_event__custom_before_anything_else__waits_for_the_deployment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        announced = place.tell("1.0", 1, "custom", deployment_metadata={"team": "a"})
        assert place.deployed("status", "is_counted") == [("custom", False)]
        assert place.tell("1.0", 2, "finished") == announced
        assert place.deployed("status", "at", "metadata") == [("finished", at(2), {"team": "a"})]


def test_record_event__provider_that_names_its_deployments__is_believed(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        steps = [("one", 1, "started"), ("two", 2, "started"), ("one", 3, "started")]
        steps += [("one", 4, "finished"), ("two", 5, "failed"), ("one", 6, "failed")]
        for external_id, hours, kind in steps:
            place.tell("1.0", hours, kind, external_id=external_id)
        assert place.deployed("external_id", "started_at", "ended_at", "status") == [
            ("two", at(2), at(5), "failed"),
            ("one", at(1), at(6), "failed"),
        ]


def test_record_event__version_deployed_for_years__is_still_placed(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        for day in range(70):
            place.tell("latest", day * 24, "finished")
        place.tell("latest", 0, "finished")
        place.tell("latest", 69 * 24 - 1, "started")
        assert len(place.deployed("id")) == 70
        assert place.deployed("started_at", "ordinal")[-1] == (at(69 * 24 - 1), 70)


def test_record_event__same_version_again__notes_when_it_succeeded_before(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        for version, hours in (("1.0", 1), ("1.0", 5), ("2.0", 2), ("1.0", 3)):
            place.tell(version, hours)
        assert place.deployed("application_version", "previous_same_version_at") == [
            ("1.0", None),
            ("2.0", None),
            ("1.0", at(1)),
            ("1.0", at(3)),
        ]


def test_record_event__first_of_an_application__is_noted_in_its_environment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("2.0", 5, application_kind="server")
        place.tell("1.0", 3, application_kind="browser")
        row = call.db.first(select(environment_applications))
        assert (row.first_at, row.kind) == (at(3), "browser")
