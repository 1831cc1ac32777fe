"""The trend of a year: each of its points is the score that was to be had then."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from areas.flags.seeds import a_flag
from areas.insights.score_seeds import END, a_history, read_scores, scores_of
from areas.insights.seeds import a_project, delivered, narrowed, tell
from areas.insights.test_scores import METRICS
from areas.insights.test_scores_of_flags import settled, turned_on
from daybreak.areas.flags.flag_health.store import keep_health
from daybreak.platform.clock import DAY, HOUR, YEAR_2000, FixedClock
from daybreak.platform.database import Database
from daybreak.rest.call import Call
from statements import count_statements

InCall = Callable[[], AbstractContextManager[Call]]

ENDS = [END - n * 28 * DAY for n in range(12, -1, -1)]


def trend_of(api: Any, **query: Any) -> list[dict[str, Any]]:
    response = read_scores(api, expand="trend", **query)
    assert response.status_code == 200, response.text
    trend: list[dict[str, Any]] = response.json()["trend"]
    return trend


def asked_one_by_one(api: Any, ends: list[int], **query: Any) -> list[dict[str, Any]]:
    """What `trend_of` ought to be."""
    return [
        {
            "endTime": end,
            "scores": {
                name: {"score": score["score"], "indicator": score["indicator"]}
                for name, score in scores_of(api, to=end, **query).items()
            },
        }
        for end in ends
    ]


def a_year(api: Any) -> None:
    """Of `checkout` the history, and of `billing` some deployments more, the first of them 299 days ago."""
    a_history(api)
    for days in (299, 280, 251, 250, 190, 100, 71, 3):
        event = "failed" if days == 250 else "finished"
        tell(api, applicationKey="billing", version=str(days), eventType=event, eventTime=END - days * DAY)


def test_getInsightsScores__trend_of_nothing__has_thirteen_points_without_scores(api: Any) -> None:
    a_project(api)

    trend = trend_of(api)

    assert [point["endTime"] for point in trend] == ENDS
    for point in trend:
        assert point["scores"] == {name: {"score": 0, "indicator": "notCalculated"} for name in METRICS}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"applicationKey": "billing"},
        {"applicationKey": "billing,checkout"},
        {"frequency": "sum", "profile": "strict-2023"},
    ],
)
def test_getInsightsScores__trend__is_what_was_to_be_had_at_each_end(
    api: Any, call_as_admin: InCall, query: dict[str, str]
) -> None:
    a_year(api)
    early = tell(api, applicationKey="billing", version="early", eventTime=END - 130 * DAY)
    with call_as_admin() as call:
        delivered(call, "change", early, lead_ms=30 * HOUR)

    trend = trend_of(api, **query)

    assert trend == asked_one_by_one(api, ENDS, **query)
    indicators = [point["scores"]["deploymentFrequency"]["indicator"] for point in trend]
    assert indicators[:2] == ["notCalculated"] * 2
    assert "unknown" not in indicators[3:]
    assert {point["scores"]["leadTime"]["indicator"] for point in trend} > {"notCalculated"}


def test_getInsightsScores__trend_a_few_days_old__begins_unknown(api: Any) -> None:
    a_project(api)
    tell(api, eventTime=END - 31 * DAY)

    indicators = [point["scores"]["deploymentFrequency"]["indicator"] for point in trend_of(api)]

    assert indicators[:11] == ["notCalculated"] * 11
    assert indicators[11] == "unknown"
    assert trend_of(api) == asked_one_by_one(api, ENDS)


def test_getInsightsScores__trend_with_flags__is_what_was_to_be_had_at_each_end(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_history(api)
    environment = str(api.get("/api/v2/projects/web/environments/production").json()["_id"])
    for key, share in (("a", 10), ("b", 60)):
        a_flag(api, key)
        turned_on(api, database, environment, key, clock.at, share)
        clock.advance(35 * DAY)
        settled(database, clock.at)
        with database.writing() as db:
            keep_health(db, clock.at)
    tell(api, applicationKey="till", eventTime=clock.at - HOUR)
    end = clock.at - clock.at % HOUR

    trend = trend_of(api)

    assert trend == asked_one_by_one(api, [end - n * 28 * DAY for n in range(12, -1, -1)])
    impacts = {point["scores"]["impactSize"]["indicator"] for point in trend}
    assert len(impacts - {"notCalculated", "unknown"}) > 1
    assert trend[-1]["scores"]["flagHealth"]["indicator"] not in {"notCalculated", "unknown"}


def test_getInsightsScores__trend_as_of_an_earlier_day__ends_then(api: Any) -> None:
    a_year(api)

    trend = trend_of(api, to=END - 100 * DAY)

    assert trend == asked_one_by_one(api, [end - 100 * DAY for end in ENDS])
    assert len(trend_of(api, to=YEAR_2000)) == 13


def test_getInsightsScores__trend__leaves_the_rest_as_it_is(api: Any) -> None:
    a_year(api)

    plain = read_scores(api, expand="explanation").json()
    both = read_scores(api, expand="explanation,trend").json()

    assert "trend" not in plain
    assert len(both.pop("trend")) == 13
    assert both.pop("_links")["self"] != plain.pop("_links")["self"]
    assert both == plain


def test_getInsightsScores__trend__takes_no_more_statements(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_year(api)

    def ask(**query: str) -> int:
        def run() -> None:
            clock.advance(HOUR)
            assert read_scores(api, **query).status_code == 200

        return count_statements(database, run)

    assert ask(expand="trend") == ask()


def test_getInsightsScores__trend_for_who_may_not_view__is_refused(api: Any) -> None:
    a_project(api)
    elsewhere = {"effect": "allow", "resources": ["proj/web:env/test"], "actions": ["viewInsights"]}

    assert read_scores(narrowed(api, elsewhere), expand="trend").status_code == 403
