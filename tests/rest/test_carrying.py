"""Resources of another account: what came is kept as it is there, what was made or changed here stays."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from daybreak.logic.policy.roles import ADMIN
from daybreak.platform.access import Actor
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.platform.errors import Conflict
from daybreak.platform.origins import list_came, list_origins
from daybreak.rest.call import Body, Call
from daybreak.rest.carrying import Carrier, Source, Verdict, carry_over, decide, digest, read_all
from daybreak.rest.editing import Edit
from daybreak.rest.findings import Findings, Outcome, together
from daybreak.rest.keys import Key, Name
from daybreak.rest.operations import change, create, remove
from rest.server import Server
from rest.widgets import WIDGET, Widget, a_widget, widget_store, widgets

ELSEWHERE = Source("https://there.example")
BOLD = replace(ELSEWHERE, overwrites=True)


class CameWidget(Body):
    key: Key
    name: Name


@dataclass(frozen=True)
class World:
    database: Database
    clock: FixedClock

    @contextmanager
    def calling(self) -> Iterator[Call]:
        with self.database.writing() as db:
            yield Call(db, Actor("test", "test", "the tests", (ADMIN,), role="admin"), self.clock.now())

    def bring(self, *documents: Mapping[str, Any], source: Source = ELSEWHERE) -> Findings:
        findings = Findings()
        with self.calling() as call:
            carrier = a_carrier(call)
            carry_over(call, source, carrier, read_all(carrier, documents, findings), findings)
        return findings

    def here(self) -> dict[str, str]:
        """The names of all widgets by their keys."""
        with self.database.reading() as db:
            return {widget.key: widget.name for widget in widget_store.list_where(db)}

    def rename(self, key: str, name: str) -> None:
        with self.calling() as call:
            widget = widget_store.find(call.db, widgets.c.key == key)
            assert widget is not None
            change(call, WIDGET, widget, Edit(replace(widget, name=name), (), ""))

    def delete(self, key: str) -> None:
        with self.calling() as call:
            widget = widget_store.find(call.db, widgets.c.key == key)
            assert widget is not None
            remove(call, WIDGET, widget, "deleteWidget")


def a_carrier(call: Call) -> Carrier[CameWidget, Widget]:
    def find(read: Sequence[CameWidget]) -> dict[str, Widget]:
        keys = [came.key for came in read]
        return {widget.key: widget for widget in widget_store.list_where(call.db, widgets.c.key.in_(keys))}

    def make(came: CameWidget, known: Widget | None) -> Widget:
        if came.name == "broken":
            raise Conflict("it is broken")
        return replace(known or a_widget(came.key), name=came.name)

    return Carrier(
        kind="widget",
        body=CameWidget,
        id_there=lambda came: came.key,
        key=lambda came: f"shelf/{came.key}",
        find=find,
        make=make,
        carried=lambda widget: {"name": widget.name},
        id_of=lambda widget: widget.id,
        create=lambda call, widget: create(call, WIDGET, widget, "createWidget"),
        change=lambda call, before, after: change(call, WIDGET, before, Edit(after, (), "")),
        prefix="shelf/",
    )


@pytest.fixture
def world(server: Server, database: Database, clock: FixedClock) -> World:
    return World(database, clock)


A, B = {"key": "a", "name": "A"}, {"key": "b", "name": "B"}


def counts(findings: Findings) -> dict[str, int]:
    return findings.counts.get("widget", {})


def reasons(findings: Findings) -> dict[str, str]:
    return {note.key: note.reason for note in findings.notes}


def test_carryOver__first_time_and_again__is_new_then_unchanged(world: World) -> None:
    assert counts(world.bring(A, B)) == {"new": 2}
    assert counts(world.bring(A, B)) == {"unchanged": 2}
    assert world.here() == {"a": "A", "b": "B"}


def test_carryOver__changed_there__is_changed_here(world: World) -> None:
    world.bring(A)
    assert counts(world.bring(A | {"name": "AA"})) == {"changed": 1}
    assert world.here() == {"a": "AA"}


def test_carryOver__changed_here__stays_unless_it_may_be_overwritten(world: World) -> None:
    world.bring(A)
    world.rename("a", "mine")
    kept = world.bring(A)
    assert (counts(kept), world.here()) == ({"kept": 1}, {"a": "mine"})
    assert reasons(kept) == {"shelf/a": "was changed here since it came, and not there: that stays"}
    refused = world.bring(A | {"name": "AA"})
    assert (counts(refused), world.here()) == ({"refused": 1}, {"a": "mine"})
    assert reasons(refused) == {"shelf/a": Verdict.CONFLICT.value}
    assert counts(world.bring(A | {"name": "AA"}, source=BOLD)) == {"changed": 1}
    assert world.here() == {"a": "AA"}


def test_carryOver__changed_alike_on_both_sides__is_unchanged(world: World) -> None:
    world.bring(A)
    world.rename("a", "AA")
    assert counts(world.bring(A | {"name": "AA"})) == {"unchanged": 1}
    assert counts(world.bring(A)) == {"changed": 1}


def test_carryOver__made_here__stays_unless_it_may_be_overwritten(world: World) -> None:
    with world.calling() as call:
        create(call, WIDGET, a_widget("a", name="mine"), "createWidget")
    refused = world.bring(A, B)
    assert (counts(refused), world.here()) == ({"refused": 1, "new": 1}, {"a": "mine", "b": "B"})
    assert reasons(refused) == {"shelf/a": Verdict.FOREIGN.value}
    assert counts(world.bring(A, source=BOLD)) == {"changed": 1}
    assert counts(world.bring(A | {"name": "AA"})) == {"changed": 1}


def test_carryOver__deleted_here__stays_deleted_unless_it_may_be_overwritten(world: World) -> None:
    world.bring(A)
    world.delete("a")
    assert counts(world.bring(A)) == {"kept": 1}
    assert counts(world.bring(A | {"name": "AA"})) == {"refused": 1}
    assert world.here() == {}
    assert counts(world.bring(A, source=BOLD)) == {"new": 1}


def test_carryOver__deleted_and_made_anew_here__is_another_one(world: World) -> None:
    world.bring(A)
    world.delete("a")
    with world.calling() as call:
        create(call, WIDGET, a_widget("a", name="mine"), "createWidget")
    assert reasons(world.bring(A | {"name": "AA"})) == {"shelf/a": Verdict.FOREIGN.value}


def test_carryOver__what_cannot_be_here__is_refused_alone(world: World) -> None:
    odd = {"key": "c!", "name": "C"}, {"key": "d"}, {"key": "e", "name": "no database takes \0"}
    findings = world.bring(A, {"key": "b", "name": "broken"}, *odd)
    assert counts(findings) == {"new": 1, "refused": 4}
    assert reasons(findings)["shelf/b"] == "it is broken"
    assert set(reasons(findings)) == {"shelf/b", "shelf/c!", "shelf/d", "shelf/e"}
    assert world.here() == {"a": "A"}


def test_carryOver__another_source__does_not_own_what_came_from_the_first(world: World) -> None:
    world.bring(A)
    other = world.bring(A | {"name": "other"}, source=Source("https://other.example"))
    assert reasons(other) == {"shelf/a": Verdict.FOREIGN.value}
    with world.database.reading() as db:
        [origin] = list_origins(db, ELSEWHERE.name, "widget", ["a", "b"]).values()
        assert list_came(db, ELSEWHERE.name, "widget", [origin.resource_id, "x"]) == {origin.resource_id}
        assert list_came(db, "https://other.example", "widget", [origin.resource_id]) == set()


@pytest.mark.parametrize(
    ("here", "there", "came", "verdict"),
    [
        (None, "1", None, Verdict.CREATE),
        (None, "1", "1", Verdict.KEEP),
        (None, "2", "1", Verdict.DELETED),
        ("1", "1", None, Verdict.LEAVE),
        ("2", "1", None, Verdict.FOREIGN),
        ("2", "1", "", Verdict.FOREIGN),
        ("1", "2", "1", Verdict.CHANGE),
        ("2", "1", "1", Verdict.KEEP),
        ("2", "3", "1", Verdict.CONFLICT),
    ],
)
def test_decide__three_digests__say_what_to_do(
    here: str | None, there: str, came: str | None, verdict: Verdict
) -> None:
    assert decide(here=here, there=there, came=came) is verdict


def test_digest__order_of_members__makes_no_difference() -> None:
    assert digest({"a": 1, "b": [1, 2]}) == digest({"b": [1, 2], "a": 1})
    assert digest({"b": [1, 2]}) != digest({"b": [2, 1]})


def test_together__several_findings__are_added_up() -> None:
    one, two = Findings(), Findings()
    one.count("flag", Outcome.NEW, 2)
    two.count("flag", Outcome.NEW)
    two.count("flag", Outcome.KEPT)
    two.note("flag", "a", "was changed")
    both = together([one, two])
    assert both.counts == {"flag": {"new": 3, "kept": 1}}
    assert both.notes == two.notes
