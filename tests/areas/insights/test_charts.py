"""Charts, through HTTP."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from areas.insights.chart_seeds import seed_delivery
from conftest import Api
from daybreak.platform.clock import DAY, HOUR, FixedClock
from daybreak.platform.columns import Json
from daybreak.rest.call import Call

CHARTS = "/api/v2/engineering-insights/charts"
EVENTS = "/api/v2/engineering-insights/deployment-events"
SCOPE = {"projectKey": "web", "environmentKey": "production"}
PATHS = ("deployments/frequency", "lead-time", "releases/frequency", "flags/status", "flags/stale")


@pytest.fixture(autouse=True)
def project(api: Api) -> None:
    assert api.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201


def deploy(
    api: Api, at: int, application: str = "shop", event: str = "finished", kind: str = "server"
) -> None:
    body = SCOPE | {
        "applicationKey": application,
        "applicationKind": kind,
        "version": f"v{at}",
        "eventType": event,
        "eventTime": at,
    }
    assert api.post(EVENTS, body).status_code == 201


def counts(chart: Json) -> dict[str, list[int]]:
    return {s["metadata"]["name"]: [point["y"] for point in s["data"]] for s in chart["series"]}


@pytest.mark.parametrize("path", PATHS)
def test_chart__project_without_data__is_empty(api: Api, path: str) -> None:
    chart = api.get(f"{CHARTS}/{path}", **SCOPE).json()

    assert sum(series["metadata"]["count"] for series in chart["series"]) == 0
    assert all(value in {0, None} for value in chart["metadata"]["summary"].values())


def test_getDeploymentFrequencyChart__rolling_days__count_back_from_the_end(
    api: Api, clock: FixedClock
) -> None:
    for ago in (HOUR, 2 * HOUR, DAY + HOUR, 6 * DAY + HOUR, 7 * DAY + HOUR):
        deploy(api, clock.at - ago)
    deploy(api, clock.at - 3 * HOUR, event="failed")

    chart = api.get(f"{CHARTS}/deployments/frequency", **SCOPE).json()

    assert counts(chart) == {"all": [1, 0, 0, 0, 0, 1, 2]}
    assert [p["x"] for p in chart["series"][0]["data"]] == [clock.at - n * DAY for n in range(7, 0, -1)]
    assert chart["metadata"]["summary"] == {"total": 4}


def test_getDeploymentFrequencyChart__utc_days__begin_at_midnight(api: Api, clock: FixedClock) -> None:
    deploy(api, clock.at - HOUR)

    query = SCOPE | {"bucketType": "day", "from": clock.at - DAY, "to": clock.at}
    chart = api.get(f"{CHARTS}/deployments/frequency", **query).json()

    assert [point["x"] % DAY for point in chart["series"][0]["data"]] == [0, 0]
    assert counts(chart) == {"all": [0, 1]}


def test_getDeploymentFrequencyChart__grouped__has_a_series_each(api: Api, clock: FixedClock) -> None:
    deploy(api, clock.at - HOUR, application="shop")
    deploy(api, clock.at - HOUR, application="app", kind="mobile")

    by_application = api.get(f"{CHARTS}/deployments/frequency", **SCOPE, groupBy="application").json()
    by_kind = api.get(f"{CHARTS}/deployments/frequency", **SCOPE, groupBy="kind").json()
    filtered = api.get(f"{CHARTS}/deployments/frequency", **SCOPE, applicationKey="app").json()

    assert {name: sum(y) for name, y in counts(by_application).items()} == {"app": 1, "shop": 1}
    assert {name: sum(y) for name, y in counts(by_kind).items()} == {"mobile": 1, "server": 1}
    assert filtered["metadata"]["summary"] == {"total": 1}


def test_getDeploymentFrequencyChart__metrics__tell_their_scale(api: Api, clock: FixedClock) -> None:
    for day in range(7):
        deploy(api, clock.at - day * DAY - HOUR)

    chart = api.get(f"{CHARTS}/deployments/frequency", **SCOPE, expand="metrics").json()

    metric = chart["metadata"]["metrics"]["deploymentFrequency"]
    # Six days and an hour are covered by events: less than a week is not trusted.
    assert metric["indicator"] == "unknown"
    assert [tier["description"] for tier in metric["tiers"]] == [
        "at least 1 per day",
        "at least 1 per week",
        "at least 1 per 4 weeks",
        "less than 1 per 4 weeks",
    ]


def test_getDeploymentFrequencyChart__without_scope__covers_what_the_caller_may_see(
    api: Api, clock: FixedClock
) -> None:
    deploy(api, clock.at - HOUR)

    everything = api.get(f"{CHARTS}/deployments/frequency").json()

    assert everything["metadata"]["summary"] == {"total": 1}


def test_getLeadTimeChart__commit_deployed_later__shows_its_stages(
    api: Api, clock: FixedClock, call_as_admin: Callable[[], AbstractContextManager[Call]]
) -> None:
    with call_as_admin() as call:
        seed_delivery(call, ended_at=clock.at - HOUR, coding=DAY, review=2 * HOUR, wait=HOUR, deploy=600_000)
        seed_delivery(call, ended_at=clock.at - HOUR, coding=3 * DAY, review=None, wait=HOUR, deploy=600_000)

    chart = api.get(f"{CHARTS}/lead-time", **SCOPE, expand="percentiles").json()

    assert counts(chart)["coding"] == [2 * DAY]
    assert counts(chart)["review"] == [2 * HOUR]
    assert counts(chart)["deploy"] == [600_000]
    assert chart["metadata"]["summary"]["changes"] == 2
    [p50] = [s for s in chart["series"] if s["metadata"]["name"] == "p50"]
    shortest = DAY + 3 * HOUR + 600_000
    assert p50["metadata"]["bounds"] == [{"name": "p50", "value": shortest}]
    assert p50["data"][0]["y"] == shortest


@pytest.mark.parametrize("path", PATHS)
def test_chart__nobody__is_refused(api: Api, path: str) -> None:
    assert api.as_nobody().get(f"{CHARTS}/{path}", **SCOPE).status_code == 401
    assert api.as_role("reader").get(f"{CHARTS}/{path}", **SCOPE).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_chart__unknown_scope__is_not_found(api: Api, path: str) -> None:
    assert api.get(f"{CHARTS}/{path}", projectKey="none", environmentKey="production").status_code == 404
    assert api.get(f"{CHARTS}/{path}", projectKey="web", environmentKey="none").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        {"from": 2_000, "to": 1_000},
        {"from": 0},
        {"bucketMs": 0},
        {"bucketMs": 10**30},
        {"bucketType": "week"},
        {"groupBy": "colour"},
        {"expand": "nothing"},
        {"from": -1},
        {"to": "soon"},
    ],
)
@pytest.mark.parametrize("path", ["deployments/frequency", "lead-time", "releases/frequency"])
def test_chart__senseless_query__answers_400(api: Api, path: str, query: dict[str, object]) -> None:
    assert api.get(f"{CHARTS}/{path}", **SCOPE, **query).status_code == 400
