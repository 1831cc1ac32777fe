"""Pull requests: which are listed, in which order, and what became of them."""

from typing import Any

from areas.insights.seeds import (
    NOW,
    PULL_REQUESTS,
    a_project,
    a_pull_request,
    a_repository,
    counted_queries,
    delivered,
    follow,
    for_another_project,
    tell,
)
from daybreak.areas.insights.facts.changes import COMMIT, ChangeFact
from daybreak.areas.insights.facts.stored_changes import store_changes
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.database import Database


def list_pull_requests(api: Any, **parameters: Any) -> Any:
    return api.get(PULL_REQUESTS, **({"projectKey": "web"} | parameters))


def numbers(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["externalId"] for item in response.json()["items"]]


def filled(api: Any, call_as_admin: Any) -> None:
    """1 is open, 2 closed, 3 merged, 4 deployed to production by checkout, 5 to test by search, 6 old."""
    a_project(api)
    a_project(api, "other")
    first, second = tell(api), tell(api, applicationKey="search", environmentKey="test", version="8.0")
    with call_as_admin() as call:
        repository = a_repository(call)
        nowhere: dict[str, Any] = {"merged_at": None, "merge_sha": None}
        a_pull_request(call, repository, 1, status="open", listed_at=NOW - HOUR, author="grace", **nowhere)
        a_pull_request(call, repository, 2, status="closed", listed_at=NOW - 2 * HOUR, **nowhere)
        a_pull_request(call, repository, 3, title="100%_sure", listed_at=NOW - 3 * HOUR)
        fourth = a_pull_request(call, repository, 4, listed_at=NOW - 4 * HOUR)
        fifth = a_pull_request(call, repository, 5, listed_at=NOW - 5 * HOUR)
        a_pull_request(call, repository, 6, listed_at=NOW - 20 * DAY)
        delivered(call, fourth, first)
        delivered(call, fifth, second, lead_ms=30 * HOUR)
        commit = ChangeFact(
            id="c1", repository_id=repository, kind=COMMIT, external_id="f" * 40, listed_at=NOW - HOUR
        )
        store_changes(call.db, [commit])
        a_pull_request(call, a_repository(call, "acme/other", project_key="other"), 7)


FILTERED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["1", "2", "3", "4", "5"]),
    ({"from": NOW - 30 * DAY}, ["1", "2", "3", "4", "5", "6"]),
    ({"from": NOW - 30 * DAY, "to": NOW - 10 * DAY}, ["6"]),
    ({"status": "open"}, ["1"]),
    ({"status": "closed"}, ["2"]),
    ({"status": "merged"}, ["3"]),
    ({"status": "deployed"}, ["4", "5"]),
    ({"status": "deployed", "environmentKey": "production"}, ["4"]),
    ({"status": "merged", "environmentKey": "production"}, ["3", "5"]),
    ({"applicationKey": "checkout"}, ["4"]),
    ({"applicationKey": "checkout,search"}, ["4", "5"]),
    ({"applicationKey": "search", "environmentKey": "production"}, []),
    ({"query": "GRACE"}, ["1"]),
    ({"query": "%_SURE"}, ["3"]),
    ({"query": "change 4"}, ["4"]),
    ({"query": "nothing like it"}, []),
    ({"environmentKey": "production"}, ["1", "2", "3", "4", "5"]),
    ({"projectKey": "other"}, ["7"]),
]


