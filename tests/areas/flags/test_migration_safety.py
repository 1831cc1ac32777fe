"""What would be unsafe about a change of a migration flag."""

from typing import Any

import pytest

from areas.flags.seeds import SEMANTIC, a_flag, a_project, ids, instructed, production
from areas.insights.seeds import for_another_project
from daybreak.platform.database import Database
from statements import list_audit

ISSUES = "/api/v2/projects/web/flags/move/environments/production/migration-safety-issues"
OFF, SHADOW, LIVE, COMPLETE = range(4)
FROM_ACME = {"attribute": "email", "op": "endsWith", "values": ["@acme.io"]}


@pytest.fixture
def stages(api: Any) -> list[str]:
    """The ids of the variations: off, shadow, live, complete. The flag is on, and serves `shadow`."""
    a_project(api)
    flag = a_flag(api, "move", purpose="migration", migrationSettings={"stageCount": 4})
    found = ids(flag)
    instructed(api, {"kind": "turnFlagOn"}, serving(found[SHADOW]), key="move")
    return found


def serving(variation: str) -> dict[str, Any]:
    return {"kind": "updateFallthroughVariationOrRollout", "variationId": variation}


def dealing(stages: list[str], *weights: int) -> dict[str, Any]:
    shares = dict(zip(stages, weights, strict=True))
    return {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": shares}


def ruling(variation: str) -> dict[str, Any]:
    return {"kind": "addRule", "clauses": [FROM_ACME], "variationId": variation}


def issues(api: Any, *instructions: dict[str, Any]) -> list[tuple[str, list[str], bool]]:
    response = api.post(ISSUES, json={"instructions": list(instructions)})
    if response.status_code == 204:
        return []
    assert response.status_code == 200, response.text
    return [(i["causingRuleId"], i["affectedRuleIds"], i["oldSystemAffected"]) for i in response.json()]


def test_postMigrationSafetyIssues__one_stage_at_a_time__is_safe(
    api: Any, stages: list[str], database: Database
) -> None:
    written = len(list_audit(database, "flag"))

    assert issues(api, serving(stages[LIVE])) == []
    assert issues(api, serving(stages[OFF])) == []
    assert issues(api, {"kind": "turnFlagOff"}) == []
    assert issues(api, {"kind": "addTags", "values": ["x"]}) == []

    assert len(list_audit(database, "flag")) == written


def test_postMigrationSafetyIssues__skipped_stage__is_told(api: Any, stages: list[str]) -> None:
    assert issues(api, serving(stages[COMPLETE])) == [("fallthrough", ["fallthrough"], True)]
    [told] = api.post(ISSUES, json={"instructions": [serving(stages[COMPLETE])]}, headers=SEMANTIC).json()
    assert "'shadow' to 'complete' and skip live" in told["issue"]


def test_postMigrationSafetyIssues__back_from_the_last_stage__is_told(api: Any, stages: list[str]) -> None:
    for stage in (LIVE, COMPLETE):
        instructed(api, serving(stages[stage]), key="move")

    assert issues(api, serving(stages[LIVE])) == [("fallthrough", ["fallthrough"], True)]
    assert issues(api, {"kind": "turnFlagOff"}) == [("off", ["fallthrough"], True)]


def test_postMigrationSafetyIssues__rollout__moves_only_whom_its_shares_move(
    api: Any, stages: list[str]
) -> None:
    instructed(api, dealing(stages, 50_000, 50_000, 0, 0), key="move")

    assert issues(api, dealing(stages, 0, 50_000, 50_000, 0)) == []
    assert issues(api, dealing(stages, 0, 20_000, 80_000, 0)) == [("fallthrough", ["fallthrough"], False)]
    by_org = dealing(stages, 0, 50_000, 50_000, 0) | {"rolloutContextKind": "org"}
    assert issues(api, by_org) == [("fallthrough", ["fallthrough"], False)]


def test_postMigrationSafetyIssues__rules__take_contexts_from_one_another(
    api: Any, stages: list[str]
) -> None:
    [(cause, affected, old)] = issues(api, ruling(stages[COMPLETE]))
    assert (affected, old) == (["fallthrough"], True)
    assert cause != "fallthrough"
    assert issues(api, ruling(stages[LIVE])) == []

    rule = production(instructed(api, ruling(stages[LIVE]), key="move"))["rules"][0]["_id"]

    assert issues(api, serving(stages[OFF])) == []
    removal = {"kind": "removeRule", "ruleId": rule}
    assert issues(api, removal) == []
    assert issues(api, serving(stages[OFF]), removal) == [("fallthrough", [rule], False)]


def test_postMigrationSafetyIssues__targets__count_as_well(api: Any, stages: list[str]) -> None:
    def targeting(stage: int, *keys: str) -> dict[str, Any]:
        return {"kind": "addTargets", "variationId": stages[stage], "values": list(keys)}

    assert issues(api, targeting(COMPLETE, "ann")) == [("targets", ["fallthrough"], True)]
    instructed(api, targeting(LIVE, "ann"), key="move")
    assert issues(api, targeting(LIVE, "bob")) == []
    removal = targeting(LIVE, "ann") | {"kind": "removeTargets"}
    assert issues(api, removal, targeting(OFF, "ann")) == [("targets", ["targets"], False)]


def test_postMigrationSafetyIssues__others_and_nonsense__are_refused(api: Any, stages: list[str]) -> None:
    a_flag(api, "plain")
    body = {"instructions": [{"kind": "turnFlagOff"}]}
    assert api.as_nobody().post(ISSUES, json=body).status_code == 401
    assert for_another_project(api).post(ISSUES, json=body).status_code == 403
    assert api.as_role("reader").post(ISSUES, json=body).status_code == 204
    assert api.post(ISSUES.replace("move", "plain"), json=body).status_code == 400
    for missing in ("web", "move", "production"):
        assert api.post(ISSUES.replace(f"/{missing}/", "/none/"), json=body).status_code == 404
    bodies: list[Any] = [{}, {"instructions": []}, {"instructions": [{"kind": "dance"}]}, []]
    for nonsense in bodies:
        assert api.post(ISSUES, json=nonsense).status_code == 400
