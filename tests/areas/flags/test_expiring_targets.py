"""Targets with a date: set, changed, shown, and gone when it comes."""

from typing import Any

import pytest
from sqlalchemy import select, update

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instructed, production
from areas.insights.seeds import narrowed
from daybreak.app import Daybreak
from daybreak.areas.flags.expiring_targets.tables import expiring_targets
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.platform.clock import HOUR, SECOND, FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

CONTEXTS = f"{FLAGS}/checkout/expiring-targets/production"
USERS = f"{FLAGS}/checkout/expiring-user-targets/production"
OF_ANN = "/api/v2/users/web/ann/expiring-user-targets/production"
SEMANTIC = {"Content-Type": "application/json; domain-model=launchdarkly.semanticpatch"}


@pytest.fixture
def variation(api: Any) -> str:
    """The id of the variation that a user and an organisation are targeted with."""
    a_project(api)
    return target(api, a_flag(api))


def target(api: Any, flag: dict[str, Any]) -> str:
    id = ids(flag)[1]
    instructed(
        api,
        {"kind": "addTargets", "variationId": id, "values": ["ann", "bob"]},
        {"kind": "addTargets", "variationId": id, "contextKind": "org", "values": ["acme"]},
        key=flag["key"],
    )
    return id


def dated(variation: str, at: int, key: str = "ann", kind: str = "user") -> dict[str, Any]:
    return {
        "kind": "addExpiringTarget",
        "variationId": variation,
        "contextKey": key,
        "contextKind": kind,
        "value": at,
    }


def patched(api: Any, path: str, *instructions: dict[str, Any], **given: Any) -> dict[str, Any]:
    response = api.patch(path, json={"instructions": list(instructions)} | given, headers=SEMANTIC)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def run_due(app: Daybreak) -> bool:
    """Whether the job had anything to do."""
    due = [job for job in app.jobs.list_due() if "expired targets" in job.name]
    return bool(due) and all(app.jobs.run(job) for job in due)


def test_patchExpiringTargets__add__is_shown(
    api: Any, variation: str, clock: FixedClock, database: Database
) -> None:
    at = clock.at + HOUR

    answer = patched(api, CONTEXTS, dated(variation, at, "acme", "org"), comment="a trial")

    assert (answer["totalInstructions"], answer["successfulInstructions"], answer["errors"]) == (1, 1, [])
    [item] = api.get(CONTEXTS).json()["items"]
    assert [item] == answer["items"]
    assert (item["contextKind"], item["contextKey"], item["variationId"]) == ("org", "acme", variation)
    assert (item["expirationDate"], item["_version"]) == (at, 1)
    assert item["_resourceId"] == {
        "kind": "flag",
        "projectKey": "web",
        "environmentKey": "production",
        "key": "checkout",
        "flagKey": "checkout",
    }
    assert api.get(USERS).json()["items"] == []
    assert api.get(CONTEXTS.replace("production", "test")).json()["items"] == []
    [entry] = list_audit(database, "expiring-target")
    assert (entry.actions, entry.comment) == (["updateExpiringTargets"], "a trial")
    assert entry.address == "proj/web:env/production;critical:flag/checkout"


def test_patchExpiringTargets__change_and_remove__do_so(api: Any, variation: str, clock: FixedClock) -> None:
    patched(api, CONTEXTS, dated(variation, clock.at + HOUR))
    later = dated(variation, clock.at + 2 * HOUR) | {"kind": "updateExpiringTarget"}

    [item] = patched(api, CONTEXTS, later | {"version": 1})["items"]
    assert (item["expirationDate"], item["_version"]) == (clock.at + 2 * HOUR, 2)
    stale = patched(api, CONTEXTS, later | {"version": 1, "value": clock.at + 3 * HOUR})
    assert (stale["items"], stale["failedInstructions"]) == ([], 1)
    assert "version" in stale["errors"][0]["message"]

    removal = {"kind": "removeExpiringTarget", "variationId": variation, "contextKey": "ann"}
    assert patched(api, CONTEXTS, removal)["items"] == []
    assert api.get(CONTEXTS).json()["items"] == []
    assert patched(api, CONTEXTS, removal)["failedInstructions"] == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "expireSoon"}, "unknown"),
        ({"kind": 7}, "unknown"),
        ({"contextKey": "nobody"}, "target it first"),
        ({"variationId": "none"}, "target it first"),
        ({"variationId": None}, "variationId"),
        ({"contextKey": ""}, "contextKey"),
        ({"value": None}, "value"),
        ({"value": "soon"}, "value"),
        ({"value": 1000}, "has passed"),
        ({"kind": "updateExpiringTarget"}, "add one"),
    ],
)
def test_patchExpiringTargets__impossible_instruction__is_told_and_the_others_count(
    api: Any, variation: str, clock: FixedClock, changed: dict[str, Any], reason: str
) -> None:
    bad = dated(variation, clock.at + HOUR) | changed

    answer = patched(api, CONTEXTS, bad, dated(variation, clock.at + HOUR, "bob"))

    assert [error["instructionIndex"] for error in answer["errors"]] == [0]
    assert reason in answer["errors"][0]["message"]
    assert [item["contextKey"] for item in api.get(CONTEXTS).json()["items"]] == ["bob"]


