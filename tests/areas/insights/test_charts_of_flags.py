"""Charts about flags: what was changed, and how flags fare."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, instructed
from areas.insights.seeds import a_project, tell
from conftest import Api
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.flag_changes.settling import settle
from daybreak.areas.flags.intake import count_evaluations
from daybreak.areas.insights.charts.routes import CHARTS
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.columns import Json
from daybreak.platform.database import Database

PATHS = ("releases/frequency", "flags/status", "flags/stale")
ON = {"kind": "turnFlagOn"}


@pytest.fixture(autouse=True)
def environment(api: Api) -> str:
    a_project(api)
    found: str = api.get("/api/v2/projects/web/environments/production").json()["_id"]
    return found


def chart_of(api: Api, path: str, **more: Any) -> Json:
    query = {"projectKey": "web", "environmentKey": "production"} | more
    answer = api.get(f"{CHARTS}/{path}", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def values(chart: Json) -> dict[str, list[int]]:
    return {s["metadata"]["name"]: [point["y"] for point in s["data"]] for s in chart["series"]}


def served(
    database: Database, environment: str, key: str, counts: dict[tuple[int, int | None], int], now: int
) -> None:
    use = FlagUse({(at - at % MINUTE, number): count for (at, number), count in counts.items()})
    use.runs_in = {("shop", "1.0")} if key == "launched" else set()
    with database.writing() as db:
        count_evaluations(db, {(environment, key): use}, now)


def several_flags(api: Api, database: Database, environment: str, clock: FixedClock) -> None:
    """A month ago five flags were made; since then two are evaluated. One is new."""
    for key, owner in (("launched", "team-a"), ("active", ""), ("unused", "team-a"), ("other", "")):
        a_flag(api, key, **({"maintainerTeamKey": owner} if owner else {}))
    a_flag(api, "kept", temporary=False)
    instructed(api, ON, key="launched")
    clock.at += 31 * DAY
    a_flag(api, "new")
    for key in ("launched", "active"):
        served(database, environment, key, {(clock.at - HOUR, 0): 1}, clock.at)


def test_getFlagStatusChart__flags_in_every_status__has_a_bar_each(
    api: Api, database: Database, environment: str, clock: FixedClock
) -> None:
    several_flags(api, database, environment, clock)
    chart = chart_of(api, "flags/status")
    assert chart["series"] == [
        {"metadata": {"name": name, "count": count}, "data": [{"x": clock.at, "y": count}]}
        for name, count in (("active", 1), ("inactive", 3), ("launched", 1), ("new", 1))
    ]
    assert chart["metadata"] == {
        "summary": {"total": 6},
        "name": "Flag status",
        "xAxis": {"unit": "status"},
        "yAxis": {"unit": "flags"},
    }
    tell(api, applicationKey="shop")
    assert values(chart_of(api, "flags/status", applicationKey="shop"))["launched"] == [1]
    assert chart_of(api, "flags/status", applicationKey="shop")["metadata"]["summary"] == {"total": 1}


def test_getStaleFlagsChart__by_maintainer__counts_theirs_and_grades_the_share(
    api: Api, database: Database, environment: str, clock: FixedClock
) -> None:
    several_flags(api, database, environment, clock)
    clock.at += 7 * DAY
    for key in ("launched", "active"):
        served(database, environment, key, {(clock.at - HOUR, 0): 1}, clock.at)

    assert values(chart_of(api, "flags/stale")) == {"all": [3]}
    chart = chart_of(api, "flags/stale", groupBy="maintainer", expand="metrics")
    assert values(chart) == {"team-a": [2], "unassigned": [1]}
    assert values(chart_of(api, "flags/stale", maintainerTeamKey="team-a,b")) == {"all": [2]}
    assert values(chart_of(api, "flags/stale", maintainerId="nobody")) == {"all": [0]}
    # 3 of 5 temporary flags.
    assert chart["metadata"]["metrics"]["flagHealth"] == {
        "indicator": "fair",
        "value": 60,
        "unit": "percent",
        "modifier": "mean",
        "tiers": [
            {"indicator": "excellent", "description": "at most 10 %"},
            {"indicator": "good", "description": "at most 30 %"},
            {"indicator": "fair", "description": "at most 60 %"},
            {"indicator": "needsAttention", "description": "more than 60 %"},
        ],
    }


def releases(api: Api, database: Database, environment: str, clock: FixedClock) -> int:
    """Two changes eight days ago, of which one moved a tenth of all, and one today. When it all began."""
    start = clock.at
    for key in ("first", "second", "third"):
        a_flag(api, key)
        served(database, environment, key, {(start - MINUTE, 1): 10}, start)
    for key in ("first", "second"):
        instructed(api, ON, key=key)
    served(database, environment, "first", {(start + 5 * MINUTE, 0): 1, (start + 5 * MINUTE, 1): 9}, start)
    served(database, environment, "second", {(start + 5 * MINUTE, 1): 9}, start)
    with database.writing() as db:
        settle(db, start + 2 * HOUR)
    clock.at += 8 * DAY
    instructed(api, ON, key="third")
    clock.at += HOUR
    return start


def test_getReleaseFrequencyChart__releases_on_two_days__fills_the_others_with_zeros(
    api: Api, database: Database, environment: str, clock: FixedClock
) -> None:
    start = releases(api, database, environment, clock)
    chart = chart_of(api, "releases/frequency", expand="metrics", **{"from": start})
    assert values(chart) == {"all": [2, 0, 0, 0, 0, 0, 0, 0, 1]}
    assert chart["metadata"]["summary"] == {"total": 3}
    metric = chart["metadata"]["metrics"]["impactSize"]
    assert (metric["indicator"], metric["value"], metric["unit"]) == ("excellent", 10, "percent")


def test_getReleaseFrequencyChart__by_impact__has_a_series_each(
    api: Api, database: Database, environment: str, clock: FixedClock
) -> None:
    start = releases(api, database, environment, clock)
    chart = chart_of(api, "releases/frequency", groupBy="impact", **{"from": start})
    assert {name: sum(found) for name, found in values(chart).items()} == {
        "none": 1,
        "small": 1,
        "unknown": 1,
    }
    assert chart["metadata"]["summary"] == {"total": 3}
    for narrow in ({"hasExperiments": "true"}, {"global": "exclude"}):
        assert chart_of(api, "releases/frequency", **narrow)["metadata"]["summary"] == {"total": 0}


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
