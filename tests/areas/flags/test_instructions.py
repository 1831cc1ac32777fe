"""Semantic patches: every instruction, all of a patch or nothing."""

import json
from typing import Any

import pytest

from areas.flags.seeds import FLAGS, SEMANTIC, a_flag, a_project, ids, instruct, instructed, production
from daybreak.areas.flags.feature_flags.instructions.known import INSTRUCTIONS
from daybreak.platform.database import Database
from statements import list_audit

THREE = [{"value": "a"}, {"value": "b"}, {"value": "c"}]
ON_EMAIL = {"attribute": "email", "op": "endsWith", "values": ["@acme.io"], "contextKind": "user"}

ENDLESS = {"attribute": "email", "op": "matches", "values": ["(a+)+"], "contextKind": "user"}


@pytest.fixture
def flag(api: Any) -> dict[str, Any]:
    a_project(api)
    return a_flag(api, variations=THREE, defaults={"onVariation": 0, "offVariation": 2})


def targets(flag: dict[str, Any]) -> set[tuple[int, str, tuple[str, ...]]]:
    configuration = production(flag)
    users = {(t["variation"], "user", tuple(t["values"])) for t in configuration["targets"]}
    others = configuration["contextTargets"]
    return users | {(t["variation"], t["contextKind"], tuple(t["values"])) for t in others if t["values"]}


def test_instructions__on_and_off__switch_one_environment(api: Any, flag: dict[str, Any]) -> None:
    on = instructed(api, {"kind": "turnFlagOn"}, comment="go")

    assert (production(on)["on"], on["environments"]["test"]["on"]) == (True, False)
    assert production(instructed(api, {"kind": "turnFlagOff"}))["on"] is False
    assert production(flag)["version"] + 2 == production(api.get(f"{FLAGS}/checkout").json())["version"]


def test_instructions__targets__come_and_go_by_kind(api: Any, flag: dict[str, Any]) -> None:
    a, b, c = ids(flag)
    added = instructed(
        api,
        {"kind": "addTargets", "variationId": a, "contextKind": "org", "values": ["acme", "initech"]},
        {"kind": "addUserTargets", "variationId": b, "values": ["ann", "bob", "ann"]},
        {"kind": "addTargets", "variationId": b, "values": ["cy"]},
    )
    assert targets(added) == {(0, "org", ("acme", "initech")), (1, "user", ("ann", "bob", "cy"))}
    order = [(t["contextKind"], t["values"]) for t in production(added)["contextTargets"]]
    assert order == [("org", ["acme", "initech"]), ("user", [])]

    removed = instructed(
        api,
        {"kind": "removeTargets", "variationId": a, "contextKind": "org", "values": ["acme", "nobody"]},
        {"kind": "removeUserTargets", "variationId": b, "values": ["ann"]},
    )
    assert targets(removed) == {(0, "org", ("initech",)), (1, "user", ("bob", "cy"))}

    replaced = instructed(
        api,
        {"kind": "replaceTargets", "targets": [{"variationId": c, "contextKind": "org", "values": ["acme"]}]},
        {
            "kind": "replaceUserTargets",
            "targets": [
                {"variationId": a, "values": ["ann"]},
                {"variationId": b, "values": []},
                {"variationId": c, "values": ["bob"]},
            ],
        },
    )
    assert targets(replaced) == {(2, "org", ("acme",)), (0, "user", ("ann",)), (2, "user", ("bob",))}

    kept = instructed(api, {"kind": "clearUserTargets", "variationId": c})
    assert targets(kept) == {(2, "org", ("acme",)), (0, "user", ("ann",))}
    assert targets(instructed(api, {"kind": "clearTargets", "variationId": c})) == {(0, "user", ("ann",))}


