"""Insight groups through HTTP."""

from typing import Any

import pytest

from areas.insights.score_seeds import END, a_history, scores_of
from areas.insights.seeds import INSIGHTS, a_project, narrowed, tell
from daybreak.platform.clock import DAY, HOUR, FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

CREATE = f"{INSIGHTS}/insights/group"
ALL = f"{INSIGHTS}/insights/groups"
ONE = f"{ALL}/team"


def a_group(api: Any, key: str = "team", **given: Any) -> dict[str, Any]:
    body = {
        "key": key,
        "name": key.title(),
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKeys": ["checkout"],
    }
    response = api.post(CREATE, body | given)
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created


def keys(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [item["key"] for item in response.json()["items"]]


def test_createInsightGroup__new_key__answers_the_group(
    api: Any, clock: FixedClock, database: Database
) -> None:
    a_project(api)

    created = a_group(api, applicationKeys=["checkout", "billing", "checkout"])

    assert created == {
        "key": "team",
        "name": "Team",
        "projectKey": "web",
        "environmentKey": "production",
        "applicationKeys": ["checkout", "billing"],
        "createdAt": clock.at,
    }
    assert api.get(ONE).json() == created
    [entry] = list_audit(database, "insight-group")
    assert entry.title_verb == "created the insight-group"
    assert entry.address == "proj/web:env/production;critical:insight-group/team"


def test_createInsightGroup__without_applications__covers_the_environment(api: Any) -> None:
    a_history(api)
    body = {"key": "all", "name": "All", "projectKey": "web", "environmentKey": "production"}

    assert api.post(CREATE, body).status_code == 201

    group = api.get(f"{ALL}/all", expand="scores").json()
    assert group["applicationKeys"] == []
    assert group["scores"] == scores_of(api)


def test_createInsightGroup__key_taken__answers_409(api: Any, database: Database) -> None:
    a_project(api)
    a_group(api)

    body = {"key": "team", "name": "Other", "projectKey": "web", "environmentKey": "test"}
    assert api.post(CREATE, body).status_code == 409

    assert api.get(ONE).json()["name"] == "Team"
    assert len(list_audit(database, "insight-group")) == 1


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"projectKey": "none"}, 404),
        ({"environmentKey": "none"}, 404),
        ({"key": "no spaces"}, 400),
        ({"key": ""}, 400),
        ({"key": "k" * 101}, 400),
        ({"name": ""}, 400),
        ({"name": 5}, 400),
        ({"applicationKeys": "checkout"}, 400),
        ({"applicationKeys": ["no spaces"]}, 400),
        ({"applicationKeys": [f"a{number}" for number in range(201)]}, 400),
        ({"environmentKey": None}, 400),
    ],
)
def test_createInsightGroup__senseless_body__is_refused(
    api: Any, database: Database, given: dict[str, Any], status: int
) -> None:
    a_project(api)
    body = {"key": "team", "name": "Team", "projectKey": "web", "environmentKey": "production"} | given

    assert api.post(CREATE, body).status_code == status
    assert keys(api.get(ALL)) == []
    assert list_audit(database, "insight-group") == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", CREATE, {"key": "b", "name": "B", "projectKey": "web", "environmentKey": "production"}),
        ("GET", ALL, None),
        ("GET", ONE, None),
        ("PATCH", ONE, [{"op": "replace", "path": "/name", "value": "B"}]),
        ("DELETE", ONE, None),
    ],
)
def test_insight_groups__callers__are_told_apart(api: Any, method: str, path: str, body: Any) -> None:
    a_project(api)
    before = a_group(api)

    assert api.as_nobody().request(method, path, json=body).status_code == 401
    answer = api.as_role("reader").request(method, path, json=body)

    assert answer.status_code == (200 if method == "GET" else 403)
    assert api.get(ONE).json() == before
    assert keys(api.get(ALL)) == ["team"]


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_insight_groups__absent__answer_404(api: Any, method: str) -> None:
    body = [{"op": "replace", "path": "/name", "value": "B"}]

    response = api.request(method, f"{ALL}/none", json=None if method != "PATCH" else body)

    assert response.status_code == 404
    assert "none" in response.json()["message"]


