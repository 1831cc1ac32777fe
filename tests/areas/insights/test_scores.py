"""Scores through HTTP, against calculations written out here."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from areas.insights.score_seeds import END, SCORES, a_history, explanations_of, read_scores, scores_of, shown
from areas.insights.seeds import DEPLOYMENTS, NOW, a_project, delivered, narrowed, tell
from daybreak.platform.clock import DAY, HOUR, YEAR_2000, FixedClock
from daybreak.platform.database import Database
from daybreak.rest.call import Call
from statements import count_statements, statements

InCall = Callable[[], AbstractContextManager[Call]]

METRICS = {
    "deploymentFrequency",
    "leadTime",
    "deploymentFailureRate",
    "impactSize",
    "experimentationCoverage",
    "flagHealth",
    "creationRatio",
    "velocity",
    "risk",
    "efficiency",
    "overall",
}
NOT_CALCULATED = {"score": 0, "indicator": "notCalculated", "indicatorRange": {"min": 0, "max": 0}}


def test_getInsightsScores__nothing_deployed__calculates_none_of_eleven(api: Any) -> None:
    a_project(api)

    answer = read_scores(api).json()

    assert set(answer) == {"period", "lastPeriod", "scores", "_links"}
    assert answer["period"] == {"startTime": END - 28 * DAY, "endTime": END}
    assert answer["lastPeriod"] == {"startTime": END - 56 * DAY, "endTime": END - 28 * DAY}
    assert set(answer["scores"]) == METRICS
    for score in answer["scores"].values():
        assert score.pop("aggregateOf", []) == []
        last_period = score.pop("lastPeriod")
        last_period.pop("aggregateOf", None)
        assert score == last_period == NOT_CALCULATED


def test_getInsightsScores__a_history__match_a_calculation_by_hand(api: Any, call_as_admin: InCall) -> None:
    deployments = a_history(api)
    with call_as_admin() as call:
        for number, (days, hours) in enumerate(((15, 6), (9, 24), (2, 240))):
            delivered(call, f"change-{number}", deployments[days], lead_ms=hours * HOUR)
        delivered(call, "by-a-bot", deployments[2], lead_ms=HOUR, is_bot=True)

    scores = scores_of(api)

    assert shown(scores) == {
        # 1.0, 1.1, 1.3 and 1.4 finished: four versions in 28 days of one application are one a week.
        "deploymentFrequency": 70,
        # The middle one of 6, 24 and 240 hours.
        "leadTime": 90,
        "velocity": 80,  # (70 + 90) / 2
        # 1.2 and the second 1.3 of seven: 28.57 % lie between 15 (70) and 30 (40), so 42.86, rounded down.
        "deploymentFailureRate": 42,
        "risk": 42,  # the failure rate alone
        "overall": 61,  # (80 + 42) / 2
    }
    assert shown({name: score["lastPeriod"] for name, score in scores.items()}) == {
        "deploymentFrequency": 40,  # 0.9 alone: one in four weeks
        "velocity": 40,
        # One of two: 50 % lie between 30 (40) and 64 (0), so 16.47, rounded down.
        "deploymentFailureRate": 16,
        "risk": 16,
        "overall": 28,  # (40 + 16) / 2
    }
    # Velocity was the frequency alone in the last period: it is another number, and so is the overall.
    assert {name: s["diffVsLastPeriod"] for name, s in scores.items() if "diffVsLastPeriod" in s} == {
        "deploymentFrequency": 30,
        "deploymentFailureRate": 26,
        "risk": 26,
    }
    assert scores["velocity"]["aggregateOf"] == ["deploymentFrequency", "leadTime"]
    assert scores["risk"]["aggregateOf"] == ["deploymentFailureRate"]
    assert scores["overall"]["aggregateOf"] == ["velocity", "risk"]
    assert scores["leadTime"]["indicator"] == "excellent"
    assert scores["leadTime"]["indicatorRange"] == {"min": 90, "max": 100}
    assert scores["deploymentFailureRate"]["indicator"] == "fair"


def test_getInsightsScores__as_of_an_earlier_day__knows_what_was_known_then(api: Any) -> None:
    a_history(api)

    scores = scores_of(api, to=END - 6 * DAY)

    # The rollback had not happened: 1.2 alone of five has failed, 20 % lie between 15 (70) and 30 (40).
    assert scores["deploymentFailureRate"]["score"] == 60
    # 1.0, 1.1 and 1.3: 3/28 a day lie between 1/28 (40) and 1/7 (70), two thirds of the way.
    assert scores["deploymentFrequency"]["score"] == 60
    assert read_scores(api, to=END - 6 * DAY).json()["period"]["endTime"] == END - 6 * DAY


@pytest.mark.parametrize(
    ("days", "indicator", "score"),
    [
        (6, "unknown", 0),
        (7, "good", 70),  # one version in seven days
        (14, "fair", 50),  # one in fourteen: a third of the way from 1/28 (40) to 1/7 (70)
        (28, "fair", 40),
    ],
)
def test_getInsightsScores__new_installation__divides_by_the_days_it_has_seen(
    api: Any, days: int, indicator: str, score: int
) -> None:
    a_project(api)
    tell(api, eventTime=END - days * DAY)

    scores = scores_of(api)

    frequency = scores["deploymentFrequency"]
    assert (frequency["indicator"], frequency["score"]) == (indicator, score)
    assert frequency["lastPeriod"]["indicator"] == "notCalculated"
    assert "diffVsLastPeriod" not in frequency
    if indicator == "unknown":
        assert frequency["indicatorRange"] == {"min": 0, "max": 0}
        assert shown(scores) == {}


def test_getInsightsScores__several_applications__are_each_expected_to_deploy(api: Any) -> None:
    a_history(api)
    tell(api, applicationKey="billing", version="7", eventTime=END - 27 * DAY)
    tell(api, applicationKey="abandoned", version="1", eventTime=END - 200 * DAY)

    # Five versions of the two that are alive: 5/56 a day lie halfway between 1/28 (40) and 1/7 (70).
    assert scores_of(api)["deploymentFrequency"]["score"] == 55
    # Taken together 5/28 a day, between 1/7 (70) and 1 (90): 70 + 20 * (5/28 - 4/28) / (24/28) = 70.83.
    assert scores_of(api, frequency="sum")["deploymentFrequency"]["score"] == 70
    assert scores_of(api, applicationKey="billing")["deploymentFrequency"]["score"] == 40
    assert scores_of(api, applicationKey="checkout")["deploymentFrequency"]["score"] == 70
    assert scores_of(api, applicationKey="checkout,billing,checkout") == scores_of(
        api, applicationKey="checkout,billing"
    )
    assert scores_of(api, applicationKey="checkout,billing")["deploymentFrequency"]["score"] == 55
    assert shown(scores_of(api, applicationKey="abandoned")) == {}


def test_getInsightsScores__change_in_two_applications__counts_once_where_it_came_first(
    api: Any, call_as_admin: InCall
) -> None:
    deployments = a_history(api)
    billing = {
        days: tell(api, applicationKey="billing", version=str(days), eventTime=END - days * DAY)
        for days in (30, 12, 1)
    }
    other = tell(api, applicationKey="search", eventTime=END - 25 * DAY)
    with call_as_admin() as call:
        # Came with billing first, with checkout later.
        delivered(call, "shared", billing[12], lead_ms=24 * HOUR)
        delivered(call, "shared", deployments[9], lead_ms=96 * HOUR, is_first=False)
        # Came with billing in the period before.
        delivered(call, "older", billing[30], lead_ms=2 * HOUR)
        delivered(call, "older", deployments[15], lead_ms=999 * HOUR, is_first=False)
        # Came with search first, which is not always asked about.
        delivered(call, "elsewhere", other, lead_ms=HOUR)
        delivered(call, "elsewhere", billing[1], lead_ms=30 * DAY, is_first=False)

    def lead_times(**query: Any) -> tuple[int, float]:
        explained = read_scores(api, expand="explanation", **query).json()["explanation"]["leadTime"]
        assert len(explained["contributors"]["pullRequests"]) == 0, "no such pull requests are stored"
        return explained["sampleSize"], explained["raw"] / HOUR

    assert lead_times() == (2, 12.5)  # shared 24, elsewhere 1
    assert lead_times(applicationKey="billing,checkout") == (2, 372)  # shared 24, elsewhere 720
    assert lead_times(applicationKey="checkout") == (2, 547.5)  # shared 96, older 999
    assert lead_times(applicationKey="billing,checkout,search") == (2, 12.5)


def test_getInsightsScores__strict_profile__grades_failures_harder(api: Any) -> None:
    a_history(api)

    scores = scores_of(api, profile="strict-2023")

    # 28.57 % lie between 15 (40) and 64 (0): 40 * (64 - 28.57) / 49 = 28.92, rounded down.
    assert scores["deploymentFailureRate"]["score"] == 28
    assert scores["deploymentFrequency"]["score"] == 70


def test_getInsightsScores__archived_deployment__counts_nowhere(api: Any) -> None:
    deployments = a_history(api)

    patch = [{"op": "replace", "path": "/archived", "value": True}]
    assert api.patch(f"{DEPLOYMENTS}/{deployments[5]}", patch).status_code == 200

    # Without the rollback 1.2 alone of six has failed: 16.67 % lie between 15 (70) and 30 (40).
    assert scores_of(api)["deploymentFailureRate"]["score"] == 66


def test_getInsightsScores__links__lead_to_the_same_answer(api: Any) -> None:
    a_history(api)

    query = {"applicationKey": "checkout", "to": END - DAY, "profile": "strict-2023", "expand": "explanation"}
    answer = read_scores(api, **query)
    links = answer.json()["_links"]

    assert api.get(links["self"]["href"]).json() == answer.json()
    assert links["parent"]["href"] == "/api/v2/projects/web/environments/production"
    assert api.get(links["parent"]["href"]).status_code == 200
    plain = read_scores(api).json()["_links"]["self"]["href"]
    assert plain == f"{SCORES}?projectKey=web&environmentKey=production"


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ({"projectKey": "none"}, "none"),
        ({"environmentKey": "none"}, "none"),
        ({"applicationKey": "none"}, "none"),
        ({"applicationKey": "checkout,none"}, "none"),
    ],
)
def test_getInsightsScores__unknown_scope__answers_404(api: Any, query: dict[str, str], what: str) -> None:
    a_project(api)
    tell(api)

    response = read_scores(api, **query)

    assert response.status_code == 404
    assert what in response.json()["message"]


@pytest.mark.parametrize(
    "query",
    [
        {"to": NOW + HOUR + 1},
        {"to": -1},
        {"to": 10**30},
        {"to": "soon"},
        {"expand": "scores"},
        {"profile": "lenient"},
        {"frequency": "product"},
        {"applicationKey": "no spaces"},
        {"projectKey": ""},
    ],
)
def test_getInsightsScores__senseless_query__answers_400(api: Any, query: dict[str, Any]) -> None:
    a_project(api)

    response = read_scores(api, **query)

    assert response.status_code == 400
    assert response.json()["code"] == "invalid_request"


@pytest.mark.parametrize("missing", ["projectKey", "environmentKey"])
def test_getInsightsScores__required_parameter_missing__answers_400(api: Any, missing: str) -> None:
    given = {"projectKey": "web", "environmentKey": "production"}
    del given[missing]

    response = api.get(SCORES, **given)

    assert response.status_code == 400
    assert missing in response.json()["message"]


def test_getInsightsScores__far_past__is_before_everything(api: Any) -> None:
    a_history(api)

    assert shown(scores_of(api, to=YEAR_2000)) == {}


def test_getInsightsScores__callers__need_the_right_to_view(api: Any) -> None:
    a_history(api)
    elsewhere = {"effect": "allow", "resources": ["proj/web:env/test"], "actions": ["viewInsights"]}
    here = {"effect": "allow", "resources": ["proj/*:env/production"], "actions": ["viewInsights"]}

    assert read_scores(api.as_nobody()).status_code == 401
    assert read_scores(api.as_token("nonsense")).status_code == 401
    assert read_scores(api.as_role("reader")).status_code == 200
    assert read_scores(narrowed(api, elsewhere)).status_code == 403
    assert read_scores(narrowed(api, here)).status_code == 200


def test_getInsightsScores__asked_again__is_remembered_until_a_fact_or_an_hour_comes(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_history(api)
    first = read_scores(api).json()

    clock.advance(29 * 60_000)
    with statements(database) as seen:
        again = read_scores(api).json()
    assert again == first
    assert seen == []

    tell(api, version="1.5", eventTime=END - DAY)
    # Two of eight have failed: 25 % lie between 15 (70) and 30 (40).
    assert scores_of(api)["deploymentFailureRate"]["score"] == 50

    clock.advance(2 * 60_000)
    assert read_scores(api).json()["period"]["endTime"] == END + HOUR


def test_getInsightsScores__more_rows__take_no_more_statements(
    api: Any, database: Database, clock: FixedClock
) -> None:
    def ask() -> None:
        clock.advance(HOUR)
        assert read_scores(api, expand="explanation").status_code == 200

    def count() -> int:
        return count_statements(database, ask)

    a_project(api)
    tell(api)
    few = count()
    for number in range(20):
        tell(api, applicationKey=f"application-{number}", eventTime=END - (number + 1) * DAY)
    assert count() == few
    assert few <= 40


def test_getInsightsScores__mistaken_event_archived__leaves_no_trace(api: Any) -> None:
    a_project(api)
    tell(api, version="1.0", eventTime=END - 10 * DAY)
    before = explanations_of(api)["deploymentFrequency"]

    mistaken = tell(api, version="0.1", eventTime=END - 3_000 * DAY)
    during = explanations_of(api)["deploymentFrequency"]
    archive = [{"op": "replace", "path": "/archived", "value": True}]
    assert api.patch(f"{DEPLOYMENTS}/{mistaken}", archive).status_code == 200

    assert (before["coveredDays"], during["coveredDays"]) == (10, 28)
    assert explanations_of(api)["deploymentFrequency"] == before


@pytest.mark.parametrize(("to", "status"), [(0, 400), (END, 200), (END + 10 * DAY, 400)])
def test_getInsightsScores__time_that_cannot_be__answers_400(api: Any, to: int, status: int) -> None:
    a_history(api)

    assert read_scores(api, to=to).status_code == status


def test_getInsightsScores__clock_a_little_ahead__ends_with_what_is_known(
    api: Any, clock: FixedClock
) -> None:
    a_history(api)

    ahead = read_scores(api, to=clock.at + 50 * 60_000).json()

    assert ahead["period"] == read_scores(api).json()["period"]
