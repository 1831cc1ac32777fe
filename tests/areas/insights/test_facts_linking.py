"""What follows from deployments: commits, changes, totals, failures; the same bit by bit as at once."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from areas.insights.deliveries import Place, a_line, a_place, at, sha
from areas.insights.seeds import counted_queries
from daybreak.areas.insights.facts import delivering
from daybreak.areas.insights.facts.commits import store_tags
from daybreak.areas.insights.facts.linking import relink, relink_unresolved
from daybreak.areas.insights.facts.relinking import relink_repository
from daybreak.areas.insights.facts.repositories import associate, dissociate, name_source
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.areas.projects.queries import environment
from daybreak.platform.clock import HOUR
from daybreak.platform.database import Database

Calls = Callable[[], Any]


def derived(place: Place) -> list[Any]:
    """Everything that follows, in an order that does not depend on how it came about."""
    return [sorted(map(repr, place.db.rows(select(table)))) for table in (deployments, deployment_changes)]


# --- which changes ---


def test_relink__first_known_deployment__swallows_no_history(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.tell(sha("b"), 10)
        place.tell(sha("c"), 11)
        assert place.delivered() == {"b": ["2"], "c": ["3"]}


def test_relink__chronological_predecessor__is_not_the_ancestor(call_as_admin: Calls) -> None:
    """After a maintenance release main goes on from where it was, and nothing is delivered twice."""
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.commit("m", "a", hours=3, subject="Patch (#4)")
        for name, hours in (("a", 10), ("b", 11), ("m", 12), ("c", 13)):
            place.tell(sha(name), hours)
        assert place.delivered() == {"a": ["1"], "b": ["2"], "m": ["4"], "c": ["3"]}


def test_relink__chronological_predecessor_with_many_maintenance_releases_since__is_still_found(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One", "Two", "Three", "Four")
        place.tell(sha("a"), 100)
        place.tell(sha("c"), 101)
        previous = "a"
        for number in range(25):
            place.commit(f"m{number}", previous, hours=50 + number, subject=f"Patch (#{number + 1})")
            place.tell(sha(f"m{number}"), 102 + number)
            previous = f"m{number}"
        place.tell(sha("d"), 200)
        delivered = place.delivered()
        assert (delivered["a"], delivered["c"], delivered["d"]) == (["a"], ["b", "c"], ["d"])
        assert all(delivered[f"m{number}"] == [str(number + 1)] for number in range(25))


def test_relink__batch_deploy__every_pull_request_in_the_range_counts_once(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Not in any", "Three (#3)")
        place.tell(sha("a"), 10)
        place.tell(sha("d"), 11)
        assert place.delivered() == {"a": ["1"], "d": ["2", "3", "c"]}
        assert place.deployed("pull_requests") == [(1,), (2,)]


def test_relink__redeployed_commit__brings_nothing(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)")
        for hours, name in enumerate("abab", start=10):
            place.tell(sha(name), hours)
        assert place.delivered() == {"a": ["1"], "b": ["2"]}
        assert place.deployed("pull_requests") == [(1,), (1,), (0,), (0,)]


def test_relink__failed_deployment__brings_nothing(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.tell(sha("a"), 10)
        place.tell(sha("b"), 11, "failed")
        place.tell(sha("c"), 12)
        assert place.delivered() == {"a": ["1"], "c": ["2", "3"]}


def test_relink__picked_pull_request__counts_at_its_first_deployment(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        place.commit("m", "a", hours=3, subject="Three (#3)")
        for name, hours in (("a", 10), ("m", 11), ("c", 12)):
            place.tell(sha(name), hours)
        assert place.delivered() == {"a": ["1"], "m": ["3"], "c": ["2"]}


def test_relink__other_environment__counts_for_itself(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)")
        staging = Place(call, place.repository_id, a_place(call, environment_key="staging").environment_key)
        for each in (staging, place):
            each.tell(sha("a"), 10)
            each.tell(sha("b"), 11)
        rows = call.db.rows(select(deployment_changes.c.is_first))
        assert [row.is_first for row in rows] == [True] * 4


def test_relink__second_application__brings_what_is_counted_only_where_it_was_first(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)")
        for application, hours in (("late", 12), ("early", 10)):
            place.tell(sha("a"), hours, application_key=application)
            place.tell(sha("b"), hours + 1, application_key=application)
        columns = (deployment_changes.c.application_key, deployment_changes.c.is_first)
        first = {tuple(row) for row in call.db.rows(select(*columns))}
        assert first == {("early", True), ("late", False)}


def test_relink__archived_deployment__leaves_what_it_brought_to_the_next(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "Three (#3)")
        ids = [place.tell(sha(name), hours) for name, hours in (("a", 10), ("b", 11), ("c", 12))]
        call.db.execute(update(deployments).where(deployments.c.id == ids[1]).values(is_archived=True))
        relink(call.db, place.scope, at(11))
        assert place.delivered() == {"a": ["1"], "c": ["2", "3"]}
        assert place.deployed("is_counted", "pull_requests") == [(True, 1), (False, 0), (True, 2)]


def test_relink__monorepo__only_what_touches_the_application_counts(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a", subject="One (#1)", paths=["web/x"])
        place.commit("b", "a", subject="Two (#2)", paths=["docs/x"])
        place.commit("c", "b", subject="Three (#3)", paths=["web/y", "docs/y"])
        name_source(call.db, place.scope, place.repository_id, ["web"])
        place.tell(sha("a"), 10)
        place.tell(sha("c"), 11)
        assert place.delivered() == {"a": ["1"], "c": ["3"]}


# --- which commit ---


@pytest.mark.parametrize(
    ("version", "given"),
    [
        (sha("b"), {}),
        (sha("b")[:8], {}),
        ("2.0", {}),
        ("v2.0", {}),
        ("release", {"version_name": "v2.0"}),
        ("build-7", {"deployment_metadata": {"commit": sha("b")}}),
    ],
)
def test_relink__version_of_any_kind__finds_its_commit(
    call_as_admin: Calls, version: str, given: dict[str, Any]
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        # Only the second would do as the beginning of a SHA.
        place.commit("a", subject="One (#1)")
        place.commit("b", "a", subject="Two (#2)")
        store_tags(call.db, place.repository_id, [("v2.0", sha("b"), at(2))])
        place.tell(sha("a"), 10)
        place.tell(version, 11, **given)
        assert place.deployed("commit_sha", "unresolved_reason")[1] == (sha("b"), None)
        assert place.delivered()["b" if version == sha("b") else version] == ["2"]


def test_relink__unknown_version__says_why_and_is_found_once_its_tag_is_known(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)")
        place.tell(sha("a"), call.now / HOUR - at(0) / HOUR - 2)
        place.tell("2.0", call.now / HOUR - at(0) / HOUR - 1)
        assert place.deployed("commit_sha", "unresolved_reason")[1][0] is None
        assert "nor a tag" in place.deployed("unresolved_reason")[1][0]
        store_tags(call.db, place.repository_id, [("v2.0", sha("b"), at(2))])
        assert relink_unresolved(call.db, place.repository_id, call.now) == 1
        assert place.delivered() == {"a": ["1"], "2.0": ["2"]}


def test_relink__project_without_repository__says_so(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call, with_repository=False)
        place.tell("1.0", 1)
        assert place.deployed("unresolved_reason") == [("no repository is associated with the project",)]


def test_relink__association__explains_what_was_deployed_and_without_it_nothing_is(
    call_as_admin: Calls,
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)")
        project_id = environment(call.db, "web", "production").project.id
        now = call.now / HOUR - at(0) / HOUR
        dissociate(call.db, place.repository_id, project_id)
        place.tell(sha("a"), now - 2)
        place.tell(sha("b"), now - 1)
        assert place.delivered() == {}
        associate(call.db, place.repository_id, project_id)
        relink_unresolved(call.db, place.repository_id, call.now)
        assert place.delivered() == {"a": ["1"], "b": ["2"]}
        dissociate(call.db, place.repository_id, project_id)
        relink_repository(call.db, place.repository_id, call.now)
        assert place.delivered() == {}


# --- how long it took ---


def test_relink__lead_time_of_what_git_knows__runs_from_the_commit(call_as_admin: Calls) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, "One (#1)", "Two (#2)", "By a machine (#3)")
        call.db.execute(update(changes).where(changes.c.external_id == "3").values(is_bot=True))
        place.commit("d", "c", hours=3, subject="Robots (#4)", author="renovate[bot]")
        place.tell(sha("a"), 10)
        place.tell(sha("d"), 12, "started")
        place.tell(sha("d"), 13)
        columns = ("lead_ms", "wait_ms", "deploy_ms", "is_partial", "is_bot")
        statement = select(*(deployment_changes.c[name] for name in columns)).where(
            deployment_changes.c.change_id == changes.c.id, changes.c.external_id.in_(["2", "4"])
        )
        rows = call.db.rows(statement.order_by(changes.c.external_id))
        assert [tuple(row) for row in rows] == [
            (12 * HOUR, 11 * HOUR, HOUR, True, False),
            (10 * HOUR, 9 * HOUR, HOUR, True, True),
        ]
        # The mean of the second and the third; the robots are left out.
        assert place.deployed("lead_time", "contributors", "pull_requests")[1] == (23 * HOUR // 2, 1, 3)


# --- bit by bit or at once ---


def a_random_history(place: Place, dice: random.Random, size: int) -> None:
    """Squashes, commits of their own, merges, branches and reverts."""
    heads = ["c0"]
    place.commit("c0", subject="Start (#1000)")
    for number in range(1, size):
        name, parent = f"c{number}", dice.choice(heads[-3:])
        kind = dice.random()
        if kind < 0.15:
            place.commit(f"s{number}", parent, hours=number - 0.5)
            subject = f"Merge pull request #{number} from ada/topic"
            place.commit(name, parent, f"s{number}", hours=number, subject=subject)
        elif kind < 0.25:
            other = dice.choice(heads)
            parents = dict.fromkeys((parent, other))
            place.commit(name, *parents, hours=number, subject="Merge branch 'other'")
        elif kind < 0.35:
            place.commit(
                name,
                parent,
                hours=number,
                subject=f'Revert "It (#{dice.randrange(1, number + 1)})" (#{number})',
            )
        else:
            subject = "On its own" if kind < 0.45 else f"Change (#{number})"
            place.commit(name, parent, hours=number, subject=subject)
        heads.append(name)


@pytest.mark.parametrize("seed", range(4))
def test_relink__bit_by_bit_in_any_order__is_the_same_as_at_once(
    call_as_admin: Calls, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)
    with call_as_admin() as call:
        place = a_place(call)
        a_random_history(place, dice, 40)
        # Forward by and large, with steps back.
        names = [f"c{min(39, max(0, number + dice.randrange(-6, 4)))}" for number in range(40)]
        story = [(sha(name), 40 + 6 * number) for number, name in enumerate(names)]
        ids = []
        for version, hours in dice.sample(story, len(story)):
            kind = "failed" if dice.random() < 0.2 else "finished"
            fixed = {"fixes": dice.choice(story)[0]} if dice.random() < 0.15 else {}
            ids.append(place.tell(version, hours, kind, deployment_metadata=fixed))
        for id in dice.sample(ids, 3):
            row = call.db.first(select(deployments).where(deployments.c.id == id))
            call.db.execute(update(deployments).where(deployments.c.id == id).values(is_archived=True))
            relink(call.db, place.scope, row.at)
        bit_by_bit = derived(place)
        relink(call.db, place.scope, 0)
        assert derived(place) == bit_by_bit
        monkeypatch.setattr(delivering, "MOST_ONE_BY_ONE", 1_000)
        relink(call.db, place.scope, 0)
        assert derived(place) == bit_by_bit
        reasons = {row[0] for row in place.deployed("failure_reason")}
        assert {"event", "rolledBack"} <= reasons  # so the story had something to judge


def test_record_event__with_a_long_past__asks_as_much_as_with_a_short_one(
    call_as_admin: Calls, database: Database
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        a_line(place, *(f"Change (#{number})" for number in range(1, 60)))
        counts = []
        for number in range(59):
            with counted_queries(database) as seen:
                place.tell(sha(chr(ord("a") + number)), 100 + number)
            counts.append(len(seen))
        assert counts[5] == counts[-1]