def test_instructions__rules__are_made_ordered_and_changed(api: Any, flag: dict[str, Any]) -> None:
    a, b, _ = ids(flag)
    first = production(instructed(api, {"kind": "addRule", "variationId": a, "clauses": [ON_EMAIL]}))[
        "rules"
    ][0]
    rollout = {
        "rolloutWeights": {a: 60_000, b: 40_000},
        "rolloutContextKind": "org",
        "rolloutBucketBy": "name",
    }
    both = production(
        instructed(
            api,
            {
                "kind": "addRule",
                "clauses": [],
                "beforeRuleId": first["_id"],
                "description": "dealt",
                **rollout,
            },
        )
    )["rules"]
    assert [rule.get("description") for rule in both] == ["dealt", None]
    assert both[0]["rollout"] == {
        "variations": [{"variation": 0, "weight": 60_000}, {"variation": 1, "weight": 40_000}],
        "contextKind": "org",
        "bucketBy": "name",
    }

    changed = production(
        instructed(
            api,
            {"kind": "reorderRules", "ruleIds": [both[1]["_id"], both[0]["_id"]]},
            {"kind": "updateRuleDescription", "ruleId": first["_id"], "description": "ours"},
            {"kind": "updateRuleTrackEvents", "ruleId": first["_id"], "trackEvents": True},
            {"kind": "updateRuleVariationOrRollout", "ruleId": first["_id"], "variationId": b},
            {"kind": "addClauses", "ruleId": first["_id"], "clauses": [{**ON_EMAIL, "op": "startsWith"}]},
        )
    )["rules"]
    assert [rule["_id"] for rule in changed] == [first["_id"], both[0]["_id"]]
    rule = changed[0]
    assert (rule["description"], rule["trackEvents"], rule["variation"]) == ("ours", True, 1)

    old, new = (clause["_id"] for clause in rule["clauses"])
    id = {"ruleId": rule["_id"]}
    rules = production(
        instructed(
            api,
            {"kind": "addValuesToClause", **id, "clauseId": old, "values": ["@initech.io", "@acme.io"]},
            {"kind": "removeValuesFromClause", **id, "clauseId": old, "values": ["@acme.io"]},
            {"kind": "updateClause", **id, "clauseId": new, "clause": {**ON_EMAIL, "negate": True}},
        )
    )["rules"]
    assert rules[0]["clauses"][0]["values"] == ["@initech.io"]
    assert (rules[0]["clauses"][1]["_id"], rules[0]["clauses"][1]["negate"]) == (new, True)

    rules = production(
        instructed(
            api,
            {"kind": "removeClauses", **id, "clauseIds": [new]},
            {"kind": "removeRule", "ruleId": both[0]["_id"]},
            {"kind": "removeRule", "ruleId": "never-was"},
        )
    )["rules"]
    assert [len(rule["clauses"]) for rule in rules] == [1]
    replaced = instructed(api, {"kind": "replaceRules", "rules": [{"clauses": [ON_EMAIL], "variationId": b}]})
    assert [rule["variation"] for rule in production(replaced)["rules"]] == [1]


def test_instructions__everybody_else__is_served_what_is_said(api: Any, flag: dict[str, Any]) -> None:
    a, b, c = ids(flag)
    configuration = production(
        instructed(
            api,
            {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {a: 50_000, b: 0, c: 50_000}},
            {"kind": "updateOffVariation", "variationId": b},
            {"kind": "updateTrackEvents", "trackEvents": True},
            {"kind": "updateTrackEventsFallthrough", "trackEvents": True},
        )
    )
    assert [share["weight"] for share in configuration["fallthrough"]["rollout"]["variations"]] == [
        50_000,
        0,
        50_000,
    ]
    assert configuration["offVariation"] == 1
    assert (configuration["trackEvents"], configuration["trackEventsFallthrough"]) == (True, True)


def test_instructions__prerequisites__are_kept_free_of_cycles(api: Any, flag: dict[str, Any]) -> None:
    base, other = a_flag(api, "base"), a_flag(api, "other")
    added = instructed(
        api,
        {"kind": "addPrerequisite", "key": "base", "variationId": ids(base)[0]},
        {"kind": "updatePrerequisite", "key": "base", "variationId": ids(base)[1]},
        {"kind": "addPrerequisite", "key": "other", "variationId": ids(other)[0]},
        {"kind": "removePrerequisite", "key": "other"},
    )
    assert production(added)["prerequisites"] == [{"key": "base", "variation": 1}]

    back = {"kind": "addPrerequisite", "key": "checkout", "variationId": ids(flag)[0]}
    circle = instruct(api, back, key="base")
    itself = instruct(api, back)
    unknown = instruct(api, {"kind": "addPrerequisite", "key": "nothing", "variationId": "x"})
    in_use = instruct(api, {"kind": "removeVariation", "variationId": ids(base)[1]}, key="base")

    assert (circle.status_code, itself.status_code, unknown.status_code) == (409, 409, 400)
    assert "base needs checkout needs base" in circle.json()["message"]
    assert in_use.status_code in {400, 409}
    cleared = instructed(api, {"kind": "replacePrerequisites", "prerequisites": []})
    assert production(cleared)["prerequisites"] == []
    assert instruct(api, back, key="base").status_code == 200


