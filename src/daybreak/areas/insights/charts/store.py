"""What charts count, bucket by bucket, in the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, literal, select, union_all

from daybreak.areas.insights.charts.buckets import Buckets
from daybreak.areas.insights.facts.tables import deployment_changes, deployment_days, deployments
from daybreak.areas.insights.scores.conditions import is_arrival, within
from daybreak.areas.projects.queries import Home, in_homes
from daybreak.platform.database import Transaction

# The one series of a chart that is not grouped.
ALL = "all"
STAGES = ("coding", "review", "wait", "deploy")


@dataclass(frozen=True, slots=True)
class Selection:
    """The environments and applications a chart is about; no applications mean all of them."""

    homes: tuple[Home, ...]
    application_keys: tuple[str, ...]

    def of(self, facts: Table) -> list[ColumnElement[bool]]:
        where = [in_homes(facts, self.homes)]
        if self.application_keys:
            where.append(facts.c.application_key.in_(self.application_keys))
        return where


@dataclass(frozen=True, slots=True)
class Tally:
    """How many in one bucket of one series, and what they sum up to."""

    series: str
    bucket: int
    count: int
    total: int = 0


def count_finished(
    db: Transaction, selection: Selection, buckets: Buckets, group_by: str | None
) -> list[Tally]:
    """Finished deployments by bucket, in one series or one for each application or kind. Those whose rows are
    gone are where their day (UTC) begins.
    """

    def counted(table: Table, at: ColumnElement[int], number: ColumnElement[int]) -> Select[Any]:
        by = {"application": table.c.application_key, "kind": table.c.kind}
        series = by[group_by] if group_by else literal(ALL)
        bucket = buckets.number(at).label("bucket")
        return (
            select(series.label("series"), bucket, number.label("number"))
            .where(
                *selection.of(table),
                table.c.status == "finished",
                within(at, buckets.period.start, buckets.period.end),
            )
            .group_by("series", "bucket")
        )

    rows = counted(deployments, deployments.c.ended_at, func.count())
    days = counted(deployment_days, deployment_days.c.at, func.sum(deployment_days.c.number))
    numbers: Counter[tuple[str, int]] = Counter()
    for row in db.rows(union_all(rows.where(deployments.c.is_counted.is_(True)), days)):
        numbers[row.series, row.bucket] += int(row.number)
    return [Tally(series, bucket, number) for (series, bucket), number in numbers.items()]


def sum_stages(db: Transaction, selection: Selection, buckets: Buckets) -> list[Tally]:
    """For each lead-time stage the changes whose stage is known, and its sum in ms, by bucket."""
    table = deployment_changes.c
    bucket = buckets.number(table.ended_at).label("bucket")
    known = {stage: table[f"{stage}_ms"] for stage in STAGES}
    sums = [func.sum(column).label(f"{stage}_total") for stage, column in known.items()]
    counts = [func.count(column).label(f"{stage}_count") for stage, column in known.items()]
    statement = select(bucket, *sums, *counts).where(*_arrived(selection, buckets)).group_by("bucket")
    return [
        Tally(
            stage,
            row.bucket,
            getattr(row, f"{stage}_count"),
            int(getattr(row, f"{stage}_total") or 0),
        )
        for row in db.rows(statement)
        for stage in STAGES
    ]


def sum_applications(db: Transaction, selection: Selection, buckets: Buckets) -> list[Tally]:
    """For each application the changes it delivered, and the sum of their lead times in ms, by bucket.

    Whatever others delivered earlier: what each shows is what it would show alone.
    """
    table = deployment_changes.c
    statement = (
        select(
            table.application_key,
            buckets.number(table.ended_at).label("bucket"),
            func.count().label("number"),
            func.sum(table.lead_ms).label("total"),
        )
        .where(*_delivered(selection, buckets))
        .group_by(table.application_key, "bucket")
    )
    return [Tally(row.application_key, row.bucket, row.number, int(row.total)) for row in db.rows(statement)]


def sum_lead_times(db: Transaction, selection: Selection, buckets: Buckets) -> tuple[int, int]:
    """How many changes arrived, and the sum of their lead times in ms."""
    total = func.coalesce(func.sum(deployment_changes.c.lead_ms), 0).label("total")
    row = db.first(select(func.count().label("number"), total).where(*_arrived(selection, buckets)))
    assert row is not None
    return row.number, int(row.total)


def list_lead_times(db: Transaction, selection: Selection, buckets: Buckets) -> Sequence[tuple[int, int]]:
    """(bucket, lead time in ms) of every change, the shortest first."""
    table = deployment_changes.c
    statement = (
        select(buckets.number(table.ended_at).label("bucket"), table.lead_ms)
        .where(*_arrived(selection, buckets))
        .order_by(table.lead_ms)
    )
    return [(row.bucket, row.lead_ms) for row in db.rows(statement)]


def _arrived(selection: Selection, buckets: Buckets) -> list[ColumnElement[bool]]:
    """Changes that people made, where they first arrived in the environment or in the applications."""
    return [*_delivered(selection, buckets), is_arrival(selection.application_keys)]


def _delivered(selection: Selection, buckets: Buckets) -> list[ColumnElement[bool]]:
    table = deployment_changes.c
    mine = selection.of(deployment_changes)
    return [*mine, table.is_bot.is_(False), within(table.ended_at, buckets.period.start, buckets.period.end)]
