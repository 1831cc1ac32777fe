"""Which rows of the fact tables belong to a scope in a period, and what they count as.

A condition is written over marks: values, or the names of values that are bound when the statement runs. With
names the same statement serves every request, and need not be built again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
    true,
)

from daybreak.areas.insights.facts.tables import NEVER, deployment_changes, deployment_days, deployments
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.model import Period
from daybreak.platform.spreading import where_it_lies


@dataclass(frozen=True, slots=True)
class Marks:
    """A scope and a period inside a statement. No applications: the whole environment."""

    project: ColumnElement[str]
    environment: ColumnElement[str]
    applications: tuple[ColumnElement[str], ...]
    start: ColumnElement[int]
    end: ColumnElement[int]


def marks_of(scope: Scope, period: Period) -> Marks:
    """Marks that have their values already."""
    applications = tuple(literal(key, Text()) for key in scope.application_keys)
    start, end = literal(period.start, BigInteger()), literal(period.end, BigInteger())
    home = literal(scope.home.project_id, Text()), literal(scope.home.environment_id, Text())
    return Marks(*home, applications, start, end)


def named_marks(number: int, applications: int) -> Marks:
    """Marks of the place with this number, to which `values_of` gives values."""
    return Marks(
        bindparam(f"project_{number}", type_=Text()),
        bindparam(f"environment_{number}", type_=Text()),
        tuple(bindparam(f"application_{number}_{n}", type_=Text()) for n in range(applications)),
        bindparam(f"start_{number}", type_=BigInteger()),
        bindparam(f"end_{number}", type_=BigInteger()),
    )


def values_of(number: int, scope: Scope, period: Period) -> dict[str, Any]:
    """By the names of `named_marks`."""
    applications = {f"application_{number}_{n}": key for n, key in enumerate(scope.application_keys)}
    home = {
        f"project_{number}": scope.home.project_id,
        f"environment_{number}": scope.home.environment_id,
    }
    return home | applications | {f"start_{number}": period.start, f"end_{number}": period.end}


def settled_in(marks: Marks) -> ColumnElement[bool]:
    """Whether a deployment ended in the period and counts."""
    table = deployments.c
    mine = of_scope(marks, deployments)
    return and_(mine, table.is_counted.is_(True), within(table.ended_at, marks.start, marks.end))


def is_new_version(marks: Marks) -> ColumnElement[bool]:
    """Whether a deployment finished whose version did not finish earlier in the same period."""
    before = deployments.c.previous_same_version_at
    return and_(deployments.c.status == "finished", or_(before.is_(None), before < marks.start))


def has_failed(marks: Marks) -> ColumnElement[bool]:
    """Whether a deployment had failed as far as anybody knew by the period's end."""
    return deployments.c.failed_at < marks.end


def added_up_in(marks: Marks) -> ColumnElement[bool]:
    """Whether deployments whose rows are gone belong to the period: a day does to that in which it begins."""
    return and_(of_scope(marks, deployment_days), within(deployment_days.c.at, marks.start, marks.end))


def were_new_versions(marks: Marks) -> ColumnElement[bool]:
    """As `is_new_version`, of those."""
    return and_(deployment_days.c.status == "finished", deployment_days.c.previous_day < marks.start)


def had_failed(marks: Marks) -> ColumnElement[bool]:
    """As `has_failed`, of those."""
    return and_(deployment_days.c.failed_day > NEVER, deployment_days.c.failed_day < marks.end)


def arrived_in(marks: Marks) -> ColumnElement[bool]:
    """Whether a delivery is the first of its change to the scope, and happened in the period."""
    table = deployment_changes.c
    mine = of_scope(marks, deployment_changes)
    return and_(mine, is_arrival(marks.applications), within(table.ended_at, marks.start, marks.end))


def is_arrival(applications: Sequence[str | ColumnElement[str]]) -> ColumnElement[bool]:
    """Whether a delivery was the first of its change to its environment, or to these applications there."""
    table, earlier = deployment_changes.c, deployment_changes.alias("earlier").c
    if not applications:
        return table.is_first.is_(True)
    if len(applications) == 1:
        return true()
    is_later = exists(
        select(earlier.change_id).where(
            earlier.change_id == table.change_id,
            where_it_lies(earlier.project_id == table.project_id),
            earlier.environment_id == table.environment_id,
            earlier.application_key.in_(applications),
            or_(
                earlier.ended_at < table.ended_at,
                and_(earlier.ended_at == table.ended_at, earlier.deployment_id < table.deployment_id),
            ),
        )
    )
    # The first to the environment is the first to any of its applications: mostly that settles it.
    return or_(table.is_first.is_(True), ~is_later)


def of_scope(marks: Marks, facts: Table) -> ColumnElement[bool]:
    """Whether a row of these facts, of which there are many, belongs to the scope."""
    return and_(where_it_lies(facts.c.project_id == marks.project), of_applications(marks, facts))


def of_applications(marks: Marks, table: Table) -> ColumnElement[bool]:
    """The same of a table that has no project."""
    is_here, keys = table.c.environment_id == marks.environment, marks.applications
    if not keys:
        return is_here
    application = table.c.application_key
    is_mine = application == keys[0] if len(keys) == 1 else application.in_(keys)
    return and_(is_here, is_mine)


def within(
    column: ColumnElement[int], start: int | ColumnElement[int], end: int | ColumnElement[int]
) -> ColumnElement[bool]:
    return and_(column >= start, column < end)
