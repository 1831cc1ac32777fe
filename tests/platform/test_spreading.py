"""Every table is known to be large or small, and the large ones can be spread over servers by one column."""

from dataclasses import dataclass, replace

import pytest
from sqlalchemy import ForeignKey, Index, MetaData, Table, UniqueConstraint

import daybreak.app  # noqa: F401 - importing the whole program makes every area's tables known
from daybreak.platform.columns import identifier, part_of_key, text, version
from daybreak.platform.database import Database, metadata
from daybreak.platform.spreading import spread_by, spreading_column
from daybreak.platform.store import TableStore
from statements import statements

# What people name, configure and own, and what is read together with everything: each server may have a copy.
# A new table that grows with traffic or time does not belong here: it says `info=spread_by(…)`.
SMALL = {
    "access_token_roles",
    "access_token_uses",
    "access_tokens",
    "application_versions",
    "applications",
    "big_segment_export_parts",
    "big_segment_exports",
    "big_segment_import_parts",
    "big_segment_imports",
    "changes",
    "code_branches",
    "code_extinctions",
    "code_references",
    "code_repositories",
    "commits",
    "context_kinds",
    "custom_roles",
    "deleted_flags",
    "deleted_segments",
    "environment_applications",
    "environments",
    "event_totals",
    "expiring_relay_keys",
    "expiring_sdk_keys",
    "expiring_token_secrets",
    "feature_flags",
    "flag_environments",
    "flag_followers",
    "flag_links",
    "flag_trigger_firings",
    "flag_triggers",
    "identities",
    "insight_groups",
    "job_leases",
    "journals",
    "member_roles",
    "member_secrets",
    "member_sightings",
    "members",
    "oauth_clients",
    "oauth_grants",
    "oauth_secrets",
    "origins",
    "outbox",
    "outgoing_deliveries",
    "outgoing_mails",
    "progress",
    "projects",
    "relay_configurations",
    "repositories",
    "repository_projects",
    "request_counts",
    "resource_tags",
    "retired_flags",
    "revisions",
    "segments",
    "sessions",
    "sign_in_failures",
    "sign_in_links",
    "sources",
    "team_grants",
    "team_members",
    "team_roles",
    "teams",
    "webhook_deliveries",
    "webhooks",
}

LARGE = [table for table in metadata.sorted_tables if spreading_column(table) is not None]


def faults_of(table: Table) -> list[str]:
    """Why one server could not keep what has to be unique in the table, and whole with what it refers to."""
    column = spreading_column(table)
    assert column is not None
    unique: list[Index | UniqueConstraint] = [index for index in table.indexes if index.unique]
    unique += [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    faults = [f"{each.name} lacks {column.name}" for each in unique if column.name not in each.columns]
    if column not in list(table.primary_key.columns):
        faults.append(f"the primary key lacks {column.name}")
    for reference in table.foreign_key_constraints:
        there = spreading_column(reference.referred_table)
        together = {(each.parent, each.column) for each in reference.elements}
        if there is not None and (column, there) not in together:
            faults.append(f"{reference.name} refers to rows of other servers")
    return faults


def test_tables__all__are_large_or_small() -> None:
    large = {table.name for table in LARGE}
    assert set(metadata.tables) - large == SMALL


@pytest.mark.parametrize("table", LARGE, ids=lambda table: table.name)
def test_large_table__its_column__is_in_all_that_is_unique_and_refers_to_others(table: Table) -> None:
    assert faults_of(table) == []


def test_faults__of_a_table_that_cannot_be_spread__are_all_found() -> None:
    other = MetaData()
    Table("owners", other, identifier(), part_of_key("project_id"), info=spread_by("project_id"))
    wrong = Table(
        "wrong",
        other,
        identifier(),
        text("project_id"),
        text("key"),
        text("owner_id"),
        UniqueConstraint("key", name="uq_wrong_key"),
        Index("ix_wrong_owner", "owner_id", unique=True),
        info=spread_by("project_id"),
    )
    wrong.c.owner_id.append_foreign_key(ForeignKey("owners.id", name="fk_wrong_owner"))
    assert sorted(faults_of(wrong)) == [
        "fk_wrong_owner refers to rows of other servers",
        "ix_wrong_owner lacks project_id",
        "the primary key lacks project_id",
        "uq_wrong_key lacks project_id",
    ]


@dataclass(frozen=True)
class Parcel:
    id: str
    project_id: str
    name: str
    version: int = 1


_toys = MetaData()
_parcels = TableStore(
    Parcel,
    Table(
        "parcels",
        _toys,
        identifier(),
        part_of_key("project_id"),
        text("name"),
        version(),
        info=spread_by("project_id"),
    ),
)


@pytest.fixture
def parcels(database: Database) -> Database:
    _toys.create_all(database.engine)
    return database


def test_store__saves_a_row_of_a_large_table__names_its_project_and_leaves_it(parcels: Database) -> None:
    parcel = Parcel("1", "web", "old")
    with parcels.writing() as db:
        _parcels.insert(db, parcel)
    with statements(parcels) as seen, parcels.writing() as db:
        _parcels.save(db, replace(parcel, name="new"), expecting=1)
    [statement] = [each for each in seen if each.startswith("UPDATE")]
    changed, found_by = statement.split("WHERE")
    assert "project_id" in found_by
    assert "project_id" not in changed
    with parcels.reading() as db:
        assert _parcels.find(db) == replace(parcel, name="new")
