"""`exposureLag` under `expand=explanation`: flags that came with a deployment, and when they were served."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from areas.flags.code_seeds import a_hunk, scanned
from areas.flags.code_seeds import a_repository as a_code_repository
from areas.flags.seeds import a_flag
from areas.insights.deliveries import a_place, sha
from areas.insights.score_seeds import END, explanations_of, read_scores
from areas.insights.seeds import a_project, counted_queries, tell
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.evaluation_counts.store import fold
from daybreak.areas.flags.intake import count_evaluations
from daybreak.areas.insights.explanations import exposures
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.database import Database

# The first variation is served while a flag is on, the second one while it is off.
ON, OFF = 0, 1


@dataclass(frozen=True)
class Served:
    """The environment `production` of the project `web`, and what its SDKs tell."""

    api: Any
    database: Database
    environment_id: str

    def tell(
        self, key: str, at: int, counts: Mapping[int | None, int], version: str = "", now: int | None = None
    ) -> None:
        runs_in = {("checkout", version)} if version else set()
        use = FlagUse({(at, variation): number for variation, number in counts.items()}, runs_in=runs_in)
        with self.database.writing() as db:
            count_evaluations(db, {(self.environment_id, key): use}, at if now is None else now)

    def exposed(self, **query: Any) -> list[tuple[str, str, str, dict[str, int | None]]]:
        found = explanations_of(self.api, **query)["exposureLag"]
        assert found["truncated"] is False
        return [
            (each["deployment"], each["flagKey"], each["seenIn"], each["lagMs"]) for each in found["flags"]
        ]


@pytest.fixture
def served(api: Any, database: Database) -> Served:
    a_project(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()
    return Served(api, database, environment["_id"])


def two_versions(served: Served, *keys: str) -> tuple[str, str]:
    """1.0, three weeks old, that evaluates `old`; and 2.0, ten days old, the first one with these flags."""
    a_flag(served.api, "old")
    first = tell(served.api, version="1.0", eventTime=END - 21 * DAY)
    second = tell(served.api, version="2.0", eventTime=END - 10 * DAY)
    served.tell("old", END - 21 * DAY, {ON: 1}, "1.0")
    for key in keys:
        a_flag(served.api, key)
        served.tell(key, END - 10 * DAY, {OFF: 10}, "2.0")
    return first, second


def test_exposureLag__flag_first_evaluated_by_a_version__is_measured_from_its_deployment(
    served: Served,
) -> None:
    _, second = two_versions(served, "dark")
    served.tell("dark", END - 9 * DAY, {ON: 3, OFF: 9})
    served.tell("dark", END - 8 * DAY, {ON: 3, OFF: 3}, "2.1")
    served.tell("dark", END - 7 * DAY, {ON: 7, None: 2})
    assert served.exposed() == [
        (second, "dark", "evaluations", {"20": DAY, "50": 2 * DAY, "80": None}),
    ]
    lag = explanations_of(served.api)["exposureLag"]
    assert (lag["raw"], lag["unit"], lag["sampleSize"], lag["excluded"]) == (2 * DAY, "milliseconds", 1, [])


def test_exposureLag__minutes_of_an_hour__are_taken_together(served: Served, database: Database) -> None:
    _, second = two_versions(served, "dark")
    hour = END - 9 * DAY
    served.tell("dark", hour + MINUTE, {ON: 1})
    served.tell("dark", hour + 2 * MINUTE, {OFF: 3})
    expected = [(second, "dark", "evaluations", {"20": DAY, "50": None, "80": None})]
    assert served.exposed() == expected
    with database.writing() as db:
        fold(db, END)
    assert served.exposed() == expected


def test_exposureLag__what_the_application_had_before__did_not_come_with_it(served: Served) -> None:
    two_versions(served)
    served.tell("old", END - 5 * DAY, {ON: 5}, "2.0")
    assert served.exposed() == []
    lag = explanations_of(served.api)["exposureLag"]
    assert (lag["raw"], lag["sampleSize"]) == (None, 0)
    assert lag["reason"].startswith("no flag that came with a deployment")


def test_exposureLag__flag_that_is_never_served__is_left_out_of_the_median(served: Served) -> None:
    _, second = two_versions(served, "dark", "light")
    served.tell("light", END - 10 * DAY + 2 * HOUR, {ON: 90, OFF: 10})
    never, soon = {"20": None, "50": None, "80": None}, dict.fromkeys(("20", "50", "80"), 2 * HOUR)
    assert served.exposed() == [
        (second, "dark", "evaluations", never),
        (second, "light", "evaluations", soon),
    ]
    lag = explanations_of(served.api)["exposureLag"]
    assert (lag["raw"], lag["sampleSize"]) == (2 * HOUR, 1)
    assert [(each["name"], each["count"]) for each in lag["excluded"]] == [("notExposed", 1)]


def test_exposureLag__as_of_an_earlier_time__knows_nothing_of_later(served: Served) -> None:
    _, second = two_versions(served, "dark")
    served.tell("dark", END - 8 * DAY, {ON: 1})
    [(_, _, _, lags)] = served.exposed(to=END - 8 * DAY)
    assert set(lags.values()) == {None}
    assert served.exposed(to=END - 11 * DAY) == []
    assert served.exposed() == [(second, "dark", "evaluations", dict.fromkeys(("20", "50", "80"), 2 * DAY))]


def test_exposureLag__flag_that_the_code_mentions_first__came_with_that_commit(
    served: Served, api: Any, call_as_admin: Any
) -> None:
    with call_as_admin() as call:
        place = a_place(call)
        place.commit("a", hours=0)
        place.commit("b", "a", hours=1, subject="Add dark (#2)")
        place.tell(sha("a"), 0, at=END - 20 * DAY)
        deployed = place.tell(sha("b"), 0, at=END - 10 * DAY)
    for key in ("dark", "old"):
        a_flag(api, key)
    a_code_repository(api)
    scanned(api, ("a.py", [a_hunk("old")]), head=sha("a"))
    more = [a_hunk("old"), a_hunk("old", 9), a_hunk("dark"), a_hunk("elsewhere", projKey="other")]
    scanned(api, ("a.py", [*more, a_hunk("unknown")]), head=sha("b"))
    served.tell("dark", END - 9 * DAY, {ON: 1})
    assert served.exposed() == [(deployed, "dark", "codeReferences", dict.fromkeys(("20", "50", "80"), DAY))]


def test_exposureLag__more_flags_than_are_listed__says_so(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_versions(served, "dark", "light")
    monkeypatch.setattr(exposures, "MOST_LISTED", 1)
    lag = explanations_of(served.api)["exposureLag"]
    assert ([each["flagKey"] for each in lag["flags"]], lag["truncated"]) == (["dark"], True)


def test_exposureLag__twenty_flags_instead_of_one__take_as_many_queries(
    served: Served, database: Database
) -> None:
    two_versions(served, "flag-0")
    counts = []
    for keys in ([], [f"flag-{number}" for number in range(1, 20)]):
        for key in keys:
            a_flag(served.api, key)
            served.tell(key, END - 10 * DAY, {OFF: 10}, "2.0")
        read_scores(served.api, expand="explanation", to=END - len(keys))
        with counted_queries(database) as statements:
            read_scores(served.api, expand="explanation", to=END - len(keys) - 1)
        counts.append(len(statements))
    assert counts[0] == counts[1]
