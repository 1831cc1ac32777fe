"""Changes of flags that are older than they are to be kept: added up by the day, so that the scores and
charts of their time stay, and removed.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Row,
    Select,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    tuple_,
)

from daybreak.areas.flags.flag_change_days.tables import flag_change_days
from daybreak.areas.flags.flag_changes.conditions import (
    NO_IMPACT,
    SIZE,
    UNKNOWN,
    in_extent,
    named_extent,
    sizes_of,
    values_of,
)
from daybreak.areas.flags.flag_changes.model import ChangeCounts, Extent
from daybreak.areas.flags.flag_changes.tables import flag_changes
from daybreak.platform.branches import read_branches
from daybreak.platform.clock import start_of_day
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job, for_what_is_older
from daybreak.platform.partitions import forget_before, is_any_before

# As many rows as are removed before other writers have had their turn.
MOST_AT_ONCE = 2_000


def adding_up(days: int) -> list[Job]:
    """The job that adds up what is older; none where all is kept for ever, for 0 days."""
    return for_what_is_older(
        "add up old flag changes",
        days,
        lambda db, before, now: add_up(db, start_of_day(before), now),
        lambda db, before: is_any_before(db, flag_changes, start_of_day(before)),
    )


def add_up(db: Transaction, before: int, now: int) -> None:
    """Adds up changes that were made before that day began: so many, and the rest with the next runs."""
    table, key = flag_changes.c, list(flag_changes.primary_key.columns)
    oldest = select(*key).where(table.at < before).order_by(table.at, table.id).limit(MOST_AT_ONCE)
    columns = (*key, table.flag_id, table.is_rollback, table.impact, SIZE.label("size"))
    rows = db.rows(delete(flag_changes).where(tuple_(*key).in_(oldest)).returning(*columns))
    db.insert_or_add(flag_change_days, _sums(rows), ["number", "total_impact"])
    for environment_id in {row.environment_id for row in rows}:
        # Pages of lists that are remembered hold for one revision.
        db.tell("flag-change", environment_id, at=now)
    if len(rows) < MOST_AT_ONCE:
        # Months that are empty now go as well.
        forget_before(db, flag_changes, before)


def _sums(rows: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    """Rows of `flag_change_days`. The oldest are added up first: what is there of a day began it."""
    numbers: dict[tuple[Any, ...], int] = defaultdict(int)
    impacts: dict[tuple[Any, ...], int] = defaultdict(int)
    first_at: dict[tuple[Any, ...], int] = {}
    names = ("project_id", "environment_id", "at", "flag_id", "size", "is_rollback")
    for row in rows:
        place = row.project_id, row.environment_id, start_of_day(row.at)
        key = (*place, row.flag_id, row.size, row.is_rollback)
        numbers[key] += 1
        impacts[key] += row.impact or 0
        first_at[key] = min(row.at, first_at.get(key, row.at))
    return [
        dict(zip(names, key, strict=True))
        | {"first_at": first_at[key], "number": number, "total_impact": impacts[key]}
        for key, number in numbers.items()
    ]


_DAYS = flag_change_days.c
_COUNTED = _DAYS.is_rollback.is_(False)
_HAD_MOVED = and_(_COUNTED, _DAYS.size.not_in((NO_IMPACT, UNKNOWN)))
_NUMBERS = {
    "moved": _HAD_MOVED,
    "without_impact": and_(_COUNTED, _DAYS.size == NO_IMPACT),
    "unknown": and_(_COUNTED, _DAYS.size == UNKNOWN),
    "rollbacks": _DAYS.is_rollback.is_(True),
}
_SUMS = (
    func.sum(_DAYS.number).label("changes"),
    func.sum(case((_HAD_MOVED, _DAYS.total_impact), else_=0)).label("total_impact"),
    *(func.sum(case((holds, _DAYS.number), else_=0)).label(name) for name, holds in _NUMBERS.items()),
)


class Gone(NamedTuple):
    """When the first of the changes that are gone was made, and the last day of which some are."""

    first_at: int
    last_day: int


def read_gone(db: Transaction, environment_ids: Collection[str]) -> dict[str, Gone]:
    """Of the environments where some are gone. One query."""
    ids = sorted(set(environment_ids))
    rows = read_branches(db, _bounds, [1] * len(ids), {f"environment_{n}": id for n, id in enumerate(ids)})
    found = zip(ids, rows, strict=True)
    return {id: Gone(row.first_at, row.last_day) for id, row in found if row.last_day is not None}


def _bounds(number: int, _size: int) -> Select[*tuple[Any, ...]]:
    """Each bound by itself is an end of the index."""
    here = _DAYS.environment_id == bindparam(f"environment_{number}", type_=Text())
    first_day = select(func.min(_DAYS.at)).where(here).scalar_subquery()
    first_at = select(func.min(_DAYS.first_at)).where(here, _DAYS.at == first_day)
    last_day = select(func.max(_DAYS.at)).where(here)
    return select(first_at.scalar_subquery().label("first_at"), last_day.scalar_subquery().label("last_day"))


def count_gone(db: Transaction, extents: Sequence[Extent]) -> list[ChangeCounts]:
    """What became of the changes of each extent that are gone; a day belongs where it begins. One query."""
    rows = read_branches(db, _counts, sizes_of(extents), values_of(extents))
    names = ("changes", "moved", "total_impact", "without_impact", "unknown", "rollbacks")
    return [ChangeCounts(**{name: int(getattr(row, name) or 0) for name in names}) for row in rows]


def _counts(number: int, applications: int) -> Select[*tuple[Any, ...]]:
    return select(*_SUMS).where(in_extent(named_extent(number, applications), flag_change_days))
