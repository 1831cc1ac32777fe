"""`expand=explanation`: every number can be traced to its rows."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlalchemy import select

from areas.insights.score_seeds import END, a_history, explanations_of, read_scores
from areas.insights.seeds import DEPLOYMENTS, a_project, a_pull_request, a_repository, delivered, tell
from daybreak.areas.insights.facts.tables import deployments
from daybreak.platform.clock import DAY, HOUR
from daybreak.rest.call import Call

InCall = Callable[[], AbstractContextManager[Call]]

PULL_REQUESTS = "/api/v2/engineering-insights/pull-requests"


def excluded(explanation: dict[str, Any]) -> dict[str, int]:
    for each in explanation["excluded"]:
        assert each["why"]
    return {each["name"]: each["count"] for each in explanation["excluded"]}


def test_explanation__not_asked_for__is_left_out(api: Any) -> None:
    a_project(api)

    assert set(read_scores(api).json()) == {"period", "lastPeriod", "scores", "_links"}


def test_explanation__nothing_deployed__gives_the_reasons(api: Any) -> None:
    a_project(api)

    explained = explanations_of(api)

    nothing_yet = "nothing was recorded before the end of the period"
    assert explained["deploymentFrequency"]["reason"] == nothing_yet
    assert explained["deploymentFrequency"]["raw"] is None
    assert explained["deploymentFrequency"]["nextTier"] is None
    assert explained["impactSize"]["reason"] == nothing_yet
    assert explained["overall"]["reason"] == "none of its parts has a score"
    assert explained["failedDeploymentRecoveryTime"]["reason"] == nothing_yet
    assert explained["deploymentReworkRate"]["raw"] is None


def test_explanation__deployment_frequency__names_the_versions_that_count(api: Any) -> None:
    history = a_history(api)

    explained = explanations_of(api)["deploymentFrequency"]

    assert explained["raw"] == pytest.approx(1 / 7)
    assert explained["unit"] == "perDay"
    assert explained["sampleSize"] == 4
    assert explained["anchors"] == [
        {"raw": 4, "score": 100},
        {"raw": 1, "score": 90},
        {"raw": pytest.approx(1 / 7), "score": 70},
        {"raw": pytest.approx(1 / 28), "score": 40},
        {"raw": 0, "score": 0},
    ]
    assert (explained["formulaVersion"], explained["profile"]) == ("daybreak-1", "daybreak-1")
    assert explained["coveredDays"] == 28
    assert explained["nextTier"] == {"raw": 1, "pointsGained": 20}
    # The newest first; neither what failed, nor the second 1.3, nor 1.1 when it came back.
    assert explained["contributors"] == {
        "deployments": [history[days] for days in (2, 9, 15, 20)],
        "pullRequests": [],
        "commits": [],
        "flagEvents": [],
        "flags": [],
        "truncated": False,
    }
    assert "failed" not in explained


def test_explanation__failure_rate__tells_what_failed_and_what_undid_it(api: Any) -> None:
    history = a_history(api)

    explained = explanations_of(api)["deploymentFailureRate"]

    assert explained["raw"] == pytest.approx(200 / 7)
    assert explained["unit"] == "percent"
    assert (explained["sampleSize"], explained["lowSample"]) == (7, False)
    assert explained["nextTier"] == {"raw": 15, "pointsGained": 28}
    assert explained["contributors"]["deployments"] == [history[d] for d in (2, 5, 8, 9, 10, 15, 20)]
    assert explained["failed"] == [
        {"deployment": history[8], "reason": "rolledBack", "undoneBy": history[5]},
        {"deployment": history[10], "reason": "event", "undoneBy": None},
    ]


def test_explanation__few_deployments__are_a_low_sample(api: Any) -> None:
    a_project(api)
    for number in range(4):
        tell(api, version=str(number), eventTime=END - (number + 7) * DAY)

    assert explanations_of(api)["deploymentFailureRate"]["lowSample"] is True
    tell(api, version="5", eventTime=END - DAY)
    assert explanations_of(api)["deploymentFailureRate"]["lowSample"] is False


def test_explanation__lead_time__names_pull_requests_that_can_be_looked_up(
    api: Any, call_as_admin: InCall
) -> None:
    history = a_history(api)
    with call_as_admin() as call:
        repository = a_repository(call)
        numbers = ((1, 15, 6), (2, 9, 24), (3, 2, 240))
        found = {n: (a_pull_request(call, repository, n), days, hours) for n, days, hours in numbers}
        for id, days, hours in found.values():
            delivered(call, id, history[days], lead_ms=hours * HOUR, is_partial=hours == 6)
        bot = a_pull_request(call, repository, 4, author="helper[bot]", is_bot=True)
        delivered(call, bot, history[2], lead_ms=HOUR, is_bot=True, is_clipped=True)

    explained = explanations_of(api)["leadTime"]

    assert (explained["raw"], explained["unit"]) == (24 * HOUR, "milliseconds")
    assert explained["sampleSize"] == 3
    assert excluded(explained) == {"bots": 1, "partial": 1}
    assert explained["nextTier"] == {"raw": HOUR, "pointsGained": 10}
    pull_requests = explained["contributors"]["pullRequests"]
    assert pull_requests == [found[n][0] for n in (3, 2, 1)]
    listed = api.get(PULL_REQUESTS, projectKey="web", **{"from": END - 28 * DAY}).json()["items"]
    assert set(pull_requests) <= {item["id"] for item in listed}
    assert api.get(f"{DEPLOYMENTS}/{history[2]}").status_code == 200


def test_explanation__left_out_deployments__are_counted_by_reason(api: Any) -> None:
    history = a_history(api)
    archive = [{"op": "replace", "path": "/archived", "value": True}]
    assert api.patch(f"{DEPLOYMENTS}/{history[20]}", archive).status_code == 200
    tell(api, version="2.0", eventType="started", eventTime=END - 3 * DAY)
    tell(api, version="2.1", eventType="started", eventTime=END - HOUR)
    tell(api, version="2.2", eventType="failed", eventMetadata={"status": "cancelled"}, eventTime=END - HOUR)

    explained = explanations_of(api)

    left_out = {"archived": 1, "timedOut": 1, "inProgress": 1, "cancelled": 1}
    assert excluded(explained["deploymentFrequency"]) == left_out
    assert excluded(explained["deploymentFailureRate"]) == left_out
    assert explained["deploymentFailureRate"]["sampleSize"] == 6


def test_explanation__additional_metrics__are_the_fourth_and_fifth_key(api: Any) -> None:
    a_history(api)

    explained = explanations_of(api)

    # 1.2 after a day, by 1.3; the second 1.3 after three days, by the return of 1.1.
    recovery = explained["failedDeploymentRecoveryTime"]
    assert (recovery["raw"], recovery["unit"], recovery["sampleSize"]) == (2 * DAY, "milliseconds", 2)
    # The rollback, of seven.
    rework = explained["deploymentReworkRate"]
    assert (rework["raw"], rework["unit"], rework["sampleSize"]) == (pytest.approx(100 / 7), "percent", 7)


def test_explanation__failure_without_recovery__is_left_out_of_the_recovery_time(api: Any) -> None:
    a_history(api)
    tell(api, version="1.5", eventType="failed", eventTime=END - DAY)

    recovery = explanations_of(api)["failedDeploymentRecoveryTime"]

    assert recovery["sampleSize"] == 2
    assert excluded(recovery) == {"notRecovered": 1}


def test_explanation__one_application__is_told_of_its_own_rows_only(api: Any) -> None:
    a_history(api)
    billing = tell(api, applicationKey="billing", eventTime=END - 27 * DAY)
    tell(api, applicationKey="billing", version="2", eventType="started", eventTime=END - 3 * DAY)

    explained = explanations_of(api, applicationKey="billing")["deploymentFailureRate"]

    assert explained["contributors"]["deployments"] == [billing]
    assert explained["failed"] == []
    assert excluded(explained) == {"timedOut": 1}


def test_explanation__more_rows_than_are_listed__says_so(api: Any, call_as_admin: InCall) -> None:
    a_project(api)
    newest = tell(api, eventTime=END - DAY)
    tell(api, version="2.0", eventType="failed", eventTime=END - 27 * DAY)
    with call_as_admin() as call:
        row = call.db.first(select(deployments).where(deployments.c.id == newest))
        assert row is not None
        times = {f"copy-{n}": END - DAY - n * HOUR for n in range(1, 500)}
        copies = [
            {**row._mapping, "id": id, "application_version": id, "ended_at": at, "at": at}
            for id, at in times.items()
        ]
        call.db.insert(deployments, copies)

    explained = explanations_of(api)

    frequency, failures = explained["deploymentFrequency"], explained["deploymentFailureRate"]
    assert (frequency["sampleSize"], failures["sampleSize"]) == (500, 501)
    assert frequency["contributors"]["deployments"] == [newest, *times]
    assert frequency["contributors"]["truncated"] is False
    assert len(failures["contributors"]["deployments"]) == 500
    assert failures["contributors"]["truncated"] is True


def test_explanation__last_period__keeps_its_own_rows(api: Any) -> None:
    history = a_history(api)

    explained = explanations_of(api, to=END - 28 * DAY)["deploymentFailureRate"]

    assert explained["contributors"]["deployments"] == [history[40], history[50]]
    assert [each["deployment"] for each in explained["failed"]] == [history[40]]


def test_explanation__aggregates__are_told_in_points(api: Any) -> None:
    a_history(api)

    explained = explanations_of(api)

    # The frequency's 70 and the failure rate's 42.
    assert (explained["overall"]["raw"], explained["overall"]["unit"]) == (56, "points")
    assert explained["overall"]["sampleSize"] == 2
    assert explained["overall"]["anchors"] == []
    assert explained["efficiency"]["reason"] == "none of its parts has a score"
