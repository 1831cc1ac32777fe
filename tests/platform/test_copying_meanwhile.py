"""Copies between databases that others read and write."""

import threading
import time
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError

from conftest import Api
from daybreak.platform.audit import audit_entries
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database, metadata, read_revision
from daybreak.platform.outbox import list_told
from system.moving import At, a_project, both_targets, contents, copy, names, opened, rename, target, targets

__all__ = ["target", "targets"]

projects = metadata.tables["projects"]


@both_targets
def test_copy__source_is_written_to_meanwhile__holds_one_moment(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    held = contents(database)
    writes = At("Copying", lambda: a_project(api, "later"))

    copy(database, target, writes)

    assert writes.has_acted
    assert contents(target) == held
    assert names(database) == {"Web", "Later"}


@both_targets
def test_copy__target_is_read_and_written_meanwhile__readers_see_the_old_and_writers_wait(
    api: Api, database: Database, clock: FixedClock, target: Database
) -> None:
    a_project(api)
    copy(database, target)
    assert api.patch("/api/v2/projects/web", rename("Newer")).status_code == 200
    url = target.engine.url.render_as_string(hide_password=False)
    seen: list[Any] = []

    def write() -> None:
        with opened(url) as served, served.writing() as db:
            seen.append({row.name for row in db.rows(select(projects.c.name))})
            db.execute(insert(audit_entries).values(entry))
            db.tell("made-up", "1", at=clock.now())

    with database.reading() as db:
        entry = db.rows(select(audit_entries))[0]._asdict() | {"id": "written-meanwhile"}
    writer = threading.Thread(target=write)

    def look() -> None:
        with opened(url) as served:
            seen.append(names(served))
        writer.start()
        writer.join(timeout=0.3)

    copy(database, target, At("Comparing", look), replaces=True)
    writer.join(timeout=10)

    assert not writer.is_alive()
    assert seen[0] == {"Web"}
    with target.reading() as db:
        ids = {row.id for row in db.rows(select(audit_entries.c.id))}
        [told] = list_told(db, 0, ["made-up"])
        assert told.revision == read_revision(db)
    assert "written-meanwhile" in ids
    assert names(target) == {"Newer"}


@both_targets
def test_copy__a_writer_of_the_target_is_not_done_yet__is_waited_for_and_neither_fails(
    api: Api, database: Database, clock: FixedClock, target: Database
) -> None:
    a_project(api)
    copy(database, target)
    url = target.engine.url.render_as_string(hide_password=False)
    first, last = metadata.sorted_tables[0], metadata.sorted_tables[-1]
    has_begun = threading.Event()
    failures: list[Exception] = []

    def write() -> None:
        try:
            with opened(url) as served, served.writing() as db:
                db.execute(delete(last))
                has_begun.set()
                time.sleep(1.5)
                # By now the copy has what this needs, or will have given it back.
                db.execute(delete(first))
                db.tell("made-up", "1", at=clock.now())
        except DBAPIError as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    assert has_begun.wait(10)

    copy(database, target, replaces=True)
    writer.join(timeout=10)

    assert failures == []
    assert contents(target) == contents(database)
