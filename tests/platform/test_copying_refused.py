"""Copies that are refused, before or after rows were written: the target is as it was."""

import pytest
from alembic import command
from sqlalchemy import update

from conftest import Api
from daybreak.platform.clock import FixedClock
from daybreak.platform.copying.databases import NotCopied, TargetInUse
from daybreak.platform.database import Database, metadata
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import migrate
from system.moving import a_project, both_targets, contents, copy, names, rename, target, targets

__all__ = ["target", "targets"]

projects = metadata.tables["projects"]


@both_targets
def test_copy__target_in_use__is_refused_by_name_until_it_may_be_replaced(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    copy(database, target)
    a_project(api, "shop")
    before = contents(target)

    with pytest.raises(TargetInUse, match=r"holds 1 project \(web\)"):
        copy(database, target)
    assert contents(target) == before

    copy(database, target, replaces=True)
    assert contents(target) == contents(database)


@both_targets
def test_copy__target_that_was_only_served__is_refused_too(
    api: Api, database: Database, clock: FixedClock, target: Database
) -> None:
    migrate(target)
    with target.writing() as db:
        db.tell("access-token", "1", at=clock.now())
    with pytest.raises(TargetInUse, match="no project, but was served"):
        copy(database, target)


def run(database: Database, *statements: str) -> None:
    with database.migrating() as connection:
        for each in statements:
            connection.exec_driver_sql(each)


TAMPERING = {
    "sqlite": [
        """CREATE TRIGGER tampering AFTER INSERT ON environments BEGIN
        UPDATE environments SET name = 'Tampered' WHERE id = NEW.id AND key = 'test'; END""",
    ],
    "postgresql": [
        """CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.key = 'test' THEN NEW.name := 'Tampered'; END IF; RETURN NEW; END $$""",
        "CREATE TRIGGER tampering BEFORE INSERT ON environments FOR EACH ROW EXECUTE FUNCTION tamper()",
    ],
}
LOSING = {
    "sqlite": ["CREATE TRIGGER losing BEFORE INSERT ON environments BEGIN SELECT RAISE(IGNORE); END"],
    "postgresql": [
        "CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER losing BEFORE INSERT ON environments FOR EACH ROW EXECUTE FUNCTION lose()",
    ],
}


@both_targets
@pytest.mark.parametrize(
    ("triggers", "reason"),
    [
        (TAMPERING, "environments did not arrive as it was sent: some of its 2 rows differ"),
        (LOSING, "environments did not arrive as it was sent: 2 rows were sent, and 0 are there"),
    ],
)
def test_copy__rows_arrive_changed__is_undone_and_names_the_table(
    triggers: dict[str, list[str]], reason: str, to: str, api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    copy(database, target)
    assert api.patch("/api/v2/projects/web", rename("Newer")).status_code == 200
    before = contents(target, without=set())
    run(target, *triggers[to])

    with pytest.raises(NotCopied, match=reason):
        copy(database, target, replaces=True)

    assert contents(target, without=set()) == before


@pytest.mark.parametrize("to", ["postgresql"])
def test_copy__text_that_the_target_cannot_hold__is_refused_by_table_without_the_value(
    engine: str, api: Api, database: Database, target: Database
) -> None:
    if engine == "postgresql":
        pytest.skip("no such text can be stored there")
    a_project(api)
    with database.writing() as db:
        db.execute(update(projects).values(name="secret\0word"))
    with pytest.raises(NotCopied, match="The target refuses rows of projects: ") as refusal:
        copy(database, target)
    assert "word" not in refusal.value.message
    assert not names(target)


@both_targets
def test_copy__source_of_an_older_schema__is_refused_with_what_to_do(
    api: Api, database: Database, target: Database
) -> None:
    a_project(api)
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0016")
    with pytest.raises(NotCopied, match="daybreak migrate"):
        copy(database, target)
    migrate(database)
    copy(database, target)
    assert names(target) == {"Web"}


@both_targets
def test_copy__source_without_data_of_the_program__is_refused(database: Database, target: Database) -> None:
    with pytest.raises(NotCopied, match="holds no data of Daybreak"):
        copy(target, database)


@both_targets
@pytest.mark.parametrize("newer", ["source", "target"])
def test_copy__newer_schema__is_refused(newer: str, database: Database, target: Database) -> None:
    migrate(target)
    run(database if newer == "source" else target, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NotCopied, match="A newer Daybreak has written"):
        copy(database, target)
