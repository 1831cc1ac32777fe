"""Deployments: lists read, single ones expanded, patches applied."""

from typing import Any

from areas.insights.seeds import (
    DEPLOYMENTS,
    NOW,
    a_project,
    a_pull_request,
    a_repository,
    audit_verbs,
    counted_queries,
    delivered,
    follow,
    for_another_project,
    narrowed,
    tell,
)
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

LATEST_VERSIONS = ["3.0", "2.0", "1.0"]


def list_deployments(api: Any, **parameters: Any) -> Any:
    return api.get(DEPLOYMENTS, **({"projectKey": "web", "environmentKey": "production"} | parameters))


def versions(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["applicationVersion"] for item in response.json()["items"]]


def three_versions(api: Any) -> list[str]:
    """1.0, 2.0 and 3.0, an hour between each; the ids in that order."""
    a_project(api)
    times = {"1.0": NOW - 3 * HOUR, "2.0": NOW - 2 * HOUR, "3.0": NOW - HOUR}
    return [tell(api, version=version, eventTime=at) for version, at in times.items()]


def test_getDeployments__token_for_one_application__sees_that_alone(api: Any) -> None:
    a_project(api)
    tell(api, version="1.0")
    other = tell(api, version="7.0", applicationKey="search")
    checkout = "proj/web:env/*:deployment/checkout"
    narrow = narrowed(api, {"effect": "allow", "resources": [checkout], "actions": ["viewDeployment"]})
    page = list_deployments(narrow)
    assert (versions(page), page.json()["totalCount"]) == (["1.0"], 1)
    assert narrow.get(f"{DEPLOYMENTS}/{other}").status_code == 403


def test_getDeployments__several__newest_first(api: Any) -> None:
    three_versions(api)
    page = list_deployments(api)
    assert versions(page) == LATEST_VERSIONS
    assert page.json()["totalCount"] == 3
    assert [item["active"] for item in page.json()["items"]] == [True, False, False]


def test_getDeployments__pages__lead_forth_and_back(api: Any) -> None:
    three_versions(api)
    first = list_deployments(api, limit=1)
    assert versions(first) == ["3.0"]
    assert "prev" not in first.json()["_links"]
    second = follow(api, first, "next")
    assert versions(second) == ["2.0"]
    third = follow(api, second, "next")
    assert versions(third) == ["1.0"]
    assert "next" not in third.json()["_links"]
    back = follow(api, third, "prev")
    assert versions(back) == ["2.0"]
    start = follow(api, back, "prev")
    assert versions(start) == ["3.0"]
    assert "prev" not in start.json()["_links"]
    assert {page.json()["totalCount"] for page in (first, second, third, back, start)} == {3}


def test_getDeployments__pages_while_time_goes_on__stay_within_the_same_bounds(
    api: Any, clock: FixedClock
) -> None:
    three_versions(api)
    first = list_deployments(api, limit=1)
    clock.advance(HOUR)
    tell(api, version="4.0", eventTime=NOW + MINUTE)
    second = follow(api, first, "next")
    assert (versions(second), second.json()["totalCount"]) == (["2.0"], 3)


FILTERED: list[tuple[dict[str, Any], list[str]]] = [
    ({"applicationKey": "checkout"}, ["1.2", "1.1", "1.0"]),
    ({"applicationKey": "checkout,search"}, ["8.0", "1.2", "1.1", "1.0"]),
    ({"applicationKey": "unheard-of"}, []),
    ({"kind": "browser"}, ["8.0"]),
    ({"status": "finished"}, ["8.0", "1.0"]),
    ({"status": "failed"}, ["1.1"]),
    ({"status": "started"}, ["1.2"]),
    ({"status": "timedOut", "from": NOW - 30 * DAY}, ["0.9"]),
    ({"from": NOW - 30 * DAY}, ["8.0", "1.2", "1.1", "1.0", "0.9", "0.8"]),
    ({"from": NOW - 30 * DAY, "to": NOW - 8 * DAY}, ["0.9", "0.8"]),
    ({"to": NOW - 8 * DAY}, ["0.9", "0.8"]),
    ({"environmentKey": "test"}, ["test-only"]),
    ({}, ["8.0", "1.2", "1.1", "1.0"]),
]


