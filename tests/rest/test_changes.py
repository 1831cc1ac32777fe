"""Writes: created, patched, deleted; with access, locking, tags and an audit entry each."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database, outbox, read_revision
from daybreak.platform.errors import OptimisticLockingError
from daybreak.platform.tags import resource_tags
from daybreak.rest.authentication import CredentialKind
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, remove
from rest.server import Server, a_policy
from rest.widgets import WIDGET, WIDGETS, Widget, a_widget, widget_store, widgets

NEW = {"key": "a", "name": "A", "size": 1, "tags": ["red", "old"], "secret": "open sesame"}


def _tags(server: Server) -> list[str]:
    with server.database.reading() as db:
        return sorted(
            db.connection.scalars(select(resource_tags.c.tag).where(resource_tags.c.kind == "widget"))
        )


def _revision(database: Database) -> int:
    with database.reading() as db:
        return read_revision(db)


def test_create__new_key__answers_201_and_keeps_it(server: Server, clock: FixedClock) -> None:
    response = server.request("POST", WIDGETS, json=NEW)
    assert response.status_code == 201
    assert response.json() == server.get(f"{WIDGETS}/a").json()
    assert _tags(server) == ["old", "red"]
    [entry] = server.audit()
    assert entry.at == clock.at
    assert (entry.kind, entry.name, entry.address) == ("widget", "A", "widget/a;old,red")
    assert (entry.title_verb, entry.actions) == ("created the widget", ["createWidget"])
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("token", "admin", "the admin")
    assert (entry.path, entry.parent_name, entry.parent_path) == (f"{WIDGETS}/a", "the shelf", "/api/v2")
    assert entry.previous_version is None
    assert entry.current_version["name"] == "A"


def test_create__taken_key__answers_409_and_keeps_the_first(server: Server) -> None:
    server.request("POST", WIDGETS, json=NEW)
    response = server.request("POST", WIDGETS, json=NEW | {"name": "B"})
    assert response.status_code == 409
    assert response.json()["code"] == "conflict"
    assert server.get(f"{WIDGETS}/a").json()["name"] == "A"
    assert len(server.audit()) == 1


@pytest.mark.parametrize(
    ("change", "attribute"),
    [
        ({"key": "-a"}, "key"),
        ({"key": "a b"}, "key"),
        ({"key": "a\n"}, "key"),
        ({"key": "k" * 101}, "key"),
        ({"name": ""}, "name"),
        ({"name": "n" * 257}, "name"),
        ({"tags": ["no spaces"]}, "tags[0]"),
        ({"tags": ["t\n"]}, "tags[0]"),
        ({"tags": ["t" * 65]}, "tags[0]"),
        ({"tags": [str(n) for n in range(201)]}, "tags"),
        ({"size": "large"}, "size"),
    ],
)
def test_create__impossible_value__answers_400_and_names_it(
    server: Server, change: dict[str, Any], attribute: str
) -> None:
    response = server.request("POST", WIDGETS, json=NEW | change)
    assert response.status_code == 400
    assert [fault["attribute"] for fault in response.json()["errors"]] == [attribute]
    assert server.audit() == []


@pytest.mark.parametrize(
    "call",
    [
        lambda server: server.request("POST", WIDGETS, token="reader", json=NEW | {"key": "b"}),
        lambda server: server.patch("a", [{"op": "replace", "path": "/name", "value": "B"}], token="reader"),
        lambda server: server.request("DELETE", f"{WIDGETS}/a", token="reader"),
    ],
)
def test_write__by_a_reader__answers_403_and_changes_nothing(
    server: Server, call: Callable[[Server], Any]
) -> None:
    server.keep(a_widget("a"))
    for _ in range(2):
        assert call(server).status_code == 403
    assert [item["name"] for item in server.get(WIDGETS).json()["items"]] == ["a"]
    # Told once a minute, and nothing but that it was refused.
    [refusal] = server.audit()
    assert (refusal.actions, refusal.delta, refusal.actor_id) == ([], None, "reader")


RENAMED = [{"op": "replace", "path": "/name", "value": "B"}]


@pytest.mark.parametrize(
    ("body", "comment"),
    [
        (RENAMED, ""),
        ({"patch": RENAMED}, ""),
        ({"comment": "because", "patch": RENAMED}, "because"),
        ({"comment": None, "patch": RENAMED}, ""),
        ({"name": "B"}, ""),
        ({"comment": "because", "merge": {"name": "B"}}, "because"),
        ([{"op": "test", "path": "/name", "value": "A"}, *RENAMED], ""),
    ],
)
def test_patch__in_any_dialect__changes_the_name(server: Server, body: Any, comment: str) -> None:
    server.keep(a_widget("a", "A"))
    response = server.patch("a", body)
    assert response.status_code == 200
    assert (response.json()["name"], response.json()["_version"]) == ("B", 2)
    [entry] = server.audit()
    assert (entry.title_verb, entry.actions) == ("updated the widget", ["updateWidgetName"])
    assert entry.comment == comment
    assert {"op": "replace", "path": "/name", "value": "B"} in entry.delta
    assert (entry.previous_version["name"], entry.current_version["name"]) == ("A", "B")


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ([{"op": "add", "path": "/tags/-", "value": "new"}], ["red", "old", "new"]),
        ([{"op": "add", "path": "/tags/0", "value": "new"}], ["new", "red", "old"]),
        ([{"op": "remove", "path": "/tags/0"}], ["old"]),
        ([{"op": "move", "from": "/tags/1", "path": "/tags/0"}], ["old", "red"]),
        ([{"op": "copy", "from": "/name", "path": "/tags/0"}], ["A", "red", "old"]),
        ({"tags": []}, []),
    ],
)
def test_patch__of_tags__keeps_the_table_of_tags_with_them(
    server: Server, body: Any, tags: list[str]
) -> None:
    server.request("POST", WIDGETS, json=NEW)
    assert server.patch("a", body).json()["tags"] == tags
    assert _tags(server) == sorted(tags)


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("text", 400, "A patch is a list of operations, or an object"),
        ({"comment": 1, "patch": []}, 400, "comment: is a text"),
        ({"merge": []}, 400, "merge: is an object"),
        ({"instructions": []}, 400, "domain-model=launchdarkly.semanticpatch"),
        ({"patch": {}}, 400, "a JSON patch is a list of operations"),
        ([{"op": "rename"}], 400, "op must be one of"),
        ([{"op": "replace", "path": "/key", "value": "b"}], 400, "/key cannot be changed; what can: /name"),
        ([{"op": "replace", "path": "/_id", "value": "b"}], 400, "/_id cannot be changed"),
        ([{"op": "replace", "path": "/named", "value": "b"}], 400, "/named cannot be changed"),
        ([{"op": "replace", "path": "", "value": {}}], 400, "/ cannot be changed"),
        ([{"op": "copy", "from": "/secret", "path": "/name"}], 400, "/secret cannot be changed"),
        ({"secret": "mine"}, 400, "/secret cannot be changed"),
        ([{"op": "replace", "path": "/tags/7", "value": "b"}], 422, "Could not apply patch"),
        ([{"op": "test", "path": "/name", "value": "Z"}, *RENAMED], 409, "test of '/name' failed"),
        ([{"op": "replace", "path": "/name", "value": 5}], 400, "name: Expected `str`"),
        ([{"op": "remove", "path": "/name"}], 400, "name: is required"),
        ({"tags": ["not a tag"]}, 400, "tags[0]"),
    ],
)
def test_patch__that_cannot_be__is_refused_and_changes_nothing(
    server: Server, body: Any, status: int, told: str
) -> None:
    server.request("POST", WIDGETS, json=NEW)
    before = server.get(f"{WIDGETS}/a").json()
    response = server.patch("a", body)
    assert (response.status_code, told in response.json()["message"]) == (status, True), response.text
    assert server.get(f"{WIDGETS}/a").json() == before
    assert len(server.audit()) == 1


@pytest.mark.parametrize("body", [[], {}, {"name": "a"}, [{"op": "test", "path": "/name", "value": "a"}]])
def test_patch__that_changes_nothing__writes_nothing(server: Server, body: Any) -> None:
    server.keep(a_widget("a"))
    before = _revision(server.database)
    response = server.patch("a", body)
    assert (response.status_code, response.json()["_version"]) == (200, 1)
    assert server.audit() == []
    assert _revision(server.database) == before


def test_patch__of_a_resource_without_tags__leaves_the_table_of_tags(server: Server) -> None:
    server.request("POST", WIDGETS, json=NEW)
    response = server.request("PATCH", "/api/v2/gadgets/a", json={"tags": ["new"]})
    assert response.json()["tags"] == ["new"]
    assert _tags(server) == ["old", "red"]
    assert server.audit()[-1].title_verb == "updated the round-gadget"


def test_patch__of_several_fields__needs_the_action_of_each(server: Server) -> None:
    server.keep(a_widget("a"))
    allowed = {"effect": "allow", "resources": ["widget/*"], "actions": ["viewWidget", "updateWidgetName"]}
    server.tokens.add("namer", a_policy(allowed))
    assert server.patch("a", {"name": "B"}, token="namer").status_code == 200
    response = server.patch("a", {"name": "C", "size": 2}, token="namer")
    assert response.status_code == 403
    assert "updateWidgetSize" in response.json()["message"]


def test_patch__absent__answers_404(server: Server) -> None:
    assert server.patch("none", RENAMED).status_code == 404


def test_delete__existing__takes_its_tags_along_and_leaves_an_entry(server: Server) -> None:
    server.request("POST", WIDGETS, json=NEW)
    assert server.request("DELETE", f"{WIDGETS}/a").status_code == 204
    assert server.get(f"{WIDGETS}/a").status_code == 404
    assert _tags(server) == []
    [_, entry] = server.audit()
    assert (entry.title_verb, entry.actions) == ("deleted the widget", ["deleteWidget"])
    assert entry.previous_version["name"] == "A"
    assert (entry.current_version, entry.delta) == (None, None)


def test_delete__absent__answers_404(server: Server) -> None:
    assert server.request("DELETE", f"{WIDGETS}/none").status_code == 404


@pytest.mark.parametrize(("secret", "shown"), [("open sesame", "…"), ("open sesame, and let me in", "…e in")])
def test_audit__of_a_secret__holds_at_most_its_last_four_characters(
    server: Server, secret: str, shown: str
) -> None:
    server.keep(a_widget("a", secret=secret))
    assert server.get(f"{WIDGETS}/a").json()["secret"] == secret
    server.patch("a", RENAMED)
    for entry in server.audit():
        assert entry.current_version["secret"] == shown
        assert "open" not in str(entry)


def test_write__of_anything__is_told_under_a_new_revision(server: Server) -> None:
    before = _revision(server.database)
    server.request("POST", WIDGETS, json=NEW)
    server.patch("a", RENAMED)
    with server.database.reading() as db:
        told = db.rows(select(outbox).order_by(outbox.c.revision, outbox.c.position))
    assert [(row.revision, row.kind, row.scope) for row in told] == [
        (before + 1, "widget", "widget/a;old,red"),
        (before + 1, "audit-entry", "widget/a;old,red"),
        (before + 2, "widget", "widget/a;old,red"),
        (before + 2, "audit-entry", "widget/a;old,red"),
    ]


def _call(server: Server, db: Any) -> Call:
    return Call(db, server.endpoint._authentication.authenticate(CredentialKind.TOKEN, "admin"), 0)


def _read(server: Server) -> Widget:
    with server.database.reading() as db:
        found = widget_store.find(db, widgets.c.key == "a")
    assert found is not None
    return found


def test_change__of_what_somebody_else_changed__is_refused(server: Server) -> None:
    server.keep(a_widget("a"))
    stale = _read(server)
    server.patch("a", RENAMED)
    edit = Edit(replace(stale, size=5), ("updateWidgetSize",), "")
    with server.database.writing() as db, pytest.raises(OptimisticLockingError):
        change(_call(server, db), WIDGET, stale, edit)
    assert (_read(server).name, _read(server).size) == ("B", 1)


def test_change__of_what_somebody_else_deleted__is_refused(server: Server) -> None:
    server.keep(a_widget("a"))
    stale = _read(server)
    server.request("DELETE", f"{WIDGETS}/a")
    edit = Edit(replace(stale, size=5), ("updateWidgetSize",), "")
    with server.database.writing() as db, pytest.raises(OptimisticLockingError):
        change(_call(server, db), WIDGET, stale, edit)


def test_remove__of_what_somebody_else_deleted__is_refused(server: Server) -> None:
    server.keep(a_widget("a"))
    stale = _read(server)
    server.request("DELETE", f"{WIDGETS}/a")
    with pytest.raises(OptimisticLockingError), server.database.writing() as db:
        remove(_call(server, db), WIDGET, stale, "deleteWidget")
    assert len(server.audit()) == 1
