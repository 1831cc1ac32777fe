"""How many requests each process has answered in a window of time, so that limits hold for all of them."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, Column, Integer, Table, Text, delete, func, select

from daybreak.platform.database import Transaction, metadata

request_counts = Table(
    "request_counts",
    metadata,
    Column("window", BigInteger, primary_key=True),
    Column("operation", Text, primary_key=True),
    Column("process", Text, primary_key=True),
    Column("requests", Integer, nullable=False),
)


def share_counts(db: Transaction, window: int, process: str, counts: Mapping[str, int]) -> dict[str, int]:
    """Tells the others what this process has counted so far; returns what they all have, by operation.

    Of earlier windows nothing is kept.
    """
    table = request_counts.c
    place = {"window": window, "process": process}
    rows = [
        {**place, "operation": operation, "requests": count} for operation, count in sorted(counts.items())
    ]
    db.insert_or_update(request_counts, rows, ["requests"])
    db.execute(delete(request_counts).where(table.window < window))
    others = select(table.operation, func.sum(table.requests).label("requests")).where(
        table.window == window, table.process != process
    )
    return {row.operation: int(row.requests) for row in db.rows(others.group_by(table.operation))}