def filled(api: Any) -> None:
    a_project(api)
    tell(api, version="0.8", eventTime=NOW - 10 * DAY)
    tell(api, version="0.9", eventTime=NOW - 9 * DAY, eventType="started")
    tell(api, version="1.0", eventTime=NOW - 5 * HOUR)
    tell(api, version="1.1", eventTime=NOW - 4 * HOUR, eventType="failed")
    tell(api, version="1.2", eventTime=NOW - 3 * HOUR, eventType="started")
    tell(api, version="8.0", eventTime=NOW - 2 * HOUR, applicationKey="search", applicationKind="browser")
    tell(api, version="test-only", environmentKey="test")


def test_getDeployments__filters__narrow_the_page_and_the_total(api: Any) -> None:
    filled(api)
    for parameters, expected in FILTERED:
        page = list_deployments(api, **parameters)
        assert versions(page) == expected, parameters
        assert page.json()["totalCount"] == len(expected), parameters
    [given_up] = list_deployments(api, status="timedOut", to=NOW - 8 * DAY).json()["items"]
    assert given_up["status"] == "timedOut"
    assert "endedAt" not in given_up


INVALID_QUERIES: list[dict[str, Any]] = [
    {"limit": 0},
    {"limit": 101},
    {"limit": 10**9},
    {"limit": "many"},
    {"expand": "pullRequests,owners"},
    {"from": NOW, "to": NOW - 1},
    {"from": -1},
    {"to": 10**18},
    {"from": "yesterday"},
    {"kind": "toaster"},
    {"status": "paused"},
    {"after": "nonsense"},
    {"after": "é"},
    {"before": "MTpm"[:3]},
    {"after": "MTpm", "before": "MTpm"},
    {"projectKey": ""},
    {"environmentKey": ""},
    {"projectKey": "a b"},
]


def test_getDeployments__invalid_parameters__are_refused(api: Any) -> None:
    a_project(api)
    for parameters in INVALID_QUERIES:
        response = list_deployments(api, **parameters)
        assert response.status_code == 400, (parameters, response.text)
    assert "pullRequests" in list_deployments(api, expand="owners").json()["message"]


def test_getDeployments__unknown_place_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    assert list_deployments(api, projectKey="nowhere").status_code == 404
    assert list_deployments(api, environmentKey="nowhere").status_code == 404
    assert list_deployments(api.as_nobody()).status_code == 401
    assert list_deployments(api.as_role("reader")).status_code == 200


def test_getDeployments__twenty_instead_of_one__takes_as_many_queries(
    api: Any, database: Database, call_as_admin: Any
) -> None:
    a_project(api)
    ids = [
        tell(api, version=f"1.{n}", applicationKey=f"application-{n % 5}", eventTime=NOW - n * MINUTE)
        for n in range(1, 21)
    ]
    with call_as_admin() as call:
        repository = a_repository(call)
        for number, id in enumerate(ids, 1):
            delivered(call, a_pull_request(call, repository, number), id)
    list_deployments(api)
    counts = []
    for limit in (1, 20):
        with counted_queries(database) as statements:
            page = list_deployments(api, limit=limit, expand="pullRequests,flagReferences")
        assert len(page.json()["items"]) == limit
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_getDeployment__expanded__shows_pull_requests_and_stages(api: Any, call_as_admin: Any) -> None:
    a_project(api)
    id = tell(api)
    with call_as_admin() as call:
        repository = a_repository(call)
        delivered(call, a_pull_request(call, repository, 1, title="Faster"), id)
        second = a_pull_request(call, repository, 2, listed_at=NOW - DAY)
        delivered(call, second, id, lead_ms=4 * HOUR, coding_ms=None, review_ms=None, wait_ms=HOUR)
        bot = a_pull_request(call, repository, 3, author="renovate[bot]", is_bot=True)
        delivered(call, bot, id, is_bot=True, lead_ms=900 * HOUR)
    deployment = api.get(f"{DEPLOYMENTS}/{id}", expand="pullRequests,flagReferences").json()
    pull_requests = deployment["pullRequests"]
    assert pull_requests["totalCount"] == 3
    assert [item["externalId"] for item in pull_requests["items"]] == ["2", "3", "1"]
    assert pull_requests["items"][2] == pull_requests["items"][2] | {
        "title": "Faster",
        "status": "deployed",
        "author": "ada",
        "createTime": NOW - 3 * DAY,
        "mergeTime": NOW - 2 * DAY,
        "linesAdded": 5,
        "filesChanged": 2,
    }
    assert deployment["flagReferences"] == {"items": [], "totalCount": 0}
    # The mean of 8 and 4 hours; what is unknown of the second belongs to no later stage, so to coding.
    stages = deployment["leadTimeStages"]
    assert stages == {
        "codingDurationMs": 2 * HOUR,
        "reviewDurationMs": 90 * MINUTE,
        "waitDurationMs": 90 * MINUTE,
        "deployDurationMs": HOUR,
        "totalLeadTimeMs": 6 * HOUR,
    }


