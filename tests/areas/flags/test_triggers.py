"""Triggers of flags: made, shown, changed, and fired by whoever knows their URL."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from areas.flags.seeds import FLAGS, SEMANTIC, a_flag, a_project, production
from areas.insights.seeds import narrowed
from daybreak.areas.flags.triggers.tables import flag_triggers
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.clock import SECOND, FixedClock
from daybreak.platform.database import Database
from statements import count_statements, list_audit

TRIGGERS = f"{FLAGS}/checkout/triggers/production"
GENERIC = {"integrationKey": "generic-trigger", "instructions": [{"kind": "turnFlagOn"}]}
NOBODY = "0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def flag(api: Any) -> None:
    a_project(api)
    a_flag(api)


def a_trigger(api: Any, **given: Any) -> dict[str, Any]:
    response = api.post(TRIGGERS, json=GENERIC | given)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def instruct_trigger(api: Any, id: str, *instructions: dict[str, Any], **options: Any) -> Any:
    return api.patch(f"{TRIGGERS}/{id}", json={"instructions": list(instructions)}, **options)


def fire(api: Any, trigger: dict[str, Any], **options: Any) -> Any:
    """Without a token: the secret in the URL is all there is."""
    return api.as_token("").request("POST", urlsplit(trigger["triggerURL"]).path, **options)


def is_on(api: Any) -> bool:
    on: bool = production(api.get(f"{FLAGS}/checkout").json())["on"]
    return on


def test_createTriggerWorkflow__turn_on__is_shown_with_its_url(
    api: Any, clock: FixedClock, database: Database
) -> None:
    made = a_trigger(api, comment="for the pipeline")

    here = f"{TRIGGERS}/{made['_id']}"
    assert {name: link["href"] for name, link in made["_links"].items()} == {
        "self": here,
        "parent": TRIGGERS,
        "flag": f"{FLAGS}/checkout",
    }
    assert (made["_version"], made["_creationDate"], made["enabled"]) == (1, clock.at, True)
    assert (made["_integrationKey"], made["instructions"]) == ("generic-trigger", [{"kind": "turnFlagOn"}])
    assert (made["_maintainerId"], made["_maintainer"]["_id"]) == (ACCOUNT_ID, ACCOUNT_ID)
    assert (made["_triggerCount"], made["_recentTriggerBodies"]) == (0, [])
    assert "_lastTriggeredAt" not in made
    assert made["triggerURL"].startswith(f"http://127.0.0.1:8000/webhook/triggers/{made['_id']}/")
    [entry] = list_audit(database, "flag-trigger")
    assert (entry.title_verb, entry.actions) == ("created the flag-trigger", ["createTriggers"])
    assert (entry.comment, entry.path) == ("for the pipeline", here)
    assert entry.address == "proj/web:env/production;critical:flag/checkout"


def test_triggers__read_later__show_no_secret(api: Any, database: Database) -> None:
    made = a_trigger(api)
    secret = made["triggerURL"].rpartition("/")[2]

    one = api.get(f"{TRIGGERS}/{made['_id']}")
    assert one.json() == made | {"triggerURL": made["triggerURL"].replace(secret, "********")}
    assert api.get(TRIGGERS).json()["items"] == [one.json()]
    entry = api.get("/api/v2/auditlog").json()["items"][0]
    assert secret not in api.get(f"/api/v2/auditlog/{entry['_id']}").text
    with database.reading() as db:
        [row] = db.rows(select(flag_triggers))
    assert secret not in repr(row)


def test_createTriggerWorkflow__without_action__does_nothing_when_fired(api: Any) -> None:
    made = a_trigger(api, instructions=[])

    assert fire(api, made).json() == {"triggered": True, "message": ""}
    assert api.get(TRIGGERS).json()["items"][0]["_triggerCount"] == 1
    assert not is_on(api)


@pytest.mark.parametrize(
    "given",
    [
        {"integrationKey": None},
        {"integrationKey": ""},
        {"instructions": [{"kind": "turnFlagOn"}, {"kind": "turnFlagOff"}]},
        {"instructions": [{"kind": "addTargets"}]},
        {"instructions": [{}]},
        {"instructions": "turnFlagOn"},
    ],
)
def test_createTriggerWorkflow__nonsense__answers_400(api: Any, given: dict[str, Any]) -> None:
    assert api.post(TRIGGERS, json=GENERIC | given).status_code == 400


@pytest.mark.parametrize("part", ["web", "checkout", "production"])
def test_triggers__unknown_place__answers_404(api: Any, part: str) -> None:
    id = a_trigger(api)["_id"]
    path = TRIGGERS.replace(part, "nowhere")

    assert api.get(path).status_code == 404
    assert api.post(path, json=GENERIC).status_code == 404
    assert api.get(f"{path}/{id}").status_code == 404
    assert api.patch(f"{path}/{id}", json={"instructions": [{"kind": "enableTrigger"}]}).status_code == 404
    assert api.delete(f"{path}/{id}").status_code == 404


def test_getTriggerWorkflowById__of_another_environment__answers_404(api: Any) -> None:
    id = a_trigger(api)["_id"]

    assert api.get(f"{TRIGGERS.replace('production', 'test')}/{id}").status_code == 404
    assert api.get(TRIGGERS.replace("production", "test")).json()["items"] == []


@pytest.mark.parametrize("options", [{}, {"headers": SEMANTIC}])
def test_patchTriggerWorkflow__other_action__replaces_it(
    api: Any, database: Database, options: dict[str, Any]
) -> None:
    made = a_trigger(api)
    wanted = [{"kind": "turnFlagOff"}]

    instruction = {"kind": "replaceTriggerActionInstructions", "value": wanted}
    answer = instruct_trigger(api, made["_id"], instruction, **options)

    assert answer.status_code == 200, answer.text
    changed = answer.json()
    assert (changed["instructions"], changed["_version"]) == (wanted, 2)
    assert changed["triggerURL"].endswith("/********")
    entries = list_audit(database, "flag-trigger")
    assert [e.actions for e in entries if e.title_verb.startswith("updated")] == [["updateTriggers"]]


def test_patchTriggerWorkflow__cycle_url__old_one_is_dead(api: Any) -> None:
    old = a_trigger(api)

    new = instruct_trigger(api, old["_id"], {"kind": "cycleTriggerUrl"}).json()

    assert new["triggerURL"] != old["triggerURL"]
    assert fire(api, old).status_code == 404
    assert not is_on(api)
    assert fire(api, new).status_code == 202
    assert is_on(api)


def test_patchTriggerWorkflow__one_bad_instruction__changes_nothing(api: Any) -> None:
    made = a_trigger(api)

    answer = instruct_trigger(api, made["_id"], {"kind": "disableTrigger"}, {"kind": "turnFlagOn"})

    assert answer.status_code == 400
    assert api.get(f"{TRIGGERS}/{made['_id']}").json()["enabled"] is True


@pytest.mark.parametrize(
    "body",
    [
        [{"op": "replace", "path": "/enabled", "value": False}],
        {"enabled": False},
        {"instructions": []},
        {"instructions": [{"kind": "replaceTriggerActionInstructions"}]},
        {"instructions": [{"kind": "replaceTriggerActionInstructions", "value": [{"kind": "addRule"}]}]},
    ],
)
def test_patchTriggerWorkflow__no_instructions_that_fit__answers_400(api: Any, body: Any) -> None:
    made = a_trigger(api)

    assert api.patch(f"{TRIGGERS}/{made['_id']}", json=body).status_code == 400


def test_deleteTriggerWorkflow__fired_already__is_gone_and_audited(api: Any, database: Database) -> None:
    made = a_trigger(api)
    fire(api, made)

    answer = api.delete(f"{TRIGGERS}/{made['_id']}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert api.get(f"{TRIGGERS}/{made['_id']}").status_code == 404
    assert fire(api, made).status_code == 404
    assert "deleted the flag-trigger" in [e.title_verb for e in list_audit(database, "flag-trigger")]


def test_triggers__without_the_actions__answer_403(api: Any) -> None:
    id = a_trigger(api)["_id"]
    cycle, disable = {"kind": "cycleTriggerUrl"}, {"kind": "disableTrigger"}
    reader = api.as_role("reader")

    assert (reader.get(TRIGGERS).status_code, reader.get(f"{TRIGGERS}/{id}").status_code) == (200, 200)
    assert reader.post(TRIGGERS, json=GENERIC).status_code == 403
    assert instruct_trigger(reader, id, disable).status_code == 403
    assert reader.delete(f"{TRIGGERS}/{id}").status_code == 403
    # Who may not switch the flag gets no URL that does.
    actions = ["viewFlag", "createTriggers", "updateTriggers"]
    there = ["proj/web:env/production:flag/*"]
    keeper = narrowed(api, {"effect": "allow", "resources": there, "actions": actions})
    assert keeper.post(TRIGGERS, json=GENERIC).status_code == 403
    assert instruct_trigger(keeper, id, cycle).status_code == 403
    assert instruct_trigger(keeper, id, disable).status_code == 200
    assert keeper.delete(f"{TRIGGERS}/{id}").status_code == 403


def test_getTriggerWorkflows__more_triggers__needs_no_more_statements(api: Any, database: Database) -> None:
    fire(api, a_trigger(api))
    few = count_statements(database, lambda: api.get(TRIGGERS))
    for _ in range(10):
        fire(api, a_trigger(api))

    assert count_statements(database, lambda: api.get(TRIGGERS)) == few


def test_fire__turn_on_and_off__switches_the_flag(api: Any, database: Database) -> None:
    on, off = a_trigger(api), a_trigger(api, instructions=[{"kind": "turnFlagOff"}])

    answer = fire(api, on)

    assert (answer.status_code, answer.json()) == (202, {"triggered": True, "message": ""})
    assert is_on(api)
    fire(api, off)
    assert not is_on(api)
    entries = [e for e in list_audit(database, "flag") if e.actor_kind == "trigger"]
    assert {e.actor_id for e in entries} == {on["_id"], off["_id"]}
    assert {e.actor_name for e in entries} == {"Flag trigger (generic-trigger)"}
    assert [e.actions for e in entries] == [["updateOn"], ["updateOn"]]
    assert {e.title_verb for e in entries} == {"updated the flag"}
    names = [
        item["member"]["name"] if "member" in item else item["subject"]["name"]
        for item in api.get("/api/v2/auditlog").json()["items"]
    ]
    assert "Flag trigger (generic-trigger)" in names


def test_fire__flag_is_on_already__counts_and_changes_nothing(api: Any, database: Database) -> None:
    made = a_trigger(api)
    fire(api, made)
    before = api.get(f"{FLAGS}/checkout").json()

    assert fire(api, made).status_code == 202

    assert api.get(f"{FLAGS}/checkout").json() == before
    assert api.get(f"{TRIGGERS}/{made['_id']}").json()["_triggerCount"] == 2


def test_fire__many_times__keeps_the_last_ten_bodies(api: Any, clock: FixedClock) -> None:
    made = a_trigger(api)
    for number in range(12):
        clock.advance(SECOND)
        fire(api, made, json={"alert": number})

    shown = api.get(f"{TRIGGERS}/{made['_id']}").json()
    assert (shown["_triggerCount"], shown["_lastTriggeredAt"], shown["_version"]) == (12, clock.at, 1)
    assert [each["jsonBody"]["alert"] for each in shown["_recentTriggerBodies"]] == list(range(11, 1, -1))
    assert shown["_recentTriggerBodies"][0]["timestamp"] == clock.at


@pytest.mark.parametrize("content", [b"", b"no json", b"[1]", b'"\\u0000"', b"\xff"])
def test_fire__no_json_object__is_counted_without_a_body(api: Any, clock: FixedClock, content: bytes) -> None:
    made = a_trigger(api)

    assert fire(api, made, content=content).status_code == 202

    shown = api.get(f"{TRIGGERS}/{made['_id']}").json()
    assert shown["_recentTriggerBodies"] == [{"timestamp": clock.at}]
    assert is_on(api)


def test_fire__disabled__does_nothing_until_enabled(api: Any) -> None:
    made = a_trigger(api)
    instruct_trigger(api, made["_id"], {"kind": "disableTrigger"})

    answer = fire(api, made)

    assert (answer.status_code, answer.json()["triggered"]) == (202, False)
    assert not is_on(api)
    assert api.get(f"{TRIGGERS}/{made['_id']}").json()["_triggerCount"] == 0
    instruct_trigger(api, made["_id"], {"kind": "enableTrigger"})
    fire(api, made)
    assert is_on(api)


def test_fire__wrong_secret_or_unknown__answer_404_alike(api: Any) -> None:
    made = a_trigger(api)
    base, _, secret = made["triggerURL"].rpartition("/")
    wrong = fire(api, {"triggerURL": f"{base}/{secret[:-1]}"})
    unknown = fire(api, {"triggerURL": made["triggerURL"].replace(made["_id"], NOBODY)})

    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert wrong.json()["message"] == unknown.json()["message"]
    assert not is_on(api)


def test_fire__large_body__answers_413(api: Any) -> None:
    made = a_trigger(api)

    assert fire(api, made, content=b" " * 65_536).status_code == 202
    assert fire(api, made, content=b" " * 65_537).status_code == 413


def test_fire__flag_deleted__answers_404(api: Any) -> None:
    made = a_trigger(api)
    assert api.delete(f"{FLAGS}/checkout").status_code == 204

    assert fire(api, made).status_code == 404


def test_fire__many_at_once__all_count(api: Any) -> None:
    on, off = a_trigger(api), a_trigger(api, instructions=[{"kind": "turnFlagOff"}])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda trigger: fire(api, trigger).status_code, [on, off] * 8))

    assert set(answers) == {202}
    assert [item["_triggerCount"] for item in api.get(TRIGGERS).json()["items"]] == [8, 8]
