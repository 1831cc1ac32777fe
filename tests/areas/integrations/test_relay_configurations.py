"""Relay Proxy configurations through HTTP: the life of one, its keys, and who may administer it."""

from typing import Any

import pytest
from sqlalchemy import select

from areas.integrations.configurations import (
    CONFIGURATIONS,
    EVERYTHING,
    UNKNOWN,
    a_configuration,
    covering,
    path_of,
)
from daybreak.areas.integrations.area import jobs
from daybreak.areas.integrations.queries import relay_keys
from daybreak.areas.integrations.relay_configurations.tables import expiring_relay_keys
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.identifiers import digest
from statements import count_statements, list_audit

RENAME = [{"op": "replace", "path": "/name", "value": "centre"}]


def works(database: Database, clock: FixedClock, made: dict[str, Any]) -> bool:
    with database.reading() as db:
        return digest(made["fullKey"]) in relay_keys(db, {digest(made["fullKey"])}, clock.at)


def test_postRelayAutoConfig__good_body__shows_the_key_this_once(api: Any, clock: FixedClock) -> None:
    made = a_configuration(api)
    assert made["fullKey"].startswith("rel-")
    assert made["displayKey"] == made["fullKey"][-4:]
    assert (made["name"], made["policy"]) == ("edge", [EVERYTHING])
    assert made["creationDate"] == made["lastModified"] == clock.at
    shown = api.get(path_of(made)).json()
    assert shown == {name: value for name, value in made.items() if name != "fullKey"}


def test_postRelayAutoConfig__key__is_stored_nowhere(api: Any, database: Database) -> None:
    made = a_configuration(api)
    reset = api.post(f"{path_of(made)}/reset").json()
    [created, changed] = list_audit(database, "relay-proxy-config")
    assert created.address == changed.address == f"relay-proxy-config/{made['_id']}"
    for secret in (made["fullKey"], reset["fullKey"]):
        assert secret not in repr([tuple(created), tuple(changed)])
    assert [entry.actions for entry in (created, changed)] == [
        ["createRelayAutoConfiguration"],
        ["resetRelayAutoConfiguration"],
    ]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"policy": [EVERYTHING]}, "name"),
        ({"name": "", "policy": [EVERYTHING]}, "name"),
        ({"name": "edge"}, "policy"),
        ({"name": "edge", "policy": [{"effect": "allow", "actions": ["*"]}]}, "policy"),
        ({"name": "edge", "policy": [covering("proj/*:env")]}, "policy"),
        ({"name": "edge", "policy": [covering("proj/*")]}, "policy"),
        ({"name": "edge", "policy": [covering("proj/*:env/*:flag/*")]}, "policy"),
        ({"name": "edge", "policy": [EVERYTHING, covering("member/*:token/*", effect="deny")]}, "policy"),
        ({"name": "edge", "policy": [covering(notResources=["proj/web"])]}, "policy"),
    ],
)
def test_postRelayAutoConfig__no_name_or_no_environments__is_refused(
    api: Any, body: dict[str, Any], field: str
) -> None:
    response = api.post(CONFIGURATIONS, body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["attribute"].startswith(field)


@pytest.mark.parametrize("resource", ["*", "proj/*:env/*", "*/*:*/*", "proj/web;money:env/test;slow,old"])
def test_postRelayAutoConfig__anything_that_names_environments__is_taken(api: Any, resource: str) -> None:
    assert a_configuration(api, covering(resource))["policy"] == [covering(resource)]


def test_getRelayProxyConfigs__several__are_listed_in_their_order(api: Any) -> None:
    assert api.get(CONFIGURATIONS).json()["items"] == []
    made = [a_configuration(api, name=name) for name in ("edge", "centre")]
    listed = api.get(CONFIGURATIONS).json()
    assert [item["_id"] for item in listed["items"]] == [each["_id"] for each in made]
    assert listed["totalCount"] == 2
    assert not any("fullKey" in item for item in listed["items"])


def test_getRelayProxyConfigs__narrow_policy__shows_what_it_speaks_of(api: Any) -> None:
    shown, _ = a_configuration(api), a_configuration(api, name="hidden")
    statement = {
        "effect": "allow",
        "resources": [f"relay-proxy-config/{shown['_id']}"],
        "actions": ["viewRelayAutoConfiguration"],
    }
    token = api.post("/api/v2/tokens", {"serviceToken": True, "inlineRole": [statement]}).json()["token"]
    listed = api.as_token(token).get(CONFIGURATIONS).json()
    assert [item["_id"] for item in listed["items"]] == [shown["_id"]]


def test_getRelayProxyConfigs__one_or_twenty__runs_as_many_queries(api: Any, database: Database) -> None:
    a_configuration(api)
    with_one = count_statements(database, lambda: api.get(CONFIGURATIONS))
    for _ in range(19):
        a_configuration(api)
    assert count_statements(database, lambda: api.get(CONFIGURATIONS)) == with_one


def test_patchRelayAutoConfig__json_patch__changes_and_logs(
    api: Any, clock: FixedClock, database: Database
) -> None:
    made = a_configuration(api)
    clock.advance(MINUTE)
    narrower = [{"op": "replace", "path": "/policy/0", "value": covering("proj/web:env/test")}]
    changed = api.patch(path_of(made), {"comment": "why", "patch": [*RENAME, *narrower]}).json()
    assert (changed["name"], changed["policy"]) == ("centre", [covering("proj/web:env/test")])
    assert changed["lastModified"] == clock.at > changed["creationDate"]
    assert "fullKey" not in changed
    [_, entry] = list_audit(database, "relay-proxy-config")
    assert entry.comment == "why"
    assert set(entry.actions) == {
        "updateRelayAutoConfigurationName",
        "updateRelayAutoConfigurationPolicy",
    }


def test_patchRelayAutoConfig__merge_patch__changes(api: Any) -> None:
    made = a_configuration(api)
    merged = api.patch(path_of(made), {"name": "centre", "policy": []}).json()
    assert (merged["name"], merged["policy"]) == ("centre", [])


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ([{"op": "replace", "path": "/fullKey", "value": "rel-mine"}], 400),
        ([{"op": "replace", "path": "/displayKey", "value": "mine"}], 400),
        ([{"op": "remove", "path": "/policy"}], 400),
        ([{"op": "add", "path": "/policy/-", "value": covering("proj/web")}], 400),
        ([{"op": "remove", "path": "/policy/7"}], 422),
        ([{"op": "test", "path": "/name", "value": "other"}], 409),
        ({"instructions": []}, 400),
    ],
)
def test_patchRelayAutoConfig__impossible_patch__is_refused(api: Any, patch: Any, status: int) -> None:
    made = a_configuration(api)
    assert api.patch(path_of(made), patch).status_code == status
    assert api.get(path_of(made)).json()["lastModified"] == made["lastModified"]


