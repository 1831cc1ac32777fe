"""Feature flags through HTTP: what is made, listed, changed by its representation, and refused."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, SEMANTIC, a_flag, a_project, ids, instructed, production
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import list_audit

UNHEARD_OF = {"attribute": "email", "op": "is", "values": []}


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def patch(*operations: tuple[str, str, Any]) -> list[dict[str, Any]]:
    return [{"op": op, "path": path, "value": value} for op, path, value in operations]


def test_postFeatureFlag__nothing_but_a_name__is_true_or_false_and_off(api: Any, database: Database) -> None:
    flag = a_flag(api)

    assert (flag["kind"], flag["temporary"], flag["_version"]) == ("boolean", True, 1)
    assert [variation["value"] for variation in flag["variations"]] == [True, False]
    assert flag["environments"].keys() == {"test", "production"}
    configuration = production(flag)
    assert (configuration["on"], configuration["version"]) == (False, 1)
    assert (configuration["fallthrough"], configuration["offVariation"]) == ({"variation": 0}, 1)
    [entry] = list_audit(database, "flag")
    assert entry.address == "proj/web:env/*:flag/checkout"


def test_postFeatureFlag__projects_defaults__are_taken(api: Any) -> None:
    defaults = {
        "tags": ["new"],
        "temporary": False,
        "booleanDefaults": {
            "trueDisplayName": "On",
            "falseDisplayName": "Off",
            "trueDescription": "",
            "falseDescription": "",
            "onVariation": 1,
            "offVariation": 0,
        },
        "defaultClientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": True},
    }
    assert api.put("/api/v2/projects/web/flag-defaults", json=defaults).status_code == 200

    flag = a_flag(api)

    assert (flag["tags"], flag["temporary"]) == (["new"], False)
    assert [variation["name"] for variation in flag["variations"]] == ["On", "Off"]
    assert flag["clientSideAvailability"] == {"usingMobileKey": False, "usingEnvironmentId": True}
    assert flag["defaults"] == {"onVariation": 1, "offVariation": 0}


def test_postFeatureFlag__migration__has_its_stages(api: Any) -> None:
    flag = a_flag(api, purpose="migration", migrationSettings={"stageCount": 4, "contextKind": "org"})

    assert [v["value"] for v in flag["variations"]] == ["off", "shadow", "live", "complete"]
    assert (flag["_purpose"], flag["migrationSettings"]) == (
        "migration",
        {"stageCount": 4, "contextKind": "org"},
    )


@pytest.mark.parametrize(
    ("given", "attribute"),
    [
        ({"variations": [{"value": 1}]}, "variations"),
        ({"defaults": {"onVariation": 7, "offVariation": 0}}, "defaults.onVariation"),
        ({"key": "a b"}, "key"),
        ({"maintainerId": "a", "maintainerTeamKey": "b"}, "maintainerId"),
        ({"tags": ["a b"]}, "tags"),
    ],
)
def test_postFeatureFlag__impossible__says_what(api: Any, given: dict[str, Any], attribute: str) -> None:
    response = api.post(FLAGS, json={"key": "checkout", "name": "Checkout"} | given)

    assert response.status_code == 400
    assert attribute in response.json()["message"]
    assert api.get(FLAGS).json()["totalCount"] == 0


def test_postFeatureFlag__taken_key__answers_409_but_a_reader_403(api: Any) -> None:
    a_flag(api)
    body = {"key": "checkout", "name": "Again"}

    assert api.post(FLAGS, json=body).status_code == 409
    assert api.as_role("reader").post(FLAGS, json=body).status_code == 403


def test_postFeatureFlag__key_of_a_deleted_flag__goes_on_above_its_version(api: Any) -> None:
    a_flag(api)
    last = production(instructed(api, {"kind": "turnFlagOn"}))["version"]
    assert api.delete(f"{FLAGS}/checkout").status_code == 204

    assert production(a_flag(api))["version"] > last


def test_getFeatureFlag__environment_younger_than_the_flag__starts_off(api: Any) -> None:
    a_flag(api)
    staging = {"key": "staging", "name": "Staging", "color": "aabbcc"}
    assert api.post("/api/v2/projects/web/environments", json=staging).status_code == 201

    before = api.get(f"{FLAGS}/checkout").json()["environments"]["staging"]
    after = instructed(api, {"kind": "turnFlagOn"}, environmentKey="staging")["environments"]["staging"]

    assert (before["on"], after["on"]) == (False, True)
    assert (after["salt"], after["version"]) == (before["salt"], before["version"] + 1)


def test_patchFeatureFlag__environment_younger_than_the_flag__is_turned_on(api: Any) -> None:
    a_flag(api)
    staging = {"key": "staging", "name": "Staging", "color": "aabbcc"}
    assert api.post("/api/v2/projects/web/environments", json=staging).status_code == 201
    before = api.get(f"{FLAGS}/checkout").json()["environments"]["staging"]

    response = api.patch(f"{FLAGS}/checkout", json=patch(("replace", "/environments/staging/on", True)))

    assert response.status_code == 200, response.text
    after = response.json()["environments"]["staging"]
    assert (after["on"], after["salt"]) == (True, before["salt"])


def test_patchFeatureFlag__json_patch__changes_what_it_names(api: Any, database: Database) -> None:
    a_flag(api)
    clause = {"attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
    rule = {"variation": 1, "clauses": [clause], "trackEvents": True}
    body = patch(
        ("replace", "/description", "Faster"),
        ("add", "/tags/-", "till"),
        ("replace", "/environments/production/on", True),
        ("add", "/environments/production/rules/-", rule),
        ("add", "/environments/production/targets/-", {"values": ["ann"], "variation": 0}),
    )

    response = api.patch(f"{FLAGS}/checkout", json={"comment": "now", "patch": body})

    flag = response.json()
    assert response.status_code == 200, response.text
    assert (flag["description"], flag["tags"], flag["_version"]) == ("Faster", ["till"], 2)
    [made] = production(flag)["rules"]
    assert (made["variation"], made["trackEvents"], made["clauses"][0]["op"]) == (1, True, "endsWith")
    assert production(flag)["version"] == 2
    assert flag["environments"]["test"]["version"] == 1
    entry = list_audit(database, "flag")[-1]
    assert entry.comment == "now"
    assert set(entry.actions) == {
        "updateDescription",
        "updateTags",
        "updateOn",
        "updateRules",
        "updateTargets",
    }


def test_patchFeatureFlag__variation_removed__renumbers_what_is_served(api: Any) -> None:
    values = [{"value": "a"}, {"value": "b"}, {"value": "c"}]
    flag = a_flag(api, variations=values, defaults={"onVariation": 2, "offVariation": 1})
    assert production(flag)["fallthrough"] == {"variation": 2}

    changed = api.patch(f"{FLAGS}/checkout", json=[{"op": "remove", "path": "/variations/0"}]).json()
    refused = api.patch(f"{FLAGS}/checkout", json=[{"op": "remove", "path": "/variations/0"}])

    assert [variation["value"] for variation in changed["variations"]] == ["b", "c"]
    assert production(changed)["fallthrough"] == {"variation": 1}
    assert changed["defaults"] == {"onVariation": 1, "offVariation": 0}
    assert refused.status_code == 400


@pytest.mark.parametrize(
    "operation",
    [
        ("replace", "/key", "other"),
        ("replace", "/environments/production/fallthrough", {"variation": 7}),
        ("replace", "/environments/production/fallthrough", {}),
        ("replace", "/environments/production/salt", "x"),
        ("replace", "/environments/staging/on", True),
        (
            "add",
            "/environments/production/rules/-",
            {"variation": 0, "clauses": [{"op": "is", "values": []}]},
        ),
        ("replace", "/variations", []),
    ],
)
def test_patchFeatureFlag__impossible__changes_nothing(api: Any, operation: tuple[str, str, Any]) -> None:
    before = a_flag(api)

    response = api.patch(f"{FLAGS}/checkout", json=patch(operation))

    assert response.status_code in {400, 422}
    assert api.get(f"{FLAGS}/checkout").json() == before


def test_patchFeatureFlag__merge_patch__changes_its_fields(api: Any) -> None:
    a_flag(api)

    assert api.patch(f"{FLAGS}/checkout", json={"name": "Till"}).json()["name"] == "Till"
    assert api.patch(f"{FLAGS}/checkout", json={"merge": {"archived": True}}).json()["archived"] is True


def test_patchFeatureFlag__dry_run__writes_nothing(api: Any, database: Database) -> None:
    before = a_flag(api)

    tried = api.patch(f"{FLAGS}/checkout?dryRun=true", json=patch(("replace", "/name", "Till")))

    assert tried.json()["name"] == "Till"
    assert api.get(f"{FLAGS}/checkout").json() == before
    assert len(list_audit(database, "flag")) == 1


def test_patchFeatureFlag__caller_without_an_action__is_forbidden(api: Any) -> None:
    a_flag(api)
    everything = {"resources": ["proj/web", "proj/web:env/*:flag/*"], "effect": "allow", "actions": ["*"]}
    but_on = everything | {"effect": "deny", "actions": ["updateOn"]}
    on = patch(("replace", "/environments/production/on", True))
    name = patch(("replace", "/name", "Till"))

    caller = narrowed(api, everything, but_on)

    assert caller.patch(f"{FLAGS}/checkout", json=on).status_code == 403
    assert caller.patch(f"{FLAGS}/checkout?dryRun=true", json=on).status_code == 403
    assert caller.patch(f"{FLAGS}/checkout", json=name).status_code == 200
    assert api.as_role("reader").patch(f"{FLAGS}/checkout", json=name).status_code == 403
    assert api.as_nobody().patch(f"{FLAGS}/checkout", json=name).status_code == 401


def test_patchFeatureFlag__policy_of_one_environment__holds_there_alone(api: Any) -> None:
    flag = a_flag(api)
    see = {"resources": ["proj/web", "proj/web:env/*:flag/*"], "effect": "allow", "actions": ["viewFlag"]}
    in_test = {"resources": ["proj/web:env/test:flag/*"], "effect": "allow", "actions": ["updateOn"]}
    everywhere = see | {"actions": ["*"]}
    not_in_production = {"resources": ["proj/web:env/production:flag/*"], "effect": "deny", "actions": ["*"]}

    callers = {
        "turnFlagOn": narrowed(api, see, in_test),
        "turnFlagOff": narrowed(api, everywhere, not_in_production),
    }
    for kind, caller in callers.items():
        switch = {"environmentKey": "test", "instructions": [{"kind": kind}]}
        assert caller.patch(f"{FLAGS}/checkout", json=switch, headers=SEMANTIC).status_code == 200
        production_on = {"environmentKey": "production", "instructions": [{"kind": "turnFlagOn"}]}
        assert caller.patch(f"{FLAGS}/checkout", json=production_on, headers=SEMANTIC).status_code == 403
        by_path = patch(("replace", "/environments/production/on", True))
        assert caller.patch(f"{FLAGS}/checkout", json=by_path).status_code == 403
    assert production(api.get(f"{FLAGS}/checkout").json()) == production(flag)


def test_copyFeatureFlag__whole_or_in_parts__changes_the_target_alone(api: Any, database: Database) -> None:
    flag = a_flag(api)
    instructed(
        api,
        {"kind": "turnFlagOn"},
        {"kind": "addTargets", "variationId": ids(flag)[1], "values": ["ann"]},
        {"kind": "updateOffVariation", "variationId": ids(flag)[0]},
    )
    ends = {"source": {"key": "production"}, "target": {"key": "test"}}

    part = api.post(f"{FLAGS}/checkout/copy", json=ends | {"includedActions": ["updateTargets"]})
    rest = api.post(
        f"{FLAGS}/checkout/copy", json=ends | {"excludedActions": ["updateOn"], "comment": "same"}
    )

    assert (part.status_code, rest.status_code) == (201, 201)
    target = part.json()["environments"]["test"]
    assert ([t["values"] for t in target["targets"]], target["offVariation"], target["on"]) == (
        [["ann"]],
        1,
        False,
    )
    target = rest.json()["environments"]["test"]
    assert (target["offVariation"], target["on"], target["version"]) == (0, False, 3)
    entry = list_audit(database, "flag")[-1]
    assert entry.comment == "same"
    assert "updateTargets" in entry.actions


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"source": {"key": "test"}, "target": {"key": "test"}}, 400),
        ({"source": {"key": "nowhere"}, "target": {"key": "test"}}, 400),
        ({"source": {"key": "test"}}, 400),
        ({"source": {"key": "test", "currentVersion": 7}, "target": {"key": "production"}}, 409),
        (
            {
                "source": {"key": "test"},
                "target": {"key": "production"},
                "includedActions": ["updateOn"],
                "excludedActions": ["updateRules"],
            },
            400,
        ),
    ],
)
def test_copyFeatureFlag__impossible__is_refused(api: Any, body: dict[str, Any], status: int) -> None:
    before = a_flag(api)

    assert api.post(f"{FLAGS}/checkout/copy", json=body).status_code == status
    assert api.get(f"{FLAGS}/checkout").json() == before


def test_deleteFeatureFlag__needed_by_another__answers_409(api: Any) -> None:
    flag = a_flag(api)
    a_flag(api, "payment", initialPrerequisites=[{"key": "checkout", "variationId": ids(flag)[0]}])

    assert api.delete(f"{FLAGS}/checkout").status_code == 409
    assert api.patch(f"{FLAGS}/checkout", json={"archived": True}).status_code == 409
    assert api.delete(f"{FLAGS}/payment").status_code == 204
    assert api.delete(f"{FLAGS}/checkout").status_code == 204
    assert api.delete(f"{FLAGS}/checkout").status_code == 404


def test_getFeatureFlags__expansions__are_shown_in_environments(api: Any) -> None:
    a_flag(api, "move", purpose="migration", migrationSettings={"stageCount": 2})
    a_flag(api)
    wanted = {"expand": "evaluation,migrationSettings"}

    shown = production(api.get(f"{FLAGS}/move", **wanted).json())
    listed = api.get(FLAGS, env="production", sort="key", **wanted).json()["items"]

    assert (shown["evaluation"], shown["migrationSettings"]) == ({"contextKinds": []}, {})
    assert ["migrationSettings" in production(flag) for flag in listed] == [False, True]
    assert "evaluation" not in production(api.get(f"{FLAGS}/move").json())
    assert api.get(f"{FLAGS}/move", expand="codeReferences").status_code == 400
    assert api.get(FLAGS, expand="codeReferences").status_code == 200