def test_instructions__variations__come_change_and_go(api: Any, flag: dict[str, Any]) -> None:
    a, b, c = ids(flag)
    changed = instructed(
        api,
        {"kind": "addVariation", "value": {"size": 4}, "name": "Big"},
        {"kind": "updateVariation", "variationId": b, "value": "B", "description": "better"},
        {"kind": "updateDefaultVariation", "OnVariationValue": "B", "offVariationValue": "a"},
    )
    assert [v["value"] for v in changed["variations"]] == ["a", "B", "c", {"size": 4}]
    assert changed["variations"][1]["description"] == "better"
    assert changed["defaults"] == {"onVariation": 1, "offVariation": 0}

    fewer = instructed(api, {"kind": "removeVariation", "variationId": ids(changed)[3]})
    assert len(fewer["variations"]) == 3
    used = instruct(api, {"kind": "removeVariation", "variationId": c})
    assert used.status_code == 400
    assert "in use" in used.json()["message"]
    assert a in ids(fewer)


def test_instructions__settings__are_changed(api: Any, flag: dict[str, Any]) -> None:
    changed = instructed(
        api,
        {"kind": "addTags", "values": ["x", "y"]},
        {"kind": "removeTags", "values": ["x"]},
        {"kind": "addCustomProperties", "key": "jira", "name": "Jira", "values": ["A-1"]},
        {"kind": "addCustomProperties", "key": "jira", "name": "Jira", "values": ["A-2"]},
        {"kind": "replaceCustomProperties", "key": "docs", "name": "Docs", "values": ["d"]},
        {"kind": "removeCustomProperties", "key": "docs", "values": ["d"]},
        {"kind": "removeCustomProperties", "key": "none", "values": ["d"]},
        {"kind": "makeFlagPermanent"},
        {"kind": "turnOnClientSideAvailability", "value": "usingEnvironmentId"},
        {"kind": "turnOffClientSideAvailability", "value": "usingMobileKey"},
        {"kind": "updateName", "value": "Till"},
        {"kind": "updateDescription", "value": "Faster"},
        {"kind": "updateMaintainerMember", "value": "5f0000000000000000000001"},
        {"kind": "updateMaintainerTeam", "value": "platform"},
        {"kind": "deprecateFlag"},
    )
    assert (changed["tags"], changed["temporary"], changed["name"]) == (["y"], False, "Till")
    assert changed["customProperties"] == {"jira": {"name": "Jira", "value": ["A-1", "A-2"]}}
    assert changed["clientSideAvailability"] == {"usingMobileKey": False, "usingEnvironmentId": True}
    assert (changed["maintainerTeamKey"], "maintainerId" in changed) == ("platform", False)
    assert changed["deprecated"]

    back = instructed(
        api,
        {"kind": "makeFlagTemporary"},
        {"kind": "removeMaintainer"},
        {"kind": "restoreDeprecatedFlag"},
        {"kind": "archiveFlag"},
    )
    assert (back["temporary"], back["deprecated"], back["archived"]) == (True, False, True)
    assert instruct(api, {"kind": "deprecateFlag"}).status_code == 400
    assert instructed(api, {"kind": "restoreFlag"})["archived"] is False


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "noSuchKind"},
        {},
        {"kind": "addTargets", "variationId": "nothing", "values": ["ann"]},
        {"kind": "addRule", "clauses": []},
        {"kind": "addRule", "clauses": [], "variationId": "nothing"},
        {
            "kind": "addRule",
            "clauses": [{**ON_EMAIL, "op": "matches", "values": ["(a+)+"]}],
            "variationId": "$0",
        },
        {"kind": "addRule", "clauses": [{**ON_EMAIL, "attribute": "/"}], "variationId": "$0"},
        {"kind": "addRule", "clauses": [ON_EMAIL], "variationId": "$0", "beforeRuleId": "nothing"},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {"$0": 40_000, "$1": 40_000}},
        {
            "kind": "updateFallthroughVariationOrRollout",
            "variationId": "$0",
            "rolloutWeights": {"$0": 100_000},
        },
        {"kind": "updateRuleDescription", "ruleId": "nothing", "description": "x"},
        {"kind": "reorderRules", "ruleIds": ["nothing"]},
        {"kind": "replaceUserTargets", "targets": []},
        {"kind": "updatePrerequisite", "key": "nothing", "variationId": "x"},
        {"kind": "updateDefaultVariation", "onVariationValue": "nothing"},
        {"kind": "updateName", "value": ""},
        {"kind": "turnOnClientSideAvailability", "value": "nothing"},
    ],
)
def test_instructions__one_is_impossible__none_is_carried_out(
    api: Any, flag: dict[str, Any], instruction: dict[str, Any]
) -> None:
    text = json.dumps(instruction)
    for number, id in enumerate(ids(flag)):
        text = text.replace(f'"${number}"', f'"{id}"')
    impossible = json.loads(text)

    response = instruct(api, {"kind": "turnFlagOn"}, impossible)

    assert response.status_code == 400, response.text
    assert api.get(f"{FLAGS}/checkout").json() == flag


