"""A database that was filled before projects stood in primary keys keeps its rows, there and back."""

from typing import Any

import pytest
from alembic import command
from sqlalchemy import MetaData, Table, func, insert, select
from sqlalchemy.engine import Connection

import daybreak.app  # noqa: F401 - importing the whole program makes every area's tables known
from daybreak.platform.database import Database
from daybreak.platform.migrating import migration_config
from daybreak.platform.schema import migrate

BEFORE = "0016"

IN_ENVIRONMENTS = (
    "evaluation_counts",
    "flag_requests",
    "flag_context_kinds",
    "flag_applications",
    "flag_health_days",
    "contexts",
    "context_attributes",
    "context_instances",
    "context_instance_parts",
    "expiring_targets",
    "deployments",
    "deployment_changes",
    "flag_changes",
)
OF_SEGMENTS = ("big_segment_generations", "big_segment_members")
ADDRESSES = {
    "proj/web": "web",
    "proj/web;beta:env/production": "web",
    "proj/web-shop:env/*:flag/dark": "web-shop",
    "proj/a_b": "a_b",
    "proj/axb": "axb",
    "member/m1": "",
    "acct": "",
}


@pytest.fixture
def former(database: Database) -> Database:
    """Two projects with an environment each, and a row of every table in both."""
    go_to(database, BEFORE)
    with database.migrating() as connection:
        tables = reflect(connection)
        for number in ("1", "2"):
            project, environment = f"p{number}", f"e{number}"
            add(connection, tables["projects"], id=project, key=project)
            add(connection, tables["environments"], id=environment, project_id=project, key=number,
                sdk_key=number, mobile_key=number)  # fmt: skip
            add(connection, tables["feature_flags"], id=f"f{number}", project_id=project, key="flag")
            add(connection, tables["segments"], id=f"s{number}", environment_id=environment, key="segment")
            known = {
                "project_id": project,
                "environment_id": environment,
                "flag_id": f"f{number}",
                "segment_id": f"s{number}",
                "context_id": f"1{number}",
                "instance_id": f"1{number}",
                "deployment_id": f"1{number}",
                "id": f"1{number}",
            }
            for name in (*IN_ENVIRONMENTS, *OF_SEGMENTS):
                add(connection, tables[name], **{k: v for k, v in known.items() if k in tables[name].columns})
        add(connection, tables["big_segment_members"], segment_id="gone")
        for place, address in enumerate(ADDRESSES):
            add(connection, tables["audit_entries"], id=f"a{place}", address=address)
    return database


def go_to(database: Database, revision: str) -> None:
    config = migration_config()
    with database.migrating() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def reflect(connection: Connection) -> dict[str, Table]:
    schema = MetaData()
    schema.reflect(connection)
    return dict(schema.tables)


def add(connection: Connection, table: Table, **given: Any) -> None:
    """What must not be empty and is not given is as good as empty."""
    blank = {column.name: column.type.python_type() for column in table.columns if not column.nullable}
    connection.execute(insert(table).values({**blank, **given}))


def read(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.reading() as db:
        tables = reflect(db.connection)
        return {
            name: sorted(({**row._mapping} for row in db.rows(select(tables[name]))), key=repr)
            for name in (*IN_ENVIRONMENTS, *OF_SEGMENTS, "audit_entries", "segments")
        }


def test_upgrade__filled_database__gives_every_row_its_project(former: Database) -> None:
    migrate(former)

    found = read(former)
    for name in IN_ENVIRONMENTS:
        homes = [(row["environment_id"], row["project_id"]) for row in found[name]]
        assert sorted(homes) == [("e1", "p1"), ("e2", "p2")], name
    for name in OF_SEGMENTS:
        owners = {(row["segment_id"], row["project_id"]) for row in found[name]}
        assert owners - {("gone", "")} == {("s1", "p1"), ("s2", "p2")}, name
    assert [(row["id"], row["project_id"]) for row in found["segments"]] == [("s1", "p1"), ("s2", "p2")]
    assert {row["address"]: row["project_key"] for row in found["audit_entries"]} == ADDRESSES


def test_downgrade__after_an_upgrade__brings_back_what_was(former: Database) -> None:
    before = read(former)
    migrate(former)

    go_to(former, BEFORE)

    assert read(former) == before


def test_deletion__of_a_project_after_an_upgrade__takes_its_rows_along(former: Database) -> None:
    migrate(former)
    with former.migrating() as connection:
        projects = reflect(connection)["projects"]
        connection.execute(projects.delete().where(projects.c.id == "p1"))

    with former.reading() as db:
        tables = reflect(db.connection)
        left = {name: db.value(select(func.count()).select_from(tables[name])) for name in IN_ENVIRONMENTS}
    # Links of deployments have no foreign keys.
    assert left == dict.fromkeys(IN_ENVIRONMENTS, 1) | {"deployment_changes": 2}
