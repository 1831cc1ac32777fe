"""Where rows belong of which there are many: every search for them names the project, too, so that a
distributed database asks the one server that has it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_


@dataclass(frozen=True, slots=True)
class Home:
    """An environment and its project, both by id."""

    project_id: str
    environment_id: str

    def holds(self, table: FromClause) -> ColumnElement[bool]:
        """Whether a row of the table, which names both, belongs here."""
        return and_(table.c.project_id == self.project_id, table.c.environment_id == self.environment_id)


def in_homes(table: FromClause, homes: Collection[Home]) -> ColumnElement[bool]:
    """Whether a row of the table belongs to one of them."""
    projects = {home.project_id for home in homes}
    environments = {home.environment_id for home in homes}
    return and_(table.c.project_id.in_(projects), table.c.environment_id.in_(environments))