def test_getPullRequests__filters__narrow_the_page_and_the_total(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    for parameters, expected in FILTERED:
        page = list_pull_requests(api, **parameters)
        assert numbers(page) == expected, parameters
        assert page.json()["totalCount"] == len(expected), parameters


def test_getPullRequests__delivered_or_not__shows_in_the_status(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    anywhere = [item["status"] for item in list_pull_requests(api).json()["items"]]
    assert anywhere == ["open", "closed", "merged", "deployed", "deployed"]
    there = list_pull_requests(api, environmentKey="production").json()["items"]
    assert [item["status"] for item in there] == ["open", "closed", "merged", "deployed", "merged"]


def test_getPullRequests__one__shows_what_is_known(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    [item] = list_pull_requests(api, query="100%").json()["items"]
    del item["id"]
    assert item == {
        "externalId": "3",
        "title": "100%_sure",
        "status": "merged",
        "author": "ada",
        "createTime": NOW - 3 * DAY,
        "mergeTime": NOW - 2 * DAY,
        "mergeCommitKey": f"{3:040x}",
        "baseCommitKey": "",
        "headCommitKey": "",
        "filesChanged": 2,
        "linesAdded": 5,
        "linesDeleted": 3,
        "url": "https://git.example/pull/3",
    }


def test_getPullRequests__pages__lead_forth_and_back(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    first = list_pull_requests(api, limit=2)
    second = follow(api, first, "next")
    third = follow(api, second, "next")
    assert [numbers(page) for page in (first, second, third)] == [["1", "2"], ["3", "4"], ["5"]]
    assert "next" not in third.json()["_links"]
    back = follow(api, third, "prev")
    assert numbers(back) == ["3", "4"]
    assert third.json()["totalCount"] == 5


def test_getPullRequests__sorted_by_lead_time__puts_what_has_none_last(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    with call_as_admin() as call:
        repository = a_repository(call)
        slow = a_pull_request(call, repository, 9, listed_at=NOW - 6 * HOUR)
    slow_deployment = tell(api, version="1.9", eventTime=NOW - MINUTE)
    with call_as_admin() as call:
        delivered(call, slow, slow_deployment, lead_ms=100 * HOUR)
    for sort, expected in (("leadTime", ["4", "9"]), ("-leadTime", ["9", "4"])):
        shown = numbers(list_pull_requests(api, sort=sort, environmentKey="production"))
        assert shown[:2] == expected
        assert sorted(shown[2:]) == ["1", "2", "3", "5"]
        collected, page = [], list_pull_requests(api, sort=sort, environmentKey="production", limit=1)
        while page is not None:
            collected += numbers(page)
            page = follow(api, page, "next") if "next" in page.json()["_links"] else None
        assert collected == shown


def test_getPullRequests__expanded__shows_deployments_and_lead_times(api: Any, call_as_admin: Any) -> None:
    filled(api, call_as_admin)
    other = tell(api, applicationKey="search", version="8.1", eventTime=NOW - 2 * HOUR)
    with call_as_admin() as call:
        fourth = a_pull_request(call, a_repository(call), 4, listed_at=NOW - 4 * HOUR)
        delivered(
            call, fourth, other, is_first=False, lead_ms=10 * HOUR, wait_ms=4 * HOUR, deploy_ms=3 * HOUR
        )
    page = list_pull_requests(api, expand="deployments,leadTime,flagReferences", environmentKey="production")
    by_number = {item["externalId"]: item for item in page.json()["items"]}
    assert by_number["1"]["deployments"] == {"items": [], "totalCount": 0}
    assert "leadTime" not in by_number["1"]
    assert by_number["1"]["flagReferences"] == {"items": [], "totalCount": 0}
    shown = by_number["4"]["deployments"]
    assert [item["applicationKey"] for item in shown["items"]] == ["search", "checkout"]
    assert by_number["4"]["leadTime"] == {
        "codingDurationMs": HOUR,
        "reviewDurationMs": 3 * HOUR,
        "avgWaitDurationMs": 3 * HOUR,
        "maxWaitDurationMs": 4 * HOUR,
        "avgDeployDurationMs": 2 * HOUR,
        "maxDeployDurationMs": 3 * HOUR,
        "avgTotalLeadTimeMs": 9 * HOUR,
        "maxTotalLeadTimeMs": 10 * HOUR,
    }


INVALID_QUERIES: list[dict[str, Any]] = [
    {"limit": 0},
    {"limit": 101},
    {"status": "lost"},
    {"sort": "leadTime"},
    {"sort": "title", "environmentKey": "production"},
    {"sort": "--leadTime", "environmentKey": "production"},
    {"expand": "owners"},
    {"from": NOW, "to": NOW - 1},
    {"from": "yesterday"},
    {"after": "?"},
    {"query": "x" * 1001},
    {"projectKey": ""},
]


def test_getPullRequests__invalid_parameters__are_refused(api: Any) -> None:
    a_project(api)
    for parameters in INVALID_QUERIES:
        response = list_pull_requests(api, **parameters)
        assert response.status_code == 400, (parameters, response.text)


def test_getPullRequests__unknown_place_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    assert list_pull_requests(api, projectKey="nowhere").status_code == 404
    assert list_pull_requests(api, environmentKey="nowhere").status_code == 404
    assert list_pull_requests(api.as_nobody()).status_code == 401
    assert list_pull_requests(for_another_project(api)).status_code == 403
    assert list_pull_requests(api.as_role("reader")).status_code == 200


def test_getPullRequests__twenty_instead_of_one__takes_as_many_queries(
    api: Any, database: Database, call_as_admin: Any
) -> None:
    a_project(api)
    ids = [tell(api, version=f"1.{n}", eventTime=NOW - n * MINUTE) for n in range(20)]
    with call_as_admin() as call:
        repository = a_repository(call)
        for number, id in enumerate(ids, 1):
            delivered(call, a_pull_request(call, repository, number), id)
    list_pull_requests(api)
    counts = []
    for limit in (1, 20):
        with counted_queries(database) as statements:
            page = list_pull_requests(api, limit=limit, expand="deployments,leadTime,flagReferences")
        assert len(numbers(page)) == limit
        counts.append(len(statements))
    assert counts[0] == counts[1]
