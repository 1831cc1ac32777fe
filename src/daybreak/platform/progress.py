"""How far long work has come, step by step, so that after its end, however sudden, it goes on from there."""

from typing import NamedTuple

from sqlalchemy import Column, Table, Text, delete, select

from daybreak.platform.clock import DAY
from daybreak.platform.columns import Json, document, milliseconds, text
from daybreak.platform.database import Transaction, metadata
from daybreak.platform.jobs import Job

KEPT = 90 * DAY

progress = Table(
    "progress",
    metadata,
    Column("work", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    text("position"),
    document("findings"),
    milliseconds("at"),
)


class Step(NamedTuple):
    """What was last done of a step: `position` is where to go on, empty once it is done; `findings` are what
    it found. `at` is in Unix milliseconds.
    """

    position: str
    findings: Json
    at: int


def list_steps(db: Transaction, work: str) -> dict[str, Step]:
    """By their names, those that were begun."""
    rows = db.rows(select(progress).where(progress.c.work == work))
    return {row.step: Step(row.position, row.findings, row.at) for row in rows}


def save_step(db: Transaction, work: str, name: str, step: Step) -> None:
    """In the transaction of what was done: both are there, or neither."""
    row = {"work": work, "step": name, **step._asdict()}
    db.insert_or_update(progress, [row], ["position", "findings", "at"])


def forget_steps(db: Transaction, work: str) -> None:
    db.execute(delete(progress).where(progress.c.work == work))


def trim_progress(db: Transaction, now: int) -> None:
    """Work that nobody took up again is given up."""
    db.execute(delete(progress).where(progress.c.at < now - KEPT))


TRIM_PROGRESS = Job("trim the progress of work", DAY, trim_progress)
