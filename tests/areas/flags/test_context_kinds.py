"""Kinds of contexts: made, changed, and learnt."""

from typing import Any

import pytest

from areas.flags.context_seeds import PHONE, seen
from areas.flags.seeds import a_project
from daybreak.areas.flags.context_kinds import store
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import list_audit

KINDS = "/api/v2/projects/web/context-kinds"


@pytest.fixture(autouse=True)
def project(api: Any) -> None:
    a_project(api)


def kinds(api: Any) -> dict[str, Any]:
    return {kind["key"]: kind for kind in api.get(KINDS).json()["items"]}


def test_getContextKindsByProjectKey__new_project__has_users(api: Any) -> None:
    [user] = kinds(api).values()
    assert (user["key"], user["createdFrom"], user["version"], "lastSeen" in user) == (
        "user",
        "default",
        1,
        False,
    )


def test_putContextKind__new__is_made_and_audited(api: Any, database: Database) -> None:
    answer = api.put(f"{KINDS}/device", {"name": "Device", "description": "Held"})

    assert (answer.status_code, answer.json()["status"]) == (200, "created")
    made = kinds(api)["device"]
    assert (made["name"], made["description"], made["createdFrom"]) == ("Device", "Held", "manual")
    [entry] = list_audit(database, "context-kind")
    assert (entry.actions, entry.address) == (["createContextKind"], "proj/web:context-kind/device")


def test_putContextKind__again__changes_what_is_said(api: Any, database: Database) -> None:
    api.put(f"{KINDS}/device", {"name": "Device", "description": "Held"})
    answer = api.put(f"{KINDS}/device", {"name": "Thing", "hideInTargeting": True, "version": 1})

    assert answer.json()["status"] == "updated"
    changed = kinds(api)["device"]
    assert (changed["name"], changed["description"], changed["version"]) == ("Thing", "Held", 2)
    assert (changed["archived"], changed["hideInTargeting"]) == (True, True)
    assert api.put(f"{KINDS}/device", {"name": "Thing"}).status_code == 200
    assert kinds(api)["device"]["version"] == 2
    assert [entry.actions for entry in list_audit(database, "context-kind")][-1] == ["updateContextKind"]


def test_putContextKind__user__is_renamed(api: Any) -> None:
    assert api.put(f"{KINDS}/user", {"name": "People"}).json()["status"] == "updated"
    assert kinds(api)["user"]["name"] == "People"


@pytest.mark.parametrize("key", ["kind", "multi", "two words", "ü", "a" * 101])
def test_putContextKind__key_of_no_kind__answers_400(api: Any, key: str) -> None:
    assert api.put(f"{KINDS}/{key}", {"name": "X"}).status_code == 400


def test_putContextKind__bad_body_or_version__is_refused(api: Any) -> None:
    api.put(f"{KINDS}/device", {"name": "Device"})
    assert api.put(f"{KINDS}/device", {"name": "X", "version": 7}).status_code == 409
    assert api.put(f"{KINDS}/device", {}).status_code == 400
    both = {"name": "X", "archived": True, "hideInTargeting": False}
    assert api.put(f"{KINDS}/device", both).status_code == 400
    assert kinds(api)["device"]["name"] == "Device"


def test_putContextKind__reader_nobody_or_unknown_project__is_refused(api: Any) -> None:
    assert api.as_role("reader").put(f"{KINDS}/device", {"name": "X"}).status_code == 403
    assert api.as_nobody().put(f"{KINDS}/device", {"name": "X"}).status_code == 401
    assert api.put(f"{KINDS.replace('web', 'nope')}/device", {"name": "X"}).status_code == 404


def test_kinds__that_sdks_bring__are_added_as_far_as_there_is_room(
    api: Any, database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_KINDS", 3)
    seen(database, clock.now(), PHONE)
    seen(database, clock.now() + 5, PHONE, {"kind": "org", "key": "acme"}, {"kind": "late", "key": "x"})

    found = kinds(api)
    assert sorted(found) == ["device", "late", "user"] or sorted(found) == ["device", "org", "user"]
    assert (found["device"]["createdFrom"], found["device"]["lastSeen"]) == ("auto-add", clock.now() + 5)
    everything = api.post("/api/v2/projects/web/environments/production/contexts/search", json={}).json()
    assert everything["totalCount"] == 2
