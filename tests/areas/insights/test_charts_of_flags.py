"""Charts about flags: what is asked reaches whoever keeps flags, and what they count is shown."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from areas.insights.seeds import a_project, tell
from conftest import Api
from daybreak.areas.insights.access import VIEW_INSIGHTS
from daybreak.areas.insights.charts.buckets import Buckets
from daybreak.areas.insights.charts.flags import Counted, FlagCounts, Releases, StaleFlags
from daybreak.areas.insights.charts.requests import FlagStatusQuery, ReleaseFrequencyQuery, StaleFlagsQuery
from daybreak.areas.insights.charts.routes import CHARTS, routes
from daybreak.areas.insights.charts.store import ALL, Tally
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.scoring.facts import Coverage, FlagHealthFacts, ImpactFacts
from daybreak.platform.clock import DAY, FixedClock
from daybreak.platform.columns import Json
from daybreak.rest.call import Call
from daybreak.rest.parsing import parse_query

SCOPE = "projectKey=web&environmentKey=production"
PATHS = ("releases/frequency", "flags/status", "flags/stale")
WATCHED = Coverage(28 * DAY)

AsAdmin = Callable[[], AbstractContextManager[Call]]


@dataclass
class KeptFlags:
    """Whoever keeps flags, with what they would find; remembers what they were asked."""

    found_releases: Releases = field(default_factory=Releases)
    found_statuses: Sequence[Counted] = ()
    found_stale: StaleFlags = field(default_factory=StaleFlags)
    places: list[str] = field(default_factory=list)
    queries: list[Any] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def releases(
        self, call: Call, place: EnvironmentFact, buckets: Buckets, query: ReleaseFrequencyQuery
    ) -> Releases:
        self.starts = list(buckets.starts)
        self._note(call, place, query)
        return self.found_releases

    def statuses(self, call: Call, place: EnvironmentFact, query: FlagStatusQuery) -> Sequence[Counted]:
        self._note(call, place, query)
        return self.found_statuses

    def stale(self, call: Call, place: EnvironmentFact, query: StaleFlagsQuery) -> StaleFlags:
        self._note(call, place, query)
        return self.found_stale

    def _note(self, call: Call, place: EnvironmentFact, query: Any) -> None:
        assert call.actor.may(VIEW_INSIGHTS, place.address)
        self.places.append(f"{place.project.key}/{place.key}")
        self.queries.append(query)


@pytest.fixture(autouse=True)
def project(api: Api) -> None:
    a_project(api)


def chart_of(opened: AsAdmin, flags: FlagCounts, path: str, more: str = "") -> Json:
    """The chart as a server answers it whose flags are kept by `flags`."""
    [route] = [each for each in routes(flags) if each.path == f"{CHARTS}/{path}"]
    assert route.query is not None
    with opened() as call:
        return msgspec.to_builtins(route.run(call, query=parse_query(SCOPE + more, route.query)))


def values(chart: Json) -> dict[str, list[int]]:
    return {s["metadata"]["name"]: [point["y"] for point in s["data"]] for s in chart["series"]}


def test_getFlagStatusChart__flags_in_three_states__has_a_bar_each(
    call_as_admin: AsAdmin, clock: FixedClock
) -> None:
    flags = KeptFlags(found_statuses=[Counted("new", 2), Counted("active", 5), Counted("inactive", 0)])

    chart = chart_of(call_as_admin, flags, "flags/status")

    assert chart["series"] == [
        {"metadata": {"name": name, "count": count}, "data": [{"x": clock.at, "y": count}]}
        for name, count in (("new", 2), ("active", 5), ("inactive", 0))
    ]
    assert chart["metadata"] == {
        "summary": {"total": 7},
        "name": "Flag status",
        "xAxis": {"unit": "status"},
        "yAxis": {"unit": "flags"},
    }
    assert flags.places == ["web/production"]


def test_getStaleFlagsChart__by_maintainer__asks_for_these_and_grades_their_share(
    api: Api, call_as_admin: AsAdmin
) -> None:
    tell(api, applicationKey="shop")
    health = FlagHealthFacts(WATCHED, temporary=20, stale=3)
    flags = KeptFlags(found_stale=StaleFlags([Counted("ada", 2), Counted("grace", 1)], health))

    chart = chart_of(
        call_as_admin,
        flags,
        "flags/stale",
        "&groupBy=maintainer&maintainerId=m1,m2&maintainerTeamKey=core&applicationKey=shop&expand=metrics",
    )

    assert values(chart) == {"ada": [2], "grace": [1]}
    assert chart["metadata"]["summary"] == {"total": 3}
    [query] = flags.queries
    assert query.group_by == "maintainer"
    assert query.maintainer_id == ("m1", "m2")
    assert query.maintainer_team_key == ("core",)
    assert query.application_key == ("shop",)
    # 3 of 20 are 15 %: beyond 10 % excellent, within 30 % good.
    assert chart["metadata"]["metrics"]["flagHealth"] == {
        "indicator": "good",
        "value": 15,
        "unit": "percent",
        "modifier": "mean",
        "tiers": [
            {"indicator": "excellent", "description": "at most 10 %"},
            {"indicator": "good", "description": "at most 30 %"},
            {"indicator": "fair", "description": "at most 60 %"},
            {"indicator": "needsAttention", "description": "more than 60 %"},
        ],
    }


def test_getReleaseFrequencyChart__releases_on_two_days__fills_the_others_with_zeros(
    call_as_admin: AsAdmin, clock: FixedClock
) -> None:
    impact = ImpactFacts(WATCHED, events=4, mean_impact=Fraction(20))
    flags = KeptFlags(found_releases=Releases([Tally(ALL, 6, 3), Tally(ALL, 0, 1)], impact))

    chart = chart_of(call_as_admin, flags, "releases/frequency", "&expand=metrics")

    assert values(chart) == {"all": [1, 0, 0, 0, 0, 0, 3]}
    days = [clock.at - ago * DAY for ago in range(7, 0, -1)]
    assert [point["x"] for point in chart["series"][0]["data"]] == flags.starts == days
    assert chart["metadata"]["summary"] == {"total": 4}
    metric = chart["metadata"]["metrics"]["impactSize"]
    assert (metric["indicator"], metric["value"], metric["unit"]) == ("excellent", 20, "percent")


def test_getReleaseFrequencyChart__by_impact__has_a_series_each(call_as_admin: AsAdmin) -> None:
    tallies = [Tally("small", 2, 2), Tally("large", 6, 1), Tally("small", 6, 4)]
    flags = KeptFlags(found_releases=Releases(tallies))

    chart = chart_of(
        call_as_admin, flags, "releases/frequency", "&groupBy=impact&hasExperiments=false&global=exclude"
    )

    assert values(chart) == {"large": [0, 0, 0, 0, 0, 0, 1], "small": [0, 0, 2, 0, 0, 0, 4]}
    assert [s["metadata"]["count"] for s in chart["series"]] == [1, 6]
    assert chart["metadata"]["summary"] == {"total": 7}
    [query] = flags.queries
    assert (query.group_by, query.has_experiments, query.global_) == ("impact", False, "exclude")


@pytest.mark.parametrize(
    ("path", "name"), [("releases/frequency", "impactSize"), ("flags/stale", "flagHealth")]
)
def test_chart__nobody_keeps_flags__has_a_metric_that_is_not_calculated(
    api: Api, path: str, name: str
) -> None:
    query = {"projectKey": "web", "environmentKey": "production", "expand": "metrics"}

    metric = api.get(f"{CHARTS}/{path}", **query).json()["metadata"]["metrics"][name]

    assert (metric["indicator"], metric["value"]) == ("notCalculated", 0)
    assert len(metric["tiers"]) == 4


@pytest.mark.parametrize("path", PATHS)
def test_chart__application_nobody_deployed_to_it__is_not_found(api: Api, path: str) -> None:
    tell(api, applicationKey="shop")
    scope = {"projectKey": "web", "environmentKey": "production"}

    unknown = api.get(f"{CHARTS}/{path}", **scope, applicationKey="shop,nothing")

    assert unknown.status_code == 404
    assert "'nothing'" in unknown.json()["message"]
    assert api.get(f"{CHARTS}/{path}", **scope, applicationKey="shop").status_code == 200


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("releases/frequency", {"projectKey": "web"}),
        ("flags/status", {"projectKey": "web"}),
        ("flags/stale", {"environmentKey": "production"}),
        ("flags/stale", {"projectKey": "web", "environmentKey": "production", "groupBy": "status"}),
        ("flags/stale", {"projectKey": "web", "environmentKey": "production", "expand": "percentiles"}),
        ("releases/frequency", {"projectKey": "web", "environmentKey": "production", "global": "only"}),
        ("releases/frequency", {"projectKey": "web", "environmentKey": "production", "hasExperiments": "so"}),
    ],
)
def test_chart__missing_or_senseless_parameter__answers_400(
    api: Api, path: str, given: dict[str, str]
) -> None:
    assert api.get(f"{CHARTS}/{path}", **given).status_code == 400
