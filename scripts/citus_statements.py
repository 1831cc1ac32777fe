"""Prints the statements that spread the tables over the servers of Citus, as docs/scaling.md has them.

python scripts/citus_statements.py
"""

import sys
from collections.abc import Iterator, Sequence

from sqlalchemy import Table
from sqlalchemy.schema import AddConstraint, ForeignKeyConstraint

import daybreak.app  # noqa: F401 - importing the whole program makes every area's tables known
from daybreak.platform.database import metadata
from daybreak.platform.spreading import spreading_column

# What orders the commits and shares the work: a row that every commit changes is in one place.
AT_THE_COORDINATOR = ("revisions", "outbox", "job_leases", "journals", "request_counts")


def main() -> None:
    tables = metadata.sorted_tables
    large = [table for table in tables if spreading_column(table) is not None]
    small = [table for table in tables if table not in large and table.name not in AT_THE_COORDINATOR]
    sys.stdout.write("\n".join(_lines(small, large)) + "\n")


def _lines(small: Sequence[Table], large: Sequence[Table]) -> Iterator[str]:
    references = sorted(
        (each for table in large for each in table.foreign_key_constraints),
        key=lambda each: str(each.name),
    )
    yield "-- A table that refers to another one is spread without its foreign keys, which come back below."
    yield from (f"ALTER TABLE {each.table.name} DROP CONSTRAINT {each.name};" for each in references)
    yield ""
    yield "-- Small tables: every server has a copy."
    yield from (f"SELECT create_reference_table('{table.name}');" for table in small)
    yield ""
    yield "-- Large tables: what belongs to one project, or to one repository, is together on one server."
    yield from _distributions(large)
    yield ""
    yield from (_addition(each) for each in references)


def _distributions(large: Sequence[Table]) -> Iterator[str]:
    first: dict[str, Table] = {}
    for table in large:
        column = spreading_column(table)
        assert column is not None
        beside = first.setdefault(column.name, table)
        together = "none" if beside is table else beside.name
        arguments = f"'{table.name}', '{column.name}', colocate_with => '{together}'"
        yield f"SELECT create_distributed_table({arguments});"


def _addition(reference: ForeignKeyConstraint) -> str:
    return f"{AddConstraint(reference)};"


if __name__ == "__main__":
    main()