def test_instructions__key_targeted_in_two_variations__is_refused(api: Any, flag: dict[str, Any]) -> None:
    a, b, _ = ids(flag)
    instructed(api, {"kind": "addTargets", "variationId": a, "values": ["ann"]})

    response = instruct(api, {"kind": "addTargets", "variationId": b, "values": ["ann"]})

    assert response.status_code == 400
    assert "'ann'" in response.json()["message"]


def test_instructions__without_their_media_type_or_place__are_refused(api: Any, flag: dict[str, Any]) -> None:
    body = {"instructions": [{"kind": "turnFlagOn"}]}

    plain = api.patch(f"{FLAGS}/checkout", json=body)
    nowhere = api.patch(f"{FLAGS}/checkout", json=body, headers=SEMANTIC)
    elsewhere = instruct(api, {"kind": "turnFlagOn"}, environmentKey="nowhere")
    none = instruct(api)

    assert [r.status_code for r in (plain, nowhere, elsewhere, none)] == [400] * 4
    assert "domain-model" in plain.json()["message"]
    assert api.get(f"{FLAGS}/checkout").json() == flag


def test_instructions__known_ones__are_those_of_the_contract() -> None:
    assert len(INSTRUCTIONS) == 52


def test_deleteFlag__alone__deletes_the_flag(api: Any, flag: dict[str, Any], database: Database) -> None:
    deletion = {"kind": "deleteFlag"}
    assert instruct(api.as_role("reader"), deletion).status_code == 403
    assert instruct(api, deletion, {"kind": "turnFlagOn"}).status_code == 400
    rehearsed = api.patch(
        f"{FLAGS}/checkout?dryRun=true", json={"instructions": [deletion]}, headers=SEMANTIC
    )
    assert rehearsed.status_code == 200
    assert instruct(api, deletion, comment="done").json()["key"] == "checkout"

    assert api.get(f"{FLAGS}/checkout").status_code == 404
    entry = list_audit(database, "flag")[-1]
    assert (entry.actions, entry.comment) == (["deleteFlag"], "done")


def test_deleteFlag__of_a_prerequisite__answers_409(api: Any, flag: dict[str, Any]) -> None:
    a_flag(api, "needing")
    need = {"kind": "addPrerequisite", "key": "checkout", "variationId": ids(flag)[0]}
    instructed(api, need, key="needing")

    assert instruct(api, {"kind": "deleteFlag"}).status_code == 409

    # It may be restored, and would then need what nobody knows any more.
    instructed(api, {"kind": "archiveFlag"}, key="needing")
    assert instruct(api, {"kind": "deleteFlag"}).status_code == 409
    assert instruct(api, {"kind": "archiveFlag"}).status_code == 200