def test_insight_groups__narrow_policy__sees_its_own(api: Any) -> None:
    a_project(api)
    for key in ("a-team", "b-team", "other"):
        a_group(api, key)
    resources = ["proj/web:env/production:insight-group/*-team"]
    member = narrowed(api, {"effect": "allow", "resources": resources, "actions": ["viewInsightGroup"]})

    listed = member.get(ALL, expand="metadata")

    assert keys(listed) == ["a-team", "b-team"]
    assert listed.json()["totalCount"] == 2
    assert listed.json()["metadata"]["countByIndicator"]["total"] == 2
    assert member.get(f"{ALL}/a-team").status_code == 200
    assert member.get(f"{ALL}/other").status_code == 403
    assert member.delete(f"{ALL}/a-team").status_code == 403


def test_getInsightGroups__sorted_and_filtered__answers_in_order(api: Any) -> None:
    a_project(api)
    for key, name in (("c", "Alpha"), ("a", "Gamma"), ("b", "beta_1")):
        a_group(api, key, name=name)

    assert api.get(ALL).json()["items"][0]["name"] == "Alpha"
    descending = keys(api.get(ALL, sort="-name"))
    assert descending == keys(api.get(ALL, sort="name"))[::-1]
    assert keys(api.get(ALL, query="GAM")) == ["a"]
    assert keys(api.get(ALL, query="a_1")) == ["b"]
    assert keys(api.get(ALL, query="%")) == []


def test_getInsightGroups__paged__links_to_the_rest(api: Any) -> None:
    a_project(api)
    for number in range(5):
        a_group(api, f"team-{number}")

    first = api.get(ALL, limit=2, query="team")
    second = api.get(first.json()["_links"]["next"]["href"])

    assert keys(first) == ["team-0", "team-1"]
    assert keys(second) == ["team-2", "team-3"]
    assert first.json()["totalCount"] == second.json()["totalCount"] == 5


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 21},
        {"limit": "many"},
        {"offset": -1},
        {"sort": "key"},
        {"sort": "-created"},
        {"expand": "owners"},
    ],
)
def test_getInsightGroups__senseless_query__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(ALL, **query).status_code == 400


def test_getInsightGroups__expanded__shows_scores_and_environment(api: Any) -> None:
    a_history(api)
    tell(api, applicationKey="billing", version="7", eventTime=END - 27 * DAY)
    a_group(api, "both", applicationKeys=["checkout", "billing"])
    a_group(api, "one", applicationKeys=["billing"])

    plain = api.get(ALL).json()
    both, one = api.get(ALL, expand="scores,environment").json()["items"]

    assert not {"scores", "scoreMetadata", "environment"} & set(plain["items"][0])
    assert both["scores"] == scores_of(api, applicationKey="checkout,billing")
    assert one["scores"] == scores_of(api, applicationKey="billing")
    assert both["scores"] != one["scores"]
    assert both["scoreMetadata"] == {
        "period": {"startTime": END - 28 * DAY, "endTime": END},
        "lastPeriod": {"startTime": END - 56 * DAY, "endTime": END - 28 * DAY},
    }
    assert both["environment"] == api.get("/api/v2/projects/web/environments/production").json()
    assert api.get(f"{ALL}/both", expand="environment,scores").json() == both


def test_getInsightGroups__metadata__counts_the_groups_of_all_pages(api: Any) -> None:
    a_history(api)
    tell(api, applicationKey="billing", version="7", eventTime=END - 27 * DAY)
    a_group(api, "a", applicationKeys=["checkout"])  # overall 56: fair
    a_group(api, "b", applicationKeys=["billing"])  # overall (40 + 100) / 2: good
    a_group(api, "c", environmentKey="test", applicationKeys=[])
    a_group(api, "d", applicationKeys=["billing"])

    page = api.get(ALL, limit=1, expand="metadata").json()
    filtered = api.get(ALL, query="b", expand="metadata").json()

    assert len(page["items"]) == 1
    none = {"excellent": 0, "good": 0, "fair": 0, "needsAttention": 0, "notCalculated": 0, "unknown": 0}
    assert page["metadata"]["countByIndicator"] == none | {
        "fair": 1,
        "good": 2,
        "notCalculated": 1,
        "total": 4,
    }
    assert filtered["metadata"]["countByIndicator"] == none | {"good": 1, "total": 1}
    assert "metadata" not in api.get(ALL).json()