def test_getDeployment__not_expanded__leaves_the_parts_out(api: Any) -> None:
    a_project(api)
    deployment = api.get(f"{DEPLOYMENTS}/{tell(api)}").json()
    assert not {"pullRequests", "flagReferences", "leadTimeStages"} & deployment.keys()


def test_getDeployment__unknown_or_wrong__is_refused(api: Any) -> None:
    a_project(api)
    id = tell(api)
    assert api.get(f"{DEPLOYMENTS}/unknown").status_code == 404
    assert api.get(f"{DEPLOYMENTS}/{id}", expand="everything").status_code == 400
    assert api.as_nobody().get(f"{DEPLOYMENTS}/{id}").status_code == 401
    assert for_another_project(api).get(f"{DEPLOYMENTS}/{id}").status_code == 403


def replaced(path: str, value: Any) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": path, "value": value}]


def test_updateDeployment__archived__no_longer_runs(api: Any, database: Database) -> None:
    _, second, third = three_versions(api)
    response = api.patch(f"{DEPLOYMENTS}/{third}", json=replaced("/archived", value=True))
    assert response.status_code == 200
    assert (response.json()["archived"], response.json()["active"]) == (True, False)
    assert api.get(f"{DEPLOYMENTS}/{second}").json()["active"]
    assert audit_verbs(database, "deployment").count("updated the deployment") == 1


def test_updateDeployment__brought_back__runs_again(api: Any) -> None:
    *_, third = three_versions(api)
    api.patch(f"{DEPLOYMENTS}/{third}", json=replaced("/archived", value=True))
    response = api.patch(
        f"{DEPLOYMENTS}/{third}", json={"comment": "by mistake", "merge": {"archived": False}}
    )
    assert (response.json()["archived"], response.json()["active"]) == (False, True)


def test_updateDeployment__metadata__is_replaced_and_kept(api: Any) -> None:
    a_project(api)
    id = tell(api, deploymentMetadata={"runner": "blue", "fixes": "0.9"})
    patch = [
        {"op": "test", "path": "/metadata/runner", "value": "blue"},
        {"op": "replace", "path": "/metadata/runner", "value": "green"},
        {"op": "remove", "path": "/metadata/fixes"},
    ]
    assert api.patch(f"{DEPLOYMENTS}/{id}", json=patch).json()["metadata"] == {"runner": "green"}
    assert api.get(f"{DEPLOYMENTS}/{id}").json()["metadata"] == {"runner": "green"}
    assert api.patch(f"{DEPLOYMENTS}/{id}", json=patch).status_code == 409


def test_updateDeployment__nothing_changed__writes_nothing(api: Any, database: Database) -> None:
    a_project(api)
    id = tell(api)
    before = audit_verbs(database, "deployment")
    assert api.patch(f"{DEPLOYMENTS}/{id}", json=replaced("/archived", value=False)).status_code == 200
    assert audit_verbs(database, "deployment") == before


REFUSED_PATCHES: list[tuple[Any, int]] = [
    (replaced("/archived", value="yes"), 400),
    (replaced("/applicationVersion", value="2.0"), 400),
    (replaced("/status", value="failed"), 400),
    (replaced("/metadata", value=[1]), 400),
    (replaced("/metadata", value={"note": "x" * 70_000}), 400),
    ([{"op": "add", "path": "/metadata/absent/deeper", "value": 1}], 422),
    ("archive it", 400),
]


def test_updateDeployment__refused_patch__changes_nothing(api: Any) -> None:
    a_project(api)
    id = tell(api)
    before = api.get(f"{DEPLOYMENTS}/{id}").json()
    for patch, status in REFUSED_PATCHES:
        assert api.patch(f"{DEPLOYMENTS}/{id}", json=patch).status_code == status, patch
    assert api.get(f"{DEPLOYMENTS}/{id}").json() == before


def test_updateDeployment__reader_nobody_or_unknown__is_refused(api: Any) -> None:
    a_project(api)
    id, patch = tell(api), replaced("/archived", value=True)
    assert api.as_role("reader").patch(f"{DEPLOYMENTS}/{id}", json=patch).status_code == 403
    assert api.as_nobody().patch(f"{DEPLOYMENTS}/{id}", json=patch).status_code == 401
    assert api.patch(f"{DEPLOYMENTS}/unknown", json=patch).status_code == 404
    assert not api.get(f"{DEPLOYMENTS}/{id}").json()["archived"]
