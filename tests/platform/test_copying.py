"""Copies between databases, in all four directions: everything arrives, and those who listen are told."""

from dataclasses import replace

import pytest
from alembic import command
from sqlalchemy import select, text, update

from api.world import OPERATIONS, a_world
from conftest import Api
from daybreak.app import build
from daybreak.platform.clock import FixedClock
from daybreak.platform.copying.rows import BATCH
from daybreak.platform.database import Database, metadata, outbox, read_revision
from daybreak.platform.migrating import migration_config
from daybreak.platform.outbox import list_told
from daybreak.platform.schema import is_up_to_date, migrate
from daybreak.settings import Settings
from system.moving import a_project, both_targets, contents, copy, target, targets

__all__ = ["target", "targets"]

projects = metadata.tables["projects"]
environments = metadata.tables["environments"]


@both_targets
def test_copy__rich_account__is_the_same_row_by_row_and_by_the_api(
    api: Api, database: Database, clock: FixedClock, settings: Settings, target: Database
) -> None:
    world = a_world(api, database, clock.now())
    held = contents(database)
    assert sum(1 for rows in held.values() if rows) > 40, "the account is no longer rich"

    rows = copy(database, target)

    assert contents(target) == held
    assert rows >= sum(map(len, held.values()))
    url = target.engine.url.render_as_string(hide_password=False)
    copied = Api(build(replace(settings, database_url=url), target, clock), target, clock, api.token)
    asked = [route for route in OPERATIONS.values() if route.method == "GET"]
    assert len(asked) > 80
    for route in asked:
        request = world.sent(route, "as it should be")
        one, other = (each.get(request.path) for each in (api, copied))
        assert (one.status_code, one.content) == (other.status_code, other.content), request.path


@both_targets
def test_copy__documents_and_odd_texts__arrive_letter_by_letter(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    odd = {"name": "tab\tline\nback\\slash \\N 'quoted' \"too\" ünïcode 🚀", "created_at": 2**62}
    with database.writing() as db:
        db.execute(update(projects).values(odd))
        # As no encoder of this program would write it.
        db.execute(text("""UPDATE projects SET tags = '[ "b" ,"\\u00e9\\u0000" ]'"""))

    copy(database, target)

    stored = text(
        "SELECT name, created_at, tags, include_in_snippet_by_default, naming_convention FROM projects"
    )
    with database.reading() as db, target.reading() as copied:
        one, other = db.rows(stored), copied.rows(stored)
    assert [tuple(row) for row in one] == [tuple(row) for row in other]
    assert other[0].name == odd["name"]
    assert other[0].created_at == 2**62


@both_targets
def test_copy__more_rows_than_are_held_at_once__all_arrive(database: Database, target: Database) -> None:
    many = 2 * BATCH + 1
    fill_outbox(database, many)
    assert copy(database, target) >= many
    with target.reading() as db:
        assert len(db.rows(select(outbox.c.revision).where(outbox.c.kind == "made-up"))) == many


def fill_outbox(database: Database, many: int) -> None:
    with database.writing() as db:
        for number in range(many):
            db.tell("made-up", str(number), at=1)


@both_targets
@pytest.mark.parametrize("ahead", ["source", "target"])
def test_copy__revisions__go_on_from_the_larger_one_and_tell_of_every_environment(
    ahead: str, api: Api, database: Database, clock: FixedClock, target: Database
) -> None:
    a_project(api)
    migrate(target)
    with target.writing() as db:
        db.tell("access-token", "1", at=clock.now())
    for _ in range(20):
        with (database if ahead == "source" else target).writing() as db:
            db.tell("access-token", "1", at=clock.now())
    with database.reading() as db, target.reading() as other:
        before = read_revision(db), read_revision(other)
        ids = {row.id for row in db.rows(select(environments.c.id))}
    heard: list[int] = []
    target.on_commit(heard.append)

    copy(database, target, replaces=True)

    with target.reading() as db:
        assert read_revision(db) == max(before) + 1
        told = list_told(db, max(before), ["environment", "relay-proxy-config"])
    assert heard == [max(before) + 1]
    assert {row.resource_id for row in told if row.kind == "environment"} == ids
    assert {row.kind for row in told} == {"environment", "relay-proxy-config"}


@both_targets
def test_copy__environments_that_go__are_told_of_as_well(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    a_project(api, "shop")
    copy(database, target)
    with target.reading() as db:
        revision = read_revision(db)
        known = {row.id for row in db.rows(select(environments.c.id))}
    assert api.delete("/api/v2/projects/shop").status_code == 204

    copy(database, target, replaces=True)

    with target.reading() as db:
        assert len(db.rows(select(environments.c.id))) < len(known)
        assert {row.resource_id for row in list_told(db, revision, ["environment"])} == known


@both_targets
def test_copy__target_of_an_older_schema__is_brought_up_to_date(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    config = migration_config()
    with target.migrating() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0016")
    copy(database, target)
    assert is_up_to_date(target)
    assert contents(target) == contents(database)