def test_patchExpiringTargets__second_date_of_a_context__is_refused(
    api: Any, variation: str, clock: FixedClock
) -> None:
    answer = patched(api, CONTEXTS, *[dated(variation, clock.at + HOUR)] * 2)

    assert (answer["successfulInstructions"], answer["failedInstructions"]) == (1, 1)


@pytest.mark.parametrize("body", [{}, {"instructions": []}, {"instructions": [7]}, [], {"instructions": {}}])
def test_patchExpiringTargets__no_instructions__answers_400(api: Any, variation: str, body: Any) -> None:
    assert api.patch(CONTEXTS, json=body).status_code == 400


@pytest.mark.parametrize("path", [CONTEXTS, USERS, OF_ANN])
def test_patchExpiringTargets__others__are_refused(
    api: Any, variation: str, clock: FixedClock, path: str
) -> None:
    everywhere = {"effect": "allow", "resources": ["proj/*", "proj/*:env/*:flag/*"], "actions": ["*"]}
    narrow = narrowed(api, everywhere, everywhere | {"effect": "deny", "actions": ["updateExpiringTargets"]})
    body = {"instructions": [dated(variation, clock.at + HOUR) | {"flagKey": "checkout"}]}

    assert api.as_nobody().patch(path, json=body).status_code == 401
    assert api.as_role("reader").patch(path, json=body).status_code == 403
    assert narrow.patch(path, json=body).status_code == 403
    assert narrow.get(path).status_code == 200
    for missing in (path.replace("web", "none"), path.replace("production", "none")):
        assert api.patch(missing, json=body).status_code == 404
        assert api.get(missing).status_code == 404


def test_patchExpiringUserTargets__users__are_told_apart_from_contexts(
    api: Any, variation: str, clock: FixedClock
) -> None:
    patched(api, CONTEXTS, dated(variation, clock.at + HOUR, "acme", "org"))
    instruction = {
        "kind": "addExpireUserTargetDate",
        "userKey": "ann",
        "variationId": variation,
        "value": clock.at + HOUR,
    }

    [item] = patched(api, USERS, instruction)["items"]

    assert (item["userKey"], "contextKey" in item) == ("ann", False)
    assert api.get(USERS).json()["items"] == [item]
    assert len(api.get(CONTEXTS).json()["items"]) == 2


def test_patchExpiringFlagsForUser__several_flags__are_listed_with_the_user(
    api: Any, variation: str, clock: FixedClock, database: Database
) -> None:
    def dates(*keys: str) -> list[dict[str, Any]]:
        return [
            {
                "kind": "addExpireUserTargetDate",
                "flagKey": key,
                "variationId": variation if key == "checkout" else target(api, a_flag(api, key)),
                "value": clock.at + HOUR,
            }
            for key in keys
        ]

    unknown = {**dates("checkout")[0], "flagKey": "none"}
    answer = patched(api, OF_ANN, *dates("checkout"), unknown)
    assert [error["instructionIndex"] for error in answer["errors"]] == [1]
    few = count_statements(database, lambda: api.get(OF_ANN))
    patched(api, OF_ANN, *dates(*(f"flag-{n}" for n in range(5))))

    listed = api.get(OF_ANN).json()["items"]

    assert {item["_resourceId"]["flagKey"] for item in listed} == {"checkout"} | {
        f"flag-{n}" for n in range(5)
    }
    assert count_statements(database, lambda: api.get(OF_ANN)) == few
    assert api.get(OF_ANN.replace("ann", "bob")).json()["items"] == []
    only_one = {"effect": "allow", "resources": ["proj/*:env/*:flag/flag-1"], "actions": ["*"]}
    assert len(narrowed(api, only_one).get(OF_ANN).json()["items"]) == 1


