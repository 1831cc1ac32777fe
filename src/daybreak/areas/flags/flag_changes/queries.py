"""Changes of flags, counted and listed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)

from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.flag_change_days.store import Gone, count_gone, read_gone
from daybreak.areas.flags.flag_change_days.tables import flag_change_days
from daybreak.areas.flags.flag_changes.conditions import (
    HAS_MOVED,
    IS_UNKNOWN,
    IS_WAITING,
    SIZE,
    SIZES,
    by_scope,
    in_extent,
    named_extent,
    sizes_of,
    values_of,
)
from daybreak.areas.flags.flag_changes.model import ChangeCounts, CreationCounts, Extent, FlagChange
from daybreak.areas.flags.flag_changes.store import parse_change
from daybreak.areas.flags.flag_changes.tables import flag_changes, retired_flags
from daybreak.areas.projects.queries import Home
from daybreak.platform.branches import MOST_SHAPES, read_branches
from daybreak.platform.database import Transaction
from daybreak.platform.expressions import contains_text
from daybreak.rest.cursors import Cursor, Order, Turn, Window, read_turn

_NEWEST_FIRST = Order(flag_changes.c.at, flag_changes.c.id)


@dataclass(frozen=True, slots=True)
class ChangesAsked:
    """Which changes of an environment are asked for; None where either will do."""

    home: Home
    window: Window
    application_keys: tuple[str, ...] = ()
    with_global: bool = True
    has_experiments: bool | None = None
    size: str | None = None
    key_part: str | None = None

    def of(self, table: Table) -> ColumnElement[bool]:
        """Whether a change, or a day's sum of changes, is asked for, whatever its size and its flag's key."""
        wanted = [
            by_scope(self.home, self.application_keys, table, with_global=self.with_global),
            self.window.holds(table.c.at),
        ]
        if self.has_experiments:
            # There are no experiments yet.
            wanted.append(false())
        return and_(*wanted)

    @property
    def where(self) -> ColumnElement[bool]:
        wanted = [self.of(flag_changes)]
        if self.size is not None:
            wanted.append(SIZES[self.size])
        if self.key_part:
            wanted.append(contains_text(flag_changes.c.flag_key, self.key_part))
        return and_(*wanted)


@dataclass(frozen=True, slots=True)
class ChangesFound:
    """A page of changes, and the cursors of the pages beside it."""

    changes: Sequence[FlagChange]
    total: int
    earlier: Cursor | None
    later: Cursor | None


def list_changes(db: Transaction, asked: ChangesAsked, turn: Turn) -> ChangesFound:
    """Newest first. Two queries."""
    total = db.value(select(func.count()).select_from(flag_changes).where(asked.where))
    turned = read_turn(db, select(flag_changes).where(asked.where), _NEWEST_FIRST, turn)
    changes = [parse_change(row) for row in turned.rows]
    return ChangesFound(changes, int(total), turned.earlier, turned.later)


def tally_changes(
    db: Transaction, asked: ChangesAsked, bucket: Callable[[ColumnElement[int]], ColumnElement[int]]
) -> list[tuple[str, int, int]]:
    """By size of impact, which is `unknown` for some, and number of the bucket: how many. Those whose rows
    are gone are where their day (UTC) begins.
    """

    def counted(
        table: Table, size: ColumnElement[str], number: ColumnElement[int]
    ) -> Select[*tuple[Any, ...]]:
        columns = size.label("size"), bucket(table.c.at).label("bucket"), number.label("number")
        return select(*columns).where(asked.of(table)).group_by("size", "bucket")

    days = flag_change_days.c
    rows = counted(flag_changes, SIZE, func.count())
    sums = counted(flag_change_days, days.size, func.sum(days.number))
    numbers: Counter[tuple[str, int]] = Counter()
    for row in db.rows(union_all(rows, sums)):
        numbers[row.size, row.bucket] += int(row.number)
    return [(size, number, count) for (size, number), count in numbers.items()]


_COUNTED = flag_changes.c.is_rollback.is_(False)
_COUNTS = {
    "moved": HAS_MOVED,
    "without_impact": and_(_COUNTED, flag_changes.c.impact == 0),
    "unknown": and_(_COUNTED, IS_UNKNOWN),
    "waiting": and_(_COUNTED, IS_WAITING),
    "rollbacks": flag_changes.c.is_rollback.is_(True),
}
_SUMS = (
    func.count().label("changes"),
    func.sum(case((HAS_MOVED, flag_changes.c.impact), else_=0)).label("total_impact"),
    *(func.sum(case((holds, 1), else_=0)).label(name) for name, holds in _COUNTS.items()),
)
_SUM_NAMES = ("changes", "moved", "total_impact", "without_impact", "unknown", "waiting", "rollbacks")
_every_change = flag_changes.alias("every_change")


def count_changes(db: Transaction, extents: Sequence[Extent]) -> list[ChangeCounts]:
    """What became of the changes of each extent. Two queries, however many extents, and one more where rows
    of their time are gone.
    """
    rows = read_branches(db, _counts, sizes_of(extents), values_of(extents))
    found = [
        ChangeCounts(row.first_at, *(int(getattr(row, name) or 0) for name in _SUM_NAMES)) for row in rows
    ]
    gone = read_gone(db, {extent.environment_id for extent in extents})
    for n, extent in enumerate(extents):
        if extent.environment_id in gone:
            found[n] = replace(found[n], first_at=gone[extent.environment_id].first_at)
    old = [n for n, extent in enumerate(extents) if _reaches_back(extent, gone)]
    for n, days in zip(old, count_gone(db, [extents[n] for n in old]), strict=True):
        found[n] = found[n].with_days(days)
    return found


def _reaches_back(extent: Extent, gone: Mapping[str, Gone]) -> bool:
    return extent.environment_id in gone and extent.start <= gone[extent.environment_id].last_day


def _counts(number: int, applications: int) -> Select[*tuple[Any, ...]]:
    extent, every = named_extent(number, applications), _every_change.c
    first = select(func.min(every.at)).where(extent.home.holds(_every_change))
    return select(first.scalar_subquery().label("first_at"), *_SUMS).where(in_extent(extent))


def list_moving(db: Transaction, extent: Extent, limit: int) -> list[str]:
    """The ids of the newest changes that count."""
    table = flag_changes.c
    newest = select(table.id).where(in_extent(extent), HAS_MOVED).order_by(table.at.desc(), table.id)
    return [row.id for row in db.rows(newest.limit(limit))]


def count_creations(db: Transaction, spans: Sequence[tuple[str, int, int]]) -> list[CreationCounts]:
    """What came and went in a project in each `[start, end)`. Two queries, however many spans."""
    if not spans:
        return []
    projects = {project_id for project_id, _, _ in spans}
    first_at: dict[str, int] = {}
    for row in db.rows(union_all(*(_began(table, projects) for table in (feature_flags, retired_flags)))):
        first_at[row.project_id] = min(row.at, first_at.get(row.project_id, row.at))
    values = {
        f"{name}_{number}": value
        for number, span in enumerate(spans)
        for name, value in zip(("project", "start", "end"), span, strict=True)
    }
    counts: dict[tuple[int, str], int] = {}
    for row in db.execute(_turns(len(spans)), values):
        counts[row.branch, row.kind] = counts.get((row.branch, row.kind), 0) + row.number
    return [
        CreationCounts(first_at.get(span[0]), counts.get((n, "created"), 0), counts.get((n, "retired"), 0))
        for n, span in enumerate(spans)
    ]


def _began(table: Any, projects: set[str]) -> Select[*tuple[Any, ...]]:
    mine = table.c.project_id.in_(projects)
    first = select(table.c.project_id, func.min(table.c.created_at).label("at"))
    return first.where(mine).group_by(table.c.project_id)


@lru_cache(MOST_SHAPES)
def _turns(spans: int) -> CompoundSelect[*tuple[Any, ...]]:
    """Of so many spans."""
    return union_all(*(part for number in range(spans) for part in _turns_in(number)))


def _turns_in(number: int) -> list[Select[*tuple[Any, ...]]]:
    living, gone = feature_flags.c, retired_flags.c
    project: Any = bindparam(f"project_{number}")
    start: Any = bindparam(f"start_{number}")
    end: Any = bindparam(f"end_{number}")

    def count(
        table: Any, kind: str, at: ColumnElement[int], *more: ColumnElement[bool]
    ) -> Select[*tuple[Any, ...]]:
        where = (table.project_id == project, at >= start, at < end, *more)
        labels = literal(number).label("branch"), literal(kind).label("kind")
        return select(*labels, func.count().label("number")).where(*where)

    return [
        count(living, "created", living.created_at, living.temporary.is_(True)),
        count(gone, "created", gone.created_at, gone.temporary.is_(True)),
        count(living, "retired", living.archived_at),
        count(gone, "retired", gone.retired_at),
    ]


def list_turned(db: Transaction, project_id: str, start: int, end: int, limit: int) -> list[str]:
    """The keys of the flags that came or went in `[start, end)`."""
    living, gone = feature_flags.c, retired_flags.c
    rows = list[Any]()
    for table, key, retired in (
        (living, living.key, living.archived_at),
        (gone, gone.flag_key, gone.retired_at),
    ):
        came = and_(table.temporary.is_(True), table.created_at >= start, table.created_at < end)
        went = and_(retired >= start, retired < end)
        where = table.project_id == project_id, or_(came, went)
        rows += db.rows(select(key.label("key")).where(*where).order_by(key).limit(limit))
    return sorted(row.key for row in rows)[:limit]
