"""Segments through the API: their life, three kinds of patches, and what must not be taken away."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project, ids, instructed
from areas.flags.segment_seeds import SEGMENTS, STAFF, a_segment, ask_of, changed, clause_on
from daybreak.platform.clock import FixedClock

BETA = f"{SEGMENTS}/beta"


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def test_postSegment__new__is_empty_and_read_back(api: Any, clock: FixedClock) -> None:
    made = a_segment(api, description="First", tags=["early"])
    access = made.pop("_access")
    assert access["denied"] == []
    assert made == {
        "key": "beta",
        "name": "Beta",
        "description": "First",
        "tags": ["early"],
        "creationDate": clock.now(),
        "lastModifiedDate": clock.now(),
        "included": [],
        "excluded": [],
        "includedContexts": [],
        "excludedContexts": [],
        "rules": [],
        "version": 1,
        "deleted": False,
        "unbounded": False,
        "generation": 1,
        "_links": made["_links"],
    }
    assert made["_links"]["self"]["href"] == BETA
    assert api.get(BETA).json() == made | {"_access": access, "_flags": []}


@pytest.mark.parametrize(
    "body",
    [{"key": "beta"}, {"key": "two words", "name": "X"}, {"key": "beta", "name": ""}, {"name": "Beta"}, []],
)
def test_postSegment__nonsense__is_refused(api: Any, body: Any) -> None:
    assert api.post(SEGMENTS, json=body).status_code == 400


def test_postSegment__key_taken__conflicts_in_its_environment_only(api: Any) -> None:
    a_segment(api)
    assert api.post(SEGMENTS, json={"key": "beta", "name": "Other"}).status_code == 409
    elsewhere = api.post("/api/v2/segments/web/test", json={"key": "beta", "name": "Other"})
    assert elsewhere.status_code == 201


def test_getSegment__unknown__answers_404(api: Any) -> None:
    assert api.get(BETA).status_code == 404
    assert api.get("/api/v2/segments/web/nowhere/beta").status_code == 404
    assert api.patch(BETA, json=[]).status_code == 404
    assert api.delete(BETA).status_code == 404


def test_patchSegment__json_patch__changes_what_is_shown(api: Any, clock: FixedClock) -> None:
    a_segment(api)
    clock.advance(1_000)
    patch = [
        {"op": "add", "path": "/included/-", "value": "ann"},
        {"op": "add", "path": "/includedContexts/-", "value": {"contextKind": "org", "values": ["acme"]}},
        {"op": "add", "path": "/excluded/-", "value": "bob"},
        {"op": "add", "path": "/rules/-", "value": {"clauses": [STAFF], "weight": 20_000}},
        {"op": "replace", "path": "/name", "value": "Renamed"},
    ]
    segment = api.patch(BETA, json={"patch": patch, "comment": "why"}).json()
    assert (segment["included"], segment["excluded"], segment["name"]) == (["ann"], ["bob"], "Renamed")
    assert segment["includedContexts"] == [{"contextKind": "org", "values": ["acme"]}]
    [rule] = segment["rules"]
    assert (rule["weight"], rule["clauses"][0]["op"]) == (20_000, "endsWith")
    assert rule["_id"]
    assert (segment["version"], segment["lastModifiedDate"]) == (2, clock.now())
    merged = api.patch(BETA, json={"description": "More"}).json()
    assert (merged["description"], merged["version"], merged["rules"]) == ("More", 3, segment["rules"])


def test_patchSegment__instructions__do_all_of_it(api: Any) -> None:
    a_segment(api, tags=["old"])
    segment = changed(
        api,
        {"kind": "updateName", "value": "Early"},
        {"kind": "updateDescription", "value": "birds"},
        {"kind": "addTags", "values": ["new", "old"]},
        {"kind": "removeTags", "values": ["old"]},
        {"kind": "addIncludedTargets", "contextKind": "org", "values": ["acme", "ajax", "acme"]},
        {"kind": "removeIncludedTargets", "contextKind": "org", "values": ["ajax"]},
        {"kind": "addExcludedTargets", "contextKind": "org", "values": ["bad", "worse"]},
        {"kind": "removeExcludedTargets", "contextKind": "org", "values": ["bad"]},
        {"kind": "addIncludedUsers", "values": ["ann", "bob"]},
        {"kind": "removeIncludedUsers", "values": ["bob"]},
        {"kind": "addExcludedUsers", "values": ["cy", "di"]},
        {"kind": "removeExcludedUsers", "values": ["di"]},
        {"kind": "addRule", "clauses": [STAFF], "description": "staff"},
        {"kind": "addRule", "clauses": [STAFF]},
    )
    assert (segment["name"], segment["description"], segment["tags"]) == ("Early", "birds", ["new"])
    assert segment["includedContexts"] == [{"contextKind": "org", "values": ["acme"]}]
    assert segment["excludedContexts"] == [{"contextKind": "org", "values": ["worse"]}]
    assert (segment["included"], segment["excluded"]) == (["ann"], ["cy"])
    first, second = (rule["_id"] for rule in segment["rules"])
    clause = segment["rules"][0]["clauses"][0]["_id"]
    of_rule, of_clause = {"ruleId": first}, {"ruleId": first, "clauseId": clause}
    segment = changed(
        api,
        {"kind": "reorderRules", "ruleIds": [second, first]},
        {"kind": "removeRule", "ruleId": second},
        {"kind": "updateRuleDescription", "description": "all staff", **of_rule},
        {"kind": "updateRuleRolloutAndContextKind", "weight": "20000", "contextKind": "org", **of_rule},
        {"kind": "addClauses", "clauses": [STAFF], **of_rule},
        {"kind": "updateClause", "clause": STAFF | {"op": "startsWith"}, **of_clause},
        {"kind": "addValuesToClause", "values": ["@ajax.io"], **of_clause},
        {"kind": "removeValuesFromClause", "values": ["@acme.io"], **of_clause},
    )
    [rule] = segment["rules"]
    assert (rule["description"], rule["weight"], rule["rolloutContextKind"]) == ("all staff", 20_000, "org")
    assert [(each["op"], each["values"]) for each in rule["clauses"]] == [
        ("startsWith", ["@ajax.io"]),
        ("endsWith", ["@acme.io"]),
    ]
    segment = changed(api, {"kind": "removeClauses", "clauseIds": [clause], **of_rule})
    assert [each["op"] for each in segment["rules"][0]["clauses"]] == ["endsWith"]


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "addIncludedUsers", "values": [""]},
        {"kind": "addIncludedTargets", "contextKind": "two words", "values": ["a"]},
        {"kind": "addRule", "clauses": [STAFF | {"op": "sounds like"}]},
        {"kind": "addRule", "clauses": [STAFF | {"op": "matches", "values": ["(a+)+$"]}]},
        {"kind": "removeClauses", "ruleId": "none", "clauseIds": []},
        {"kind": "updateRuleRolloutAndContextKind", "ruleId": "none", "weight": 100_001},
        {"kind": "reorderRules", "ruleIds": ["none"]},
        {"kind": "updateName"},
        {"kind": "unknown"},
        {"kind": {}},
        {"kind": ["addIncludedUsers"]},
    ],
)
def test_patchSegment__instruction_that_fails__leaves_all_as_it_was(api: Any, instruction: Any) -> None:
    made = a_segment(api)
    assert ask_of(api, {"kind": "updateName", "value": "New"}, instruction).status_code == 400
    assert api.get(BETA).json()["version"] == made["version"]


def test_patchSegment__key_on_both_lists__is_refused(api: Any) -> None:
    a_segment(api)
    refused = ask_of(
        api, {"kind": "addIncludedUsers", "values": ["ann"]}, {"kind": "addExcludedUsers", "values": ["ann"]}
    )
    assert refused.status_code == 400
    assert "'ann' is both included and excluded" in refused.text


def test_patchSegment__instructions_without_their_media_type__are_no_patch(api: Any) -> None:
    a_segment(api)
    body = {"instructions": [{"kind": "updateName", "value": "New"}]}
    assert api.patch(BETA, json=body).status_code == 400


def test_patchSegment__dry_run__shows_and_writes_nothing(api: Any) -> None:
    a_segment(api)
    shown = ask_of(api, {"kind": "updateName", "value": "New"}, dryRun="true")
    assert (shown.status_code, shown.json()["name"]) == (200, "New")
    assert api.get(BETA).json()["name"] == "Beta"


def test_patchSegment__needing_itself__is_refused(api: Any) -> None:
    for key in ("beta", "gamma", "delta"):
        a_segment(api, key)
    changed(api, {"kind": "addRule", "clauses": [clause_on("gamma")]})
    changed(api, {"kind": "addRule", "clauses": [clause_on("delta")]}, key="gamma")
    refused = ask_of(api, {"kind": "addRule", "clauses": [clause_on("beta")]}, key="delta")
    assert refused.status_code == 409
    assert "delta needs beta needs gamma needs delta" in refused.text
    assert ask_of(api, {"kind": "addRule", "clauses": [clause_on("beta")]}).status_code == 409


def test_deleteSegment__in_use__says_by_whom(api: Any) -> None:
    a_segment(api)
    a_segment(api, "gamma")
    on, _ = ids(a_flag(api))
    added = instructed(api, {"kind": "addRule", "clauses": [clause_on("beta")], "variationId": on})
    assert [flag["key"] for flag in api.get(BETA).json()["_flags"]] == ["checkout"]
    changed(api, {"kind": "addRule", "clauses": [clause_on("beta")]}, key="gamma")
    refused = api.delete(BETA)
    assert refused.status_code == 409
    assert "the flag 'checkout', the segment 'gamma'" in refused.text
    rule = added["environments"]["production"]["rules"][0]["_id"]
    instructed(api, {"kind": "removeRule", "ruleId": rule})
    assert api.delete(f"{SEGMENTS}/gamma").status_code == 204
    assert api.delete(BETA).status_code == 204


def test_deleteSegment__made_again__starts_above_what_sdks_knew(api: Any) -> None:
    a_segment(api)
    changed(api, {"kind": "updateName", "value": "New"})
    assert api.delete(BETA).status_code == 204
    made = a_segment(api)
    assert (made["version"], made["generation"]) == (4, 2)


def test_segments__written__leave_audit_entries(api: Any) -> None:
    a_segment(api)
    changed(api, {"kind": "addIncludedUsers", "values": ["ann"]})
    api.delete(BETA)
    entries = api.get("/api/v2/auditlog", spec="proj/*:env/production:segment/beta").json()["items"]
    assert [entry["titleVerb"] for entry in entries] == [
        "deleted the segment",
        "updated the segment",
        "created the segment",
    ]


def test_getSegments__filtered_and_sorted__pages(api: Any, clock: FixedClock) -> None:
    for key in ("beta", "gamma", "delta"):
        a_segment(api, key, tags=[key[0]], unbounded=key == "delta")
        clock.advance(1_000)
    changed(api, {"kind": "addIncludedUsers", "values": ["ann", 'a"n', "Bob"]})
    clock.advance(1_000)
    changed(api, {"kind": "addExcludedTargets", "contextKind": "org", "values": ["acme"]}, key="gamma")

    def keys(**query: str) -> list[str]:
        response = api.get(SEGMENTS, **query)
        assert response.status_code == 200, response.text
        return [item["key"] for item in response.json()["items"]]

    assert keys() == ["delta", "gamma", "beta"]
    assert keys(sort="name", limit="2") == ["beta", "delta"]
    assert keys(sort="-lastModified") == ["gamma", "beta", "delta"]
    assert keys(filter='tags anyOf ["b","g"]') == ["gamma", "beta"]
    assert keys(filter='query equals "ELT"') == ["delta"]
    assert keys(filter="unbounded equals true") == ["delta"]
    assert keys(filter='includedKeys anyOf ["ann"]') == ["beta"]
    assert keys(filter='includedKeys anyOf ["bob"]') == []
    assert keys(filter='excludedKeys anyOf ["acme"]') == ["gamma"]
    assert keys(filter='excludedKeys anyOf ["org"]') == []
    assert keys(filter="external exists false") == ["delta", "gamma", "beta"]
    assert api.get(SEGMENTS, filter="unbounded equals maybe").status_code == 400


def test_segments__policy_of_one_tag__holds(api: Any) -> None:
    a_segment(api, tags=["mine"])
    a_segment(api, "other")
    statement = {
        "effect": "allow",
        "resources": ["proj/*:env/*:segment/*;mine"],
        "actions": ["viewSegment", "updateIncluded"],
    }
    role = {"name": "narrow", "serviceToken": True, "inlineRole": [statement]}
    narrow = api.as_token(api.post("/api/v2/tokens", json=role).json()["token"])
    assert [item["key"] for item in narrow.get(SEGMENTS).json()["items"]] == ["beta"]
    assert narrow.get(f"{SEGMENTS}/other").status_code == 403
    add = {"kind": "addIncludedUsers", "values": ["ann"]}
    assert ask_of(narrow, add).status_code == 200
    assert ask_of(narrow, add, {"kind": "updateName", "value": "Mine"}).status_code == 403
    assert ask_of(narrow, {"kind": "addExcludedUsers", "values": ["bob"]}).status_code == 403