def test_getInsightGroups__more_groups__take_no_more_statements(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_history(api)

    def count() -> int:
        def ask() -> None:
            clock.advance(HOUR)
            assert api.get(ALL, expand="scores,environment,metadata").status_code == 200

        return count_statements(database, ask)

    a_group(api, "team-0")
    few = count()
    for number in range(1, 20):
        a_group(api, f"team-{number}", applicationKeys=[f"app-{n}" for n in range(number)])
    assert count() == few
    # More than are scored at once.
    for number in range(20, 23):
        a_group(api, f"team-{number}")
    counts = api.get(ALL, expand="metadata").json()["metadata"]["countByIndicator"]
    assert (counts["fair"], counts["notCalculated"], counts["total"]) == (4, 19, 23)


def test_getInsightGroups__new_deployment__changes_what_is_remembered(api: Any) -> None:
    a_history(api)
    a_group(api)
    before = api.get(ALL, expand="scores").json()
    assert api.get(ALL, expand="scores").json() == before

    tell(api, version="1.5", eventType="failed", eventTime=END - DAY)

    assert api.get(ALL, expand="scores").json() != before


def test_patchInsightGroup__name_and_applications__are_changed_and_audited(
    api: Any, database: Database
) -> None:
    a_project(api)
    a_group(api)
    patch = [
        {"op": "replace", "path": "/name", "value": "Payments"},
        {"op": "add", "path": "/applicationKeys/-", "value": "billing"},
    ]

    response = api.patch(ONE, patch)

    assert response.status_code == 200
    assert (response.json()["name"], response.json()["applicationKeys"]) == (
        "Payments",
        ["checkout", "billing"],
    )
    assert api.get(ONE).json() == response.json()
    entries = list_audit(database, "insight-group")
    assert [entry.title_verb for entry in entries] == [
        "created the insight-group",
        "updated the insight-group",
    ]


def test_patchInsightGroup__nothing_changed__writes_nothing(api: Any, database: Database) -> None:
    a_project(api)
    a_group(api)

    assert api.patch(ONE, [{"op": "replace", "path": "/name", "value": "Team"}]).status_code == 200
    assert len(list_audit(database, "insight-group")) == 1


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ([{"op": "replace", "path": "/key", "value": "other"}], 400),
        ([{"op": "replace", "path": "/environmentKey", "value": "test"}], 400),
        ([{"op": "replace", "path": "/name", "value": ""}], 400),
        ([{"op": "replace", "path": "/applicationKeys", "value": ["no spaces"]}], 400),
        ([{"op": "remove", "path": "/name"}], 400),
        ([{"op": "test", "path": "/name", "value": "Other"}], 409),
        ("nonsense", 400),
    ],
)
def test_patchInsightGroup__senseless_patch__changes_nothing(api: Any, patch: Any, status: int) -> None:
    a_project(api)
    before = a_group(api)

    assert api.patch(ONE, patch).status_code == status
    assert api.get(ONE).json() == before


def test_deleteInsightGroup__there__is_gone_and_audited(api: Any, database: Database) -> None:
    a_project(api)
    a_group(api)

    assert api.delete(ONE).status_code == 204

    assert api.get(ONE).status_code == 404
    assert api.delete(ONE).status_code == 404
    entries = list_audit(database, "insight-group")
    assert [entry.title_verb for entry in entries] == [
        "created the insight-group",
        "deleted the insight-group",
    ]
    a_group(api)


def test_deleteProject__with_groups__takes_them_along(api: Any) -> None:
    a_project(api)
    a_project(api, "elsewhere")
    a_group(api)
    a_group(api, "others", projectKey="elsewhere")

    assert api.delete("/api/v2/projects/web").status_code == 204

    assert keys(api.get(ALL, expand="scores,environment")) == ["others"]
    assert api.get(ONE).status_code == 404