def test_deleteRelayAutoConfig__deleted__ends_its_keys(
    api: Any, clock: FixedClock, database: Database
) -> None:
    made = a_configuration(api)
    renewed = api.post(f"{path_of(made)}/reset?expiry={clock.at + MINUTE}").json()
    assert api.delete(path_of(made)).status_code == 204
    assert api.get(path_of(made)).status_code == 404
    assert not works(database, clock, made)
    assert not works(database, clock, renewed)
    logged = [action for entry in list_audit(database, "relay-proxy-config") for action in entry.actions]
    assert "deleteRelayAutoConfiguration" in logged


def test_resetRelayAutoConfig__expiry__keeps_the_old_key_until_then(
    api: Any, clock: FixedClock, database: Database
) -> None:
    made = a_configuration(api)
    response = api.post(f"{path_of(made)}/reset?expiry={clock.at + MINUTE}")
    renewed = response.json()
    assert response.status_code == 200
    assert renewed["displayKey"] == renewed["fullKey"][-4:]
    assert renewed["fullKey"] != made["fullKey"]
    clock.advance(MINUTE - 1)
    assert [works(database, clock, made), works(database, clock, renewed)] == [True, True]
    clock.advance(1)
    assert [works(database, clock, made), works(database, clock, renewed)] == [False, True]


@pytest.mark.parametrize("earlier", [None, -1])
def test_resetRelayAutoConfig__no_expiry_or_a_past_one__ends_every_old_key(
    api: Any, clock: FixedClock, database: Database, earlier: int | None
) -> None:
    first = a_configuration(api)
    second = api.post(f"{path_of(first)}/reset?expiry={clock.at + MINUTE}").json()
    expiry = "" if earlier is None else f"?expiry={clock.at + earlier}"
    third = api.post(f"{path_of(first)}/reset{expiry}").json()
    assert [works(database, clock, each) for each in (first, second, third)] == [False, False, True]


def test_forget_expired_relay_keys__after_expiry__removes_them(
    api: Any, clock: FixedClock, database: Database
) -> None:
    made = a_configuration(api)
    api.post(f"{path_of(made)}/reset?expiry={clock.at + MINUTE}")
    [forget] = [job.run for job in jobs(database, clock, webhook_networks=()) if "relay" in job.name]
    counts = []
    for now in (clock.at, clock.at + MINUTE):
        with database.writing() as db:
            forget(db, now)
            counts.append(len(db.rows(select(expiring_relay_keys))))
    assert counts == [1, 0]


def test_relay_configurations__unknown__answers_404(api: Any) -> None:
    assert api.get(UNKNOWN).status_code == 404
    assert api.patch(UNKNOWN, RENAME).status_code == 404
    assert api.delete(UNKNOWN).status_code == 404
    assert api.post(f"{UNKNOWN}/reset").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("", 401), ("reader", 403), ("writer", 403)])
def test_relay_configurations__without_the_right__are_not_administered(
    api: Any, role: str, status: int
) -> None:
    made = a_configuration(api)
    caller = api.as_role(role) if role else api.as_nobody()
    body = {"name": "mine", "policy": [EVERYTHING]}
    refused = [
        caller.post(CONFIGURATIONS, body),
        caller.patch(path_of(made), RENAME),
        caller.post(f"{path_of(made)}/reset"),
        caller.delete(path_of(made)),
    ]
    assert [response.status_code for response in refused] == [status] * 4
    assert caller.get(path_of(made)).status_code == (200 if role else 401)


def test_relay_configurations__their_key__opens_no_rest_resource(api: Any) -> None:
    made = a_configuration(api)
    assert api.as_token(made["fullKey"]).get(CONFIGURATIONS).status_code == 401
