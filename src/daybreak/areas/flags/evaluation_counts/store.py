"""Evaluation counts in the database: added to, folded as they age, and summed up for those who ask."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, literal, or_, select

from daybreak.areas.flags.evaluation_counts.model import (
    FINEST,
    FOLDED,
    NO_VARIATION,
    FirstUse,
    FlagUse,
    Request,
    Span,
    Totals,
    Uses,
)
from daybreak.areas.flags.evaluation_counts.tables import (
    evaluation_counts,
    event_totals,
    flag_applications,
    flag_context_kinds,
    flag_requests,
)
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.projects.queries import Home
from daybreak.platform.clock import HOUR
from daybreak.platform.database import Transaction
from daybreak.platform.partitions import forget_before, is_any_before

# A statement binds a bounded number of values.
SPANS_AT_ONCE = 100

# Says nothing but how to find the old ones: by the index of widths and times.
_OF_ANY_WIDTH = evaluation_counts.c.width.in_([FINEST, *(wide for _, wide, _ in FOLDED)])


@dataclass(frozen=True, slots=True)
class _Counted:
    """A flag as counting needs it."""

    project_id: str
    environment_id: str
    flag_id: str
    variation_ids: Sequence[str]
    use: FlagUse

    @property
    def place(self) -> dict[str, Any]:
        """What each row about it begins with."""
        return {
            "project_id": self.project_id,
            "environment_id": self.environment_id,
            "flag_id": self.flag_id,
        }


def add_uses(db: Transaction, uses: Uses, project_ids: Mapping[str, str], now: int) -> None:
    """Adds what was counted; `project_ids` has the project of each environment that exists.

    What is told of flags that do not exist is passed over. One query a project, and four statements in all.
    Rows are written in the order of their keys, so that two processes never wait for each other.
    """
    counted = _find_flags(db, uses, project_ids)
    requests = [
        {**each.place, "first_at": now, "last_at": now, "default": each.use.default} for each in counted
    ]
    told = [row for row, each in zip(requests, counted, strict=True) if each.use.has_default]
    silent = [row for row, each in zip(requests, counted, strict=True) if not each.use.has_default]
    db.insert_or_update(flag_requests, told, ["last_at", "default"])
    db.insert_or_update(flag_requests, silent, ["last_at"])
    db.insert_or_add(evaluation_counts, _count_rows(counted), ["evaluations"])
    db.insert_or_update(flag_context_kinds, _kind_rows(counted, now), ["last_at"])
    db.insert_or_update(flag_applications, _application_rows(counted, now), [])


def add_totals(db: Transaction, totals: Totals, now: int) -> None:
    """Adds to what came in this hour."""
    row = {
        "hour": _begin(now, HOUR),
        "received": totals.received,
        "dropped": totals.dropped,
        "unreadable": totals.unreadable,
    }
    db.insert_or_add(event_totals, [row], ["received", "dropped", "unreadable"])


def read_totals(db: Transaction, since: int) -> Totals:
    """What came in the hours that began after `since` (Unix ms)."""
    table = event_totals.c
    sums = (func.coalesce(func.sum(each), 0) for each in (table.received, table.dropped, table.unreadable))
    return Totals(*(int(each) for each in db.rows(select(*sums).where(table.hour >= since))[0]))


def _find_flags(db: Transaction, uses: Uses, project_ids: Mapping[str, str]) -> list[_Counted]:
    keys: dict[str, set[str]] = {}
    for environment_id, key in uses:
        if environment_id in project_ids:
            keys.setdefault(project_ids[environment_id], set()).add(key)
    found = {}
    for project_id, wanted in keys.items():
        for row in _read_flags(db, project_id, wanted):
            found[project_id, row.key] = row.id, [each["id"] for each in row.variations]
    counted = []
    for (environment_id, key), use in uses.items():
        project_id = project_ids.get(environment_id, "")
        flag = found.get((project_id, key))
        if flag is not None:
            counted.append(_Counted(project_id, environment_id, *flag, use))
    return sorted(counted, key=lambda each: (each.environment_id, each.flag_id))


def _read_flags(db: Transaction, project_id: str, keys: Collection[str]) -> list[Any]:
    wanted, rows = sorted(keys), list[Any]()
    columns = feature_flags.c.id, feature_flags.c.key, feature_flags.c.variations
    for start in range(0, len(wanted), 1_000):
        part = feature_flags.c.key.in_(wanted[start : start + 1_000])
        rows += db.rows(select(*columns).where(feature_flags.c.project_id == project_id, part))
    return rows


def _count_rows(counted: Sequence[_Counted]) -> list[dict[str, Any]]:
    rows = list[dict[str, Any]]()
    for each in counted:
        sums: dict[tuple[int, str], int] = {}
        for (minute, number), count in each.use.counts.items():
            place = minute, _variation_id(each.variation_ids, number)
            sums[place] = sums.get(place, 0) + count
        rows += [
            {**each.place, "at": at, "width": FINEST, "variation_id": variation_id, "evaluations": count}
            for (at, variation_id), count in sorted(sums.items())
        ]
    return rows


def _variation_id(known: Sequence[str], number: int | None) -> str:
    return known[number] if number is not None and 0 <= number < len(known) else NO_VARIATION


def _kind_rows(counted: Sequence[_Counted], now: int) -> list[dict[str, Any]]:
    return [
        {**each.place, "kind": kind, "last_at": now}
        for each in counted
        for kind in sorted(each.use.context_kinds)
    ]


def _application_rows(counted: Sequence[_Counted], now: int) -> list[dict[str, Any]]:
    return [
        {**each.place, "application_key": key, "version": version, "first_at": now}
        for each in counted
        for key, version in sorted(each.use.runs_in)
    ]


def fold(db: Transaction, now: int) -> None:
    """Counts that are old enough are kept by the hour, and later by the day."""
    table = evaluation_counts.c
    for narrow, wide, kept in FOLDED:
        old = and_(table.width == narrow, table.at < _begin(now - kept, wide))
        start = table.at - table.at % wide
        place = table.project_id, table.environment_id, table.flag_id, table.variation_id, start
        columns = ["project_id", "environment_id", "flag_id", "variation_id", "at", "width", "evaluations"]
        sums = select(*place, literal(wide), func.sum(table.evaluations)).where(old).group_by(*place)
        db.insert_or_add_selected(evaluation_counts, columns, sums, ["evaluations"])
        db.execute(delete(evaluation_counts).where(old))


def needs_folding(db: Transaction, now: int) -> bool:
    table = evaluation_counts.c
    return any(
        db.value(select(table.at).where(table.width == narrow, table.at < _begin(now - kept, wide)).limit(1))
        for narrow, wide, kept in FOLDED
    )


def forget_counts(db: Transaction, before: int) -> None:
    """Some of the counts of spans that began before then (Unix ms)."""
    forget_before(db, evaluation_counts, before, _OF_ANY_WIDTH)


def is_any_count_before(db: Transaction, before: int) -> bool:
    return is_any_before(db, evaluation_counts, before, _OF_ANY_WIDTH)


def _begin(at: int, width: int) -> int:
    return at - at % width


def list_requests(
    db: Transaction,
    project_ids: Collection[str],
    environment_ids: Collection[str],
    flag_ids: Collection[str] | None = None,
) -> list[Request]:
    """When flags were evaluated last in environments of these projects; all flags where no ids are given.
    Never evaluated: missing.
    """
    wanted = [
        flag_requests.c.project_id.in_(project_ids),
        flag_requests.c.environment_id.in_(environment_ids),
    ]
    if flag_ids is not None:
        wanted.append(flag_requests.c.flag_id.in_(flag_ids))
    return [
        Request(row.environment_id, row.flag_id, row.last_at, row.default)
        for row in db.rows(select(flag_requests).where(*wanted))
    ]


def count_served(db: Transaction, spans: Sequence[Span]) -> list[dict[str, int]]:
    """How often each variation was served in each span, by its id. Counts that are wider than a minute belong
    to a span that holds their start. One query for a hundred spans.
    """
    found: list[dict[str, int]] = [{} for _ in spans]
    for start in range(0, len(spans), SPANS_AT_ONCE):
        part = spans[start : start + SPANS_AT_ONCE]
        wanted = or_(*(_within(span) for span in part))
        for row in db.rows(select(evaluation_counts).where(wanted)):
            for number, span in enumerate(part, start):
                if _holds(span, row, row.at):
                    found[number][row.variation_id] = found[number].get(row.variation_id, 0) + row.evaluations
    return found


def count_by_hour(db: Transaction, spans: Sequence[Span]) -> list[dict[int, dict[str, int]]]:
    """How often each variation was served in each hour (UTC) of each span, as `count_in_steps` tells it."""
    return count_in_steps(db, spans, HOUR)


def count_in_steps(db: Transaction, spans: Sequence[Span], step: int) -> list[dict[int, dict[str, int]]]:
    """How often each variation was served in each `step` ms (UTC) of each span, by the start of the step and
    the variation's id. Spans begin with a step; what was folded into wider spans counts at their start. One
    query for a hundred spans.
    """
    found: list[dict[int, dict[str, int]]] = [{} for _ in spans]
    table = evaluation_counts.c
    begin = (table.at - table.at % step).label("begin")
    place = table.project_id, table.environment_id, table.flag_id, begin, table.variation_id
    counted = select(*place, func.sum(table.evaluations).label("number")).group_by(*place)
    for start in range(0, len(spans), SPANS_AT_ONCE):
        part = spans[start : start + SPANS_AT_ONCE]
        for row in db.rows(counted.where(or_(*(_within(span) for span in part)))):
            for number, span in enumerate(part, start):
                if _holds(span, row, row.begin):
                    found[number].setdefault(row.begin, {})[row.variation_id] = int(row.number)
    return found


def list_first_uses(
    db: Transaction, home: Home, application_keys: Collection[str], versions: Collection[str]
) -> list[FirstUse]:
    """Where one of these versions of an application was the first to evaluate a flag.

    What an application evaluated when it was heard of for the first time may be older than that version: it
    is left out. Two queries.
    """
    table = flag_applications.c
    mine = and_(home.holds(flag_applications), table.application_key.in_(application_keys))
    flag = table.flag_id, table.application_key
    earliest = (
        select(*flag, func.min(table.first_at).label("first_at")).where(mine).group_by(*flag).subquery()
    )
    first = select(earliest.c.application_key, func.min(earliest.c.first_at).label("at"))
    heard = {row.application_key: row.at for row in db.rows(first.group_by(earliest.c.application_key))}
    is_earliest = and_(
        table.flag_id == earliest.c.flag_id,
        table.application_key == earliest.c.application_key,
        table.first_at == earliest.c.first_at,
    )
    rows = db.rows(
        select(*flag, table.version, table.first_at)
        .join(earliest, is_earliest)
        .where(mine)
        .order_by(table.first_at, *flag)
    )
    oldest = {
        (row.application_key, row.version) for row in rows if row.first_at == heard[row.application_key]
    }
    return [
        FirstUse(row.flag_id, row.application_key, row.version, row.first_at)
        for row in rows
        if row.version in versions and (row.application_key, row.version) not in oldest
    ]


def _within(span: Span) -> ColumnElement[bool]:
    table = evaluation_counts.c
    return and_(
        span.home.holds(evaluation_counts),
        table.flag_id == span.flag_id,
        table.at >= span.start,
        table.at < span.end,
    )


def _holds(span: Span, row: Any, at: int) -> bool:
    is_there: bool = (row.flag_id, row.environment_id) == (span.flag_id, span.home.environment_id)
    return is_there and span.start <= at < span.end


def context_kinds_of(
    db: Transaction,
    project_id: str,
    environment_ids: Collection[str],
    flag_ids: Collection[str],
    since: int,
) -> dict[tuple[str, str], list[str]]:
    """The kinds of contexts that a project's flags were evaluated for since then, by flag and environment."""
    table = flag_context_kinds.c
    wanted = select(flag_context_kinds).where(
        table.project_id == project_id,
        table.environment_id.in_(environment_ids),
        table.flag_id.in_(flag_ids),
        table.last_at >= since,
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in db.rows(wanted.order_by(table.kind)):
        found.setdefault((row.flag_id, row.environment_id), []).append(row.kind)
    return found
