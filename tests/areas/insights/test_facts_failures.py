"""What failed, by what evidence, and what followed; judged anew when something becomes known."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from areas.insights.deliveries import a_line, a_place, at, sha
from daybreak.areas.insights.facts.linking import relink
from daybreak.areas.insights.facts.tables import deployments
from daybreak.logic.linking.subjects import Remarks, Reverted

Calls = Callable[[], Any]


def test_relink__rollback__fails_what_it_replaced(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        ids = [place.tell(version, hours) for version, hours in (("1", 1), ("2", 2), ("1", 3), ("3", 4))]
        columns = ("failed_at", "failure_reason", "undone_by", "recovered_at", "is_rework")
        assert place.deployed(*columns) == [
            (None, None, None, None, False),
            (at(3), "rolledBack", ids[2], at(3), False),
            (None, None, None, None, True),
            (None, None, None, None, False),
        ]


def test_relink__declared_fix__fails_what_it_names_however_long_ago(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        for number in range(40):
            place.tell(f"1.{number}", number)
        place.tell("2", 50, deployment_metadata={"fixes": "1.3"})
        failed = [
            row for row in place.deployed("application_version", "failed_at", "failure_reason") if row[1]
        ]
        assert failed == [("1.3", at(50), "declared")]
        assert place.deployed("is_rework")[-1] == (True,)


@pytest.mark.parametrize(("hours", "reasons"), [(70, ["reverted"]), (80, [])])
def test_relink__revert_within_three_days__fails_what_brought_the_change(
    call_as_admin: Calls, hours: int, reasons: list[str]
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.commit("r", "c", hours=4, subject='Revert "Two (#2)" (#4)')
        for name, time in (("a", 10), ("b", 11), ("c", 12), ("r", 11 + hours)):
            place.tell(sha(name), time)
            for again in range(3):
                place.tell(sha(name), time + 0.1 * (again + 1))
        failed = [row for row in place.deployed("commit_sha", "failure_reason") if row[1]]
        assert failed == [(sha("b"), reason) for reason in reasons]


def test_relink__revert_of_a_commit_inside_a_pull_request__fails_what_brought_it(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a", hours=0, subject="One (#1)")
        place.commit("s", "a", hours=1)
        place.commit("t", "s", hours=2)
        place.commit("m", "a", "t", hours=3, subject="Merge pull request #2 from ada/two")
        remarks = Remarks(reverted=Reverted(frozenset({sha("s")[:12]})))
        place.commit("r", "m", hours=4, subject='Revert "Work"', remarks=remarks)
        for name, hours in (("a", 10), ("m", 11), ("r", 12)):
            place.tell(sha(name), hours)
        assert place.deployed("failure_reason") == [(None,), ("reverted",), (None,)]


def test_relink__archived_revert__fails_nothing_any_more(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.commit("r", "c", hours=4, subject='Revert "Two (#2)" (#4)')
        for name, hours in (("a", 10), ("b", 11), ("c", 12), ("c", 13), ("c", 14), ("r", 15)):
            id = place.tell(sha(name), hours)
        assert place.deployed("failure_reason")[1] == ("reverted",)
        call.db.execute(update(deployments).where(deployments.c.id == id).values(is_archived=True))
        relink(call.db, place.scope, at(15))
        assert {row[0] for row in place.deployed("failed_at")} == {None}


def test_relink__recovery_by_what_fails_in_turn__comes_later(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1", 1)
        place.tell("2", 2)
        place.tell("3", 3, "failed")
        for hours, version in enumerate("421", start=4):
            place.tell(version, hours)
            [recovered_at] = place.deployed("recovered_at")[2]
            assert recovered_at == at(hours)
        assert place.deployed("failure_reason")[2:] == [
            ("event",),
            ("rolledBack",),
            ("rolledBack",),
            (None,),
        ]


def test_relink__archived_rollback__fails_nothing_any_more(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        ids = [place.tell(version, hours) for version, hours in (("1", 1), ("2", 2), ("1", 3))]
        call.db.execute(update(deployments).where(deployments.c.id == ids[2]).values(is_archived=True))
        relink(call.db, place.scope, at(3))
        assert place.deployed("failed_at") == [(None,), (None,), (None,)]
