"""Several callers at the same moment: one wins, the others are told, and nothing is half written."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from daybreak.platform.database import Database, outbox
from daybreak.platform.dialect import readers_of
from rest.server import Server
from rest.widgets import WIDGETS, a_widget, widget_store, widgets

CALLERS = 8


def _at_once(call: Callable[[int], Any]) -> Counter[int]:
    """How often each status was answered."""
    with ThreadPoolExecutor(CALLERS) as pool:
        return Counter(response.status_code for response in pool.map(call, range(CALLERS)))


def test_create__same_key_at_once__happens_once(server: Server) -> None:
    statuses = _at_once(lambda n: server.request("POST", WIDGETS, json={"key": "a", "name": f"A{n}"}))
    assert statuses == {201: 1, 409: CALLERS - 1}
    assert server.get(WIDGETS).json()["totalCount"] == 1
    assert len(server.audit()) == 1


def test_patch__same_widget_at_once__each_is_applied_or_refused(server: Server) -> None:
    server.keep(a_widget("a", size=-1))
    statuses = _at_once(lambda n: server.patch("a", {"size": n}))
    assert statuses[200] >= 1
    assert statuses[200] + statuses[409] == CALLERS
    assert server.get(f"{WIDGETS}/a").json()["_version"] == 1 + statuses[200]
    assert len(server.audit()) == statuses[200]


def test_delete__same_widget_at_once__happens_once(server: Server) -> None:
    server.keep(a_widget("a"))
    statuses = _at_once(lambda _: server.request("DELETE", f"{WIDGETS}/a"))
    assert statuses[204] == 1
    assert statuses[404] + statuses[409] == CALLERS - 1
    assert len(server.audit()) == 1


def test_write__many_at_once__revisions_are_counted_without_gaps(server: Server) -> None:
    server.keep(a_widget("first"))
    statuses = _at_once(lambda n: server.request("POST", WIDGETS, json={"key": f"w{n}", "name": "W"}))
    assert statuses == {201: CALLERS}
    with server.database.reading() as db:
        revisions = select(outbox.c.revision).distinct().order_by(outbox.c.revision)
        told = [row.revision for row in db.rows(revisions)]
    assert told == list(range(1, CALLERS + 2))


def test_reading__while_another_commits__sees_one_state(server: Server, database: Database) -> None:
    count = select(func.count()).select_from(widgets)
    with database.reading() as db:
        before = db.value(count)
        server.keep(a_widget("a"))
        assert db.value(count) == before == 0
    with database.reading() as db:
        assert db.value(count) == 1


def test_reading__that_writes__leaves_nothing_behind(server: Server, database: Database) -> None:
    refused = readers_of(database.engine) is not database.engine
    with database.reading() as db:
        statement = insert(widgets).values(widget_store.to_row(a_widget("a")))
        if refused:
            with pytest.raises(DBAPIError, match="read-only"):
                db.execute(statement)
        else:
            db.execute(statement)
    assert server.get(WIDGETS).json()["totalCount"] == 0


def test_prepared_body__of_a_write__is_prepared_while_others_write(
    server: Server, database: Database
) -> None:
    """What takes long keeps no other writer waiting, and so does what is refused then."""
    with ThreadPoolExecutor(1) as pool, database.writing():
        refused = pool.submit(server.request, "POST", "/api/v2/shouts", json={"words": []})
        assert refused.result(timeout=20).status_code == 400
    answer = server.request("POST", "/api/v2/shouts", json={"words": ["hush"]})
    assert answer.json() == {"words": ["HUSH"]}


def test_prepared_body__of_whom_it_is_not_for__is_refused_and_noted(server: Server) -> None:
    refused = server.request("POST", "/api/v2/shouts", token="reader", json={"words": ["hush"]})
    assert refused.status_code == 403
    assert [entry.title_verb for entry in server.audit()] == ["was refused askLoudly on"]