def test_job__date_has_come__removes_the_target_as_a_patch_does(
    api: Any, app: Daybreak, variation: str, clock: FixedClock, database: Database
) -> None:
    patched(
        api,
        CONTEXTS,
        dated(variation, clock.at + HOUR),
        dated(variation, clock.at + HOUR, "acme", "org"),
        dated(variation, clock.at + 2 * HOUR, "bob"),
    )
    before = production(api.get(f"{FLAGS}/checkout").json())
    clock.advance(HOUR - SECOND)
    assert not run_due(app)
    clock.advance(SECOND)

    assert run_due(app)

    after = production(api.get(f"{FLAGS}/checkout").json())
    assert (after["targets"], after["contextTargets"]) == (
        [{"values": ["bob"], "variation": 1, "contextKind": "user"}],
        [],
    )
    assert after["version"] == before["version"] + 1
    assert [item["contextKey"] for item in api.get(CONTEXTS).json()["items"]] == ["bob"]
    entry = list_audit(database, "flag")[-1]
    assert (entry.actor_name, entry.actions) == ("Daybreak", ["updateTargets"])
    assert entry.comment
    clock.advance(SECOND)
    assert not run_due(app)


def test_job__many_flags_due__all_are_done(api: Any, app: Daybreak, clock: FixedClock) -> None:
    a_project(api)
    for key in ("one", "two"):
        id = target(api, a_flag(api, key))
        patched(api, f"{FLAGS}/{key}/expiring-targets/production", dated(id, clock.at + HOUR))
    clock.advance(HOUR)

    assert run_due(app)

    shown = [api.get(f"{FLAGS}/{key}").json() for key in ("one", "two")]
    assert [production(flag)["targets"][0]["values"] for flag in shown] == [["bob"], ["bob"]]


def test_job__flag_that_cannot_be_changed__keeps_no_other_waiting(
    api: Any, app: Daybreak, clock: FixedClock, database: Database
) -> None:
    a_project(api)
    for key in ("broken", "sound"):
        id = target(api, a_flag(api, key))
        patched(api, f"{FLAGS}/{key}/expiring-targets/production", dated(id, clock.at + HOUR))
    with database.writing() as db:
        broken = feature_flags.c.key == "broken"
        db.execute(update(feature_flags).where(broken).values(off_variation_id=""))
    clock.advance(HOUR)

    assert run_due(app)

    assert production(api.get(f"{FLAGS}/sound").json())["targets"][0]["values"] == ["bob"]
    with database.reading() as db:
        assert [row.context_key for row in db.rows(select(expiring_targets))] == ["ann"]


@pytest.mark.parametrize("flag_id", [None, "0" * 24])
def test_job__target_or_flag_gone_at_the_same_moment__forgets_the_date(
    api: Any,
    app: Daybreak,
    variation: str,
    clock: FixedClock,
    database: Database,
    flag_id: str | None,
) -> None:
    patched(api, CONTEXTS, dated(variation, clock.at + HOUR))
    lost = {"context_key": "nobody"} if flag_id is None else {"resource_id": flag_id}
    with database.writing() as db:
        db.execute(update(expiring_targets).values(lost))
    written = len(list_audit(database, "flag"))
    clock.advance(HOUR)

    assert run_due(app)

    with database.reading() as db:
        assert db.rows(select(expiring_targets)) == []
    assert len(list_audit(database, "flag")) == written


@pytest.mark.parametrize(
    "instruction",
    [
        {"kind": "removeTargets", "values": ["ann"]},
        {"kind": "clearTargets"},
        {"kind": "replaceTargets", "targets": []},
    ],
)
def test_target__removed_before_its_date__takes_the_date_along(
    api: Any, variation: str, clock: FixedClock, instruction: dict[str, Any]
) -> None:
    patched(api, CONTEXTS, dated(variation, clock.at + HOUR))

    instructed(api, instruction | {"variationId": variation})
    instructed(api, {"kind": "addTargets", "variationId": variation, "values": ["ann"]})

    assert api.get(CONTEXTS).json()["items"] == []


def test_flag__deleted__takes_its_dates_along(
    api: Any, variation: str, clock: FixedClock, database: Database
) -> None:
    patched(api, CONTEXTS, dated(variation, clock.at + HOUR))

    assert api.delete(f"{FLAGS}/checkout").status_code == 204

    with database.reading() as db:
        assert db.rows(select(expiring_targets)) == []
