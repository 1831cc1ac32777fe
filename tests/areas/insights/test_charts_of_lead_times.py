"""Lead-time charts, and the edges of windows and hours, in numbers worked out by hand."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from areas.insights.chart_seeds import seed_delivery
from areas.insights.seeds import a_project, tell
from conftest import Api
from daybreak.areas.insights.charts.routes import CHARTS
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.columns import Json
from daybreak.platform.database import Database
from daybreak.rest.call import Call
from statements import count_statements

AsAdmin = Callable[[], AbstractContextManager[Call]]


@pytest.fixture(autouse=True)
def project(api: Api) -> None:
    a_project(api)


def read(api: Api, path: str, **query: Any) -> Json:
    scope = {"projectKey": "web", "environmentKey": "production"}
    response = api.get(f"{CHARTS}/{path}", **(scope | query))
    assert response.status_code == 200, response.text
    return response.json()


def points(chart: Json) -> dict[str, dict[int, int]]:
    return {s["metadata"]["name"]: {p["x"]: p["y"] for p in s["data"]} for s in chart["series"]}


def test_getLeadTimeChart__all_stages_known__they_add_up_to_the_lead_time(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    with call_as_admin() as call:
        for times in (1, 3):
            seed_delivery(
                call,
                ended_at=clock.at - HOUR,
                coding=times * 10 * HOUR,
                review=times * 5 * HOUR,
                wait=times * 2 * HOUR,
                deploy=times * HOUR,
            )

    chart = read(api, "lead-time")

    last_day = clock.at - DAY
    assert points(chart) == {
        "coding": {last_day: 20 * HOUR},
        "review": {last_day: 10 * HOUR},
        "wait": {last_day: 4 * HOUR},
        "deploy": {last_day: 2 * HOUR},
    }
    assert [s["metadata"]["count"] for s in chart["series"]] == [2, 2, 2, 2]
    assert chart["metadata"]["summary"] == {"changes": 2, "meanLeadTimeMs": 36 * HOUR}


def test_getLeadTimeChart__stage_unknown_of_all__has_its_series_without_points(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    with call_as_admin() as call:
        seed_delivery(call, ended_at=clock.at - HOUR, coding=HOUR)

    chart = read(api, "lead-time")

    assert points(chart) == {
        "coding": {clock.at - DAY: HOUR},
        "review": {},
        "wait": {},
        "deploy": {clock.at - DAY: 0},
    }


def test_getLeadTimeChart__window__holds_its_beginning_and_not_its_end(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    start, end = clock.at - 4 * HOUR, clock.at - 2 * HOUR
    with call_as_admin() as call:
        for ended_at, hours in ((start - 1, 1), (start, 2), (end - HOUR, 4), (end - 1, 6), (end, 9)):
            seed_delivery(call, ended_at=ended_at, coding=hours * HOUR)

    window: Json = {"from": start, "to": end}
    chart = read(api, "lead-time", **window, bucketMs=HOUR, groupBy="application")

    assert points(chart) == {"shop": {start: 2 * HOUR, start + HOUR: 5 * HOUR}}
    assert chart["metadata"]["summary"] == {"changes": 3, "meanLeadTimeMs": 4 * HOUR}


def test_getLeadTimeChart__applications__are_those_asked_for(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    for application in ("shop", "app", "other"):
        tell(api, applicationKey=application)
    with call_as_admin() as call:
        for application, hours in (("shop", 2), ("app", 4), ("other", 99)):
            seed_delivery(call, ended_at=clock.at - HOUR, coding=hours * HOUR, application=application)

    one = read(api, "lead-time", applicationKey="app")
    two = read(api, "lead-time", applicationKey="shop,app", groupBy="application")

    assert one["metadata"]["summary"] == {"changes": 1, "meanLeadTimeMs": 4 * HOUR}
    assert points(two) == {"app": {clock.at - DAY: 4 * HOUR}, "shop": {clock.at - DAY: 2 * HOUR}}


@pytest.mark.parametrize(
    ("hours", "median", "indicator"),
    [((12, 36), 24, "excellent"), ((12, 37), 24.5, "good"), ((1, 673, 9_999), 673, "needsAttention")],
)
def test_getLeadTimeChart__metrics__grade_the_median(
    api: Api,
    clock: FixedClock,
    call_as_admin: AsAdmin,
    hours: tuple[int, ...],
    median: float,
    indicator: str,
) -> None:
    tell(api, applicationKey="shop", eventTime=clock.at - 14 * DAY)
    with call_as_admin() as call:
        for each in hours:
            seed_delivery(call, ended_at=clock.at - HOUR, coding=each * HOUR)

    window: Json = {"from": clock.at - 14 * DAY}
    chart = read(api, "lead-time", **window, expand="metrics")

    metric = chart["metadata"]["metrics"]["leadTime"]
    assert (metric["indicator"], metric["value"]) == (indicator, median * HOUR)
    assert (metric["unit"], metric["modifier"]) == ("milliseconds", "median")
    assert [tier["description"] for tier in metric["tiers"]] == [
        "at most 1 day",
        "at most 1 week",
        "at most 4 weeks",
        "more than 4 weeks",
    ]


@pytest.mark.parametrize("group", ["stage", "application"])
def test_getLeadTimeChart__twenty_changes__take_as_many_statements_as_one(
    api: Api, clock: FixedClock, database: Database, call_as_admin: AsAdmin, group: str
) -> None:
    tell(api, applicationKey="shop", eventTime=clock.at - 14 * DAY)

    def seed(numbers: range) -> None:
        with call_as_admin() as call:
            for number in numbers:
                seed_delivery(call, ended_at=clock.at - DAY, coding=HOUR, application=f"application-{number}")

    def count(changes: int) -> int:
        def ask() -> None:
            # An answer is remembered for a minute.
            clock.advance(MINUTE)
            chart = read(api, "lead-time", groupBy=group, expand="metrics,percentiles")
            assert chart["metadata"]["summary"]["changes"] == changes

        return count_statements(database, ask)

    seed(range(1))
    one = count(1)
    seed(range(1, 20))

    assert count(20) == one > 0


def test_getDeploymentFrequencyChart__hours__begin_on_the_hour(api: Api, clock: FixedClock) -> None:
    this_hour = clock.at - clock.at % HOUR
    assert this_hour < clock.at
    times = (this_hour - 2 * HOUR, this_hour - HOUR - 1, this_hour - 1, this_hour)
    for number, at in enumerate(times):
        tell(api, version=f"v{number}", eventTime=at)

    window: Json = {"from": clock.at - 2 * HOUR, "to": clock.at}
    chart = read(api, "deployments/frequency", **window, bucketType="hour", bucketMs=5 * MINUTE)

    # `bucketMs` is for rolling buckets.
    assert points(chart) == {"all": {this_hour - 2 * HOUR: 2, this_hour - HOUR: 1, this_hour: 1}}


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("deployments/frequency", {"environmentKey": "production"}),
        ("lead-time", {"environmentKey": "production"}),
        ("lead-time", {}),
        ("lead-time", {"projectKey": "web", "groupBy": "kind"}),
        ("deployments/frequency", {"projectKey": "web", "expand": "percentiles"}),
    ],
)
def test_chart__parameters_that_do_not_go_together__answer_400(
    api: Api, path: str, given: dict[str, str]
) -> None:
    assert api.get(f"{CHARTS}/{path}", **given).status_code == 400
