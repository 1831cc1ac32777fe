"""Deployment events: what is accepted, what is refused, and what a deployment is afterwards."""

from typing import Any

import pytest

from areas.insights.seeds import (
    DEPLOYMENTS,
    EVENTS,
    NOW,
    a_project,
    an_event,
    audit_verbs,
    narrowed,
    tell,
)
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.database import Database


def count_deployments(api: Any) -> int:
    page = api.get(DEPLOYMENTS, projectKey="web", environmentKey="production", to=NOW + 2 * DAY)
    return int(page.json()["totalCount"])


def test_createDeploymentEvent__started_and_finished__is_one_deployment(api: Any) -> None:
    a_project(api)
    started = tell(
        api, eventType="started", eventTime=NOW - 10 * MINUTE, deploymentMetadata={"runner": "blue"}
    )
    finished = tell(api, eventTime=NOW - 4 * MINUTE, applicationName="The checkout", applicationKind="server")
    assert started == finished
    deployment = api.get(f"{DEPLOYMENTS}/{started}").json()
    assert deployment == deployment | {
        "id": started,
        "applicationKey": "checkout",
        "applicationVersion": "1.0",
        "environmentKey": "production",
        "startedAt": NOW - 10 * MINUTE,
        "endedAt": NOW - 4 * MINUTE,
        "durationMs": 6 * MINUTE,
        "status": "finished",
        "kind": "server",
        "active": True,
        "archived": False,
        "metadata": {"runner": "blue"},
        "leadTime": 0,
        "numberOfPullRequests": 0,
    }


def test_createDeploymentEvent__no_time__happens_now(api: Any) -> None:
    a_project(api)
    body = an_event()
    del body["eventTime"]
    assert api.post(EVENTS, json=body).status_code == 201
    [item] = api.get(DEPLOYMENTS, projectKey="web", environmentKey="production").json()["items"]
    assert item["endedAt"] == NOW


def test_createDeploymentEvent__no_kind_given__keeps_the_kind_told_before(api: Any) -> None:
    a_project(api)
    tell(api, eventType="started", applicationKind="browser", eventTime=NOW - 2 * HOUR)
    id = tell(api)
    assert api.get(f"{DEPLOYMENTS}/{id}").json()["kind"] == "browser"


def test_createDeploymentEvent__accepted__leaves_an_audit_entry(api: Any, database: Database) -> None:
    a_project(api)
    tell(api, eventType="started")
    assert audit_verbs(database, "deployment") == ["sent a started event of the deployment"]


def test_createDeploymentEvent__new_application__appears_among_applications(api: Any) -> None:
    a_project(api)
    tell(api, applicationName="The checkout")
    [application] = api.get("/api/v2/applications").json()["items"]
    assert (application["key"], application["name"]) == ("checkout", "The checkout")


@pytest.mark.parametrize("method_version", ["20240415", "beta"])
def test_createDeploymentEvent__any_api_version__answers_201(api: Any, method_version: str) -> None:
    a_project(api)
    response = api.post(EVENTS, json=an_event(), headers={"LD-API-Version": method_version})
    assert response.status_code == 201


INVALID_EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("eventType", {"eventType": "paused"}),
    ("eventType", {"eventType": None}),
    ("version", {"version": ""}),
    ("version", {"version": "1" * 1001}),
    ("version", {"version": "1" * 10_000}),
    ("version", {"version": "1.0 beta"}),
    ("version", {"version": "flagd/v1"}),
    ("version", {"version": "1.0\n"}),
    ("version", {"version": 10}),
    ("applicationKey", {"applicationKey": "check out"}),
    ("applicationKey", {"applicationKey": ""}),
    ("applicationKind", {"applicationKind": "toaster"}),
    ("eventTime", {"eventTime": -1}),
    ("eventTime", {"eventTime": 946_684_799_999}),
    ("eventTime", {"eventTime": NOW + DAY + 1}),
    ("eventTime", {"eventTime": 10**17}),
    ("eventTime", {"eventTime": "yesterday"}),
    ("eventMetadata", {"eventMetadata": {"note": "x" * 70_000}}),
    ("deploymentMetadata", {"deploymentMetadata": {"note": "x" * 70_000}}),
    ("deploymentMetadata", {"deploymentMetadata": [1]}),
    ("projectKey", {"projectKey": "we/b"}),
    ("versionName", {"versionName": ""}),
]


@pytest.mark.parametrize(("attribute", "fault"), INVALID_EVENTS)
def test_createDeploymentEvent__invalid_input__is_refused_and_nothing_stored(
    api: Any, attribute: str, fault: dict[str, Any]
) -> None:
    a_project(api)
    response = api.post(EVENTS, json=an_event(**fault))
    assert response.status_code == 400
    assert attribute in response.json()["message"]
    assert count_deployments(api) == 0
    assert api.get("/api/v2/applications").json()["totalCount"] == 0


@pytest.mark.parametrize(
    "missing", ["projectKey", "environmentKey", "applicationKey", "version", "eventType"]
)
def test_createDeploymentEvent__required_field_missing__is_refused(api: Any, missing: str) -> None:
    a_project(api)
    body = an_event()
    del body[missing]
    response = api.post(EVENTS, json=body)
    assert response.status_code == 400
    assert missing in response.json()["message"]


@pytest.mark.parametrize("unknown", [{"projectKey": "nowhere"}, {"environmentKey": "nowhere"}])
def test_createDeploymentEvent__unknown_place__answers_404(api: Any, unknown: dict[str, str]) -> None:
    a_project(api)
    response = api.post(EVENTS, json=an_event(**unknown))
    assert response.status_code == 404
    assert "nowhere" in response.json()["message"]


def test_createDeploymentEvent__reader_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    assert api.as_role("reader").post(EVENTS, json=an_event()).status_code == 403
    assert api.as_nobody().post(EVENTS, json=an_event()).status_code == 401
    assert api.as_role("writer").post(EVENTS, json=an_event()).status_code == 201


def test_createDeploymentEvent__token_for_one_application__tells_of_that_alone(api: Any) -> None:
    a_project(api)
    checkout = "proj/web:env/production:deployment/checkout"
    narrow = narrowed(api, {"effect": "allow", "resources": [checkout], "actions": ["createDeploymentEvent"]})
    assert narrow.post(EVENTS, json=an_event()).status_code == 201
    assert narrow.post(EVENTS, json=an_event(applicationKey="search")).status_code == 403
