"""Where charts begin and end: buckets, empty series, unknown applications, rights, exact numbers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from areas.insights.chart_seeds import seed_delivery
from areas.insights.seeds import narrowed
from conftest import Api
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.columns import Json
from daybreak.platform.database import Database
from daybreak.rest.call import Call
from statements import count_statements

CHARTS = "/api/v2/engineering-insights/charts"
EVENTS = "/api/v2/engineering-insights/deployment-events"
SCOPE = {"projectKey": "web", "environmentKey": "production"}
ALONG_TIME = ("deployments/frequency", "lead-time", "releases/frequency")
PATHS = (*ALONG_TIME, "flags/status", "flags/stale")

AsAdmin = Callable[[], AbstractContextManager[Call]]


@pytest.fixture(autouse=True)
def project(api: Api) -> None:
    assert api.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201


def deploy(api: Api, at: int, application: str = "shop", environment: str = "production") -> None:
    body = {
        "projectKey": "web",
        "environmentKey": environment,
        "applicationKey": application,
        "version": f"v{at}",
        "eventType": "finished",
        "eventTime": at,
    }
    assert api.post(EVENTS, body).status_code == 201


def read(api: Any, path: str, **query: Any) -> Json:
    response = api.get(f"{CHARTS}/{path}", **(SCOPE | query))
    assert response.status_code == 200, response.text
    return response.json()


def values(chart: Json) -> dict[str, list[float]]:
    return {s["metadata"]["name"]: [point["y"] for point in s["data"]] for s in chart["series"]}


@pytest.mark.parametrize("path", ["deployments/frequency", "releases/frequency"])
def test_chart__nothing_happened__is_a_line_of_zeros(api: Api, path: str) -> None:
    assert values(read(api, path)) == {"all": [0] * 7}


@pytest.mark.parametrize(
    ("path", "group"), [("deployments/frequency", "kind"), ("releases/frequency", "impact")]
)
def test_chart__nothing_happened_to_any_group__has_no_series(api: Api, path: str, group: str) -> None:
    assert values(read(api, path, groupBy=group)) == {}


def test_getDeploymentFrequencyChart__window_that_is_no_multiple__has_whole_buckets(
    api: Api, clock: FixedClock
) -> None:
    for ago in (HOUR, 40 * HOUR, 49 * HOUR):
        deploy(api, clock.at - ago)

    chart = read(api, "deployments/frequency", **{"from": clock.at - 36 * HOUR, "to": clock.at})

    assert [point["x"] for point in chart["series"][0]["data"]] == [
        clock.at - 48 * HOUR,
        clock.at - 24 * HOUR,
    ]
    assert values(chart) == {"all": [1, 1]}


@pytest.mark.parametrize("path", ALONG_TIME)
@pytest.mark.parametrize(("buckets", "status"), [(1_000, 200), (1_001, 400)])
def test_chart__many_buckets__are_refused_beyond_a_thousand(
    api: Api, clock: FixedClock, path: str, buckets: int, status: int
) -> None:
    window = {"from": clock.at - buckets * MINUTE, "to": clock.at, "bucketMs": MINUTE}

    assert api.get(f"{CHARTS}/{path}", **SCOPE, **window).status_code == status


@pytest.mark.parametrize("path", ["deployments/frequency", "lead-time"])
def test_chart__application_nobody_deployed__is_not_found(api: Api, clock: FixedClock, path: str) -> None:
    deploy(api, clock.at - HOUR, "shop", "test")

    response = api.get(f"{CHARTS}/{path}", **SCOPE, applicationKey="shop")
    anywhere = api.get(f"{CHARTS}/{path}", projectKey="web", applicationKey="shop")

    assert response.status_code == 404
    assert "'shop'" in response.json()["message"]
    assert anywhere.status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_chart__caller_without_the_right__is_forbidden(api: Api, path: str) -> None:
    elsewhere = {"effect": "allow", "resources": ["proj/web:env/test"], "actions": ["viewInsights"]}
    here = {"effect": "allow", "resources": ["proj/web:env/production"], "actions": ["viewInsights"]}

    assert narrowed(api, elsewhere).get(f"{CHARTS}/{path}", **SCOPE).status_code == 403
    assert narrowed(api, here).get(f"{CHARTS}/{path}", **SCOPE).status_code == 200


def test_getDeploymentFrequencyChart__whole_project__counts_what_the_caller_may_see(
    api: Api, clock: FixedClock
) -> None:
    deploy(api, clock.at - HOUR)
    deploy(api, clock.at - HOUR, environment="test")
    only_test = {"effect": "allow", "resources": ["proj/web:env/test"], "actions": ["viewInsights"]}

    totals = [
        caller.get(f"{CHARTS}/deployments/frequency", projectKey="web").json()["metadata"]["summary"]["total"]
        for caller in (api, narrowed(api, only_test))
    ]

    assert totals == [2, 1]


def test_getDeploymentFrequencyChart__two_weeks_of_daily_deployments__are_graded(
    api: Api, clock: FixedClock
) -> None:
    for day in range(14):
        deploy(api, clock.at - day * DAY - HOUR)

    chart = read(
        api, "deployments/frequency", **{"from": clock.at - 14 * DAY, "to": clock.at}, expand="metrics"
    )

    metric = chart["metadata"]["metrics"]["deploymentFrequency"]
    # 14 versions in the 13 days and an hour that events cover.
    assert metric["value"] == pytest.approx(14 / (13 + 1 / 24))
    assert (metric["indicator"], metric["unit"], metric["modifier"]) == ("excellent", "perDay", "mean")


def test_getLeadTimeChart__by_application__has_the_mean_of_each(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    with call_as_admin() as call:
        for hours, application in ((2, "shop"), (4, "shop"), (10, "app")):
            seed_delivery(call, ended_at=clock.at - HOUR, coding=hours * HOUR, application=application)

    chart = read(api, "lead-time", groupBy="application")

    assert values(chart) == {"app": [10 * HOUR], "shop": [3 * HOUR]}
    assert [s["data"][0]["values"] for s in chart["series"]] == [{"count": 1}, {"count": 2}]
    assert chart["metadata"]["summary"] == {"changes": 3, "meanLeadTimeMs": 16 * HOUR // 3}


def test_getLeadTimeChart__ten_changes__percentiles_are_members_of_the_sample(
    api: Api, clock: FixedClock, call_as_admin: AsAdmin
) -> None:
    with call_as_admin() as call:
        for hours in range(1, 11):
            ended_at = clock.at - (HOUR if hours <= 5 else DAY + HOUR)
            seed_delivery(call, ended_at=ended_at, coding=hours * HOUR)

    chart = read(api, "lead-time", expand="percentiles,metrics")

    found = {s["metadata"]["name"]: s for s in chart["series"]}
    bounds = {
        name: found[name]["metadata"]["bounds"][0]["value"] // HOUR for name in ("p50", "p75", "p90", "p95")
    }
    # The least member that at least so many percent of the ten do not exceed.
    assert bounds == {"p50": 5, "p75": 8, "p90": 9, "p95": 10}
    # 6 to 10 hours came a day before 1 to 5 hours.
    assert values(chart)["p50"] == [8 * HOUR, 3 * HOUR]
    assert values(chart)["p90"] == [10 * HOUR, 5 * HOUR]
    assert chart["metadata"]["metrics"]["leadTime"]["modifier"] == "median"


@pytest.mark.parametrize("path", ["deployments/frequency", "lead-time"])
def test_chart__more_rows__take_no_more_statements(
    api: Api, clock: FixedClock, database: Database, path: str
) -> None:
    def ask() -> None:
        clock.advance(MINUTE)
        read(api, path, expand="metrics")

    def count() -> int:
        return count_statements(database, ask)

    deploy(api, clock.at - HOUR)
    few = count()
    for number in range(20):
        deploy(api, clock.at - number * HOUR, f"application-{number}")

    assert count() == few > 0
