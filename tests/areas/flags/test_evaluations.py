"""All flags, evaluated for a context that the caller describes."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project, ids, instructed
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import count_statements

EVALUATE = "/api/v2/projects/web/environments/production/flags/evaluate"
ANN = {"kind": "user", "key": "ann", "email": "ann@acme.io"}


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def evaluated(api: Any, context: Any = ANN, **query: Any) -> dict[str, Any]:
    response = api.post(EVALUATE, json=context, params=query)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def reasons(answer: dict[str, Any]) -> dict[str, Any]:
    return {item["key"]: (item["_value"], item["reason"]) for item in answer["items"]}


def test_evaluateContextInstance__flags_of_all_kinds__say_why(api: Any) -> None:
    off, ruled = a_flag(api, "off"), a_flag(api, "ruled")
    a_flag(api, "needing")
    a_flag(api, "gone")
    instructed(api, {"kind": "archiveFlag"}, key="gone")
    clause = {"attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
    flag = instructed(
        api,
        {"kind": "turnFlagOn"},
        {"kind": "addRule", "clauses": [clause], "variationId": ids(ruled)[1]},
        key="ruled",
    )
    needed = {"kind": "addPrerequisite", "key": "off", "variationId": ids(off)[0]}
    instructed(api, {"kind": "turnFlagOn"}, needed, key="needing")
    rule = flag["environments"]["production"]["rules"][0]["_id"]

    answer = evaluated(api)

    assert reasons(answer) == {
        "off": (False, {"kind": "OFF"}),
        "ruled": (False, {"kind": "RULE_MATCH", "ruleIndex": 0, "ruleID": rule}),
        "needing": (False, {"kind": "PREREQUISITE_FAILED", "prerequisiteKey": "off"}),
    }
    assert answer["totalCount"] == 3
    assert reasons(evaluated(api, {"kind": "user", "key": "bob"}))["ruled"] == (True, {"kind": "FALLTHROUGH"})
    assert reasons(evaluated(api, {"key": "old", "email": "x@acme.io"}))["ruled"][0] is False
    both = {"kind": "multi", "org": {"key": "acme"}, "user": {"key": "a", "email": "a@acme.io"}}
    assert reasons(evaluated(api, both))["ruled"][0] is False


def test_evaluateContextInstance__filters_and_pages__narrow_the_list(api: Any, database: Database) -> None:
    for key, tags in (("one", ["a", "b"]), ("two", ["a"]), ("three", [])):
        a_flag(api, key, tags=tags)

    def keys(**query: Any) -> list[str]:
        return [item["key"] for item in evaluated(api, **query)["items"]]

    assert keys(sort="key") == ["one", "three", "two"]
    assert keys(filter="query equals T", sort="key") == ["three", "two"]
    assert keys(filter='tags contains ["a","b"]') == ["one"]
    assert keys(filter='tags contains ["a"], query equals tw') == ["two"]
    assert keys(filter="tags contains a", sort="-key") == ["two", "one"]
    page = evaluated(api, sort="key", limit=2, offset=0)
    assert ([item["key"] for item in page["items"]], page["totalCount"]) == (["one", "three"], 3)
    assert "next" in page["_links"]
    assert "next" not in evaluated(api, limit=-1)["_links"]
    assert keys(limit=2, offset=2, sort="key") == ["two"]
    few = count_statements(database, lambda: evaluated(api, limit=1))
    assert count_statements(database, lambda: evaluated(api)) == few


@pytest.mark.parametrize(
    "context", [{}, {"kind": "user"}, {"kind": "multi"}, {"kind": "a b", "key": "x"}, [], "ann"]
)
def test_evaluateContextInstance__no_context__answers_400(api: Any, context: Any) -> None:
    assert api.post(EVALUATE, json=context).status_code == 400


def test_evaluateContextInstance__others_and_nonsense__are_refused(api: Any) -> None:
    a_flag(api)
    a_flag(api, "other")
    assert api.as_nobody().post(EVALUATE, json=ANN).status_code == 401
    assert api.as_role("reader").post(EVALUATE, json=ANN).status_code == 200
    only = {"effect": "allow", "resources": ["proj/*:env/*:flag/other"], "actions": ["viewFlag"]}
    assert reasons(evaluated(narrowed(api, only))).keys() == {"other"}
    for missing in ("web", "production"):
        assert api.post(EVALUATE.replace(missing, "none"), json=ANN).status_code == 404
    for query in ("limit=0", "filter=tags:a", "filter=query%20contains%20a", "sort=colour"):
        assert api.post(f"{EVALUATE}?{query}", json=ANN).status_code == 400
