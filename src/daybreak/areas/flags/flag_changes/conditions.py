"""Which changes of flags belong to what is asked, and what they count as."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, case, or_, select

from daybreak.areas.flags.evaluation_counts.tables import flag_applications
from daybreak.areas.flags.flag_changes.model import Extent
from daybreak.areas.flags.flag_changes.tables import flag_changes
from daybreak.areas.projects.queries import Home
from daybreak.logic.scoring.impact import MEDIUM_FROM, MEDIUM_TO, PARTS

_TABLE = flag_changes.c

IS_WAITING = _TABLE.settle_at.is_not(None)
IS_UNKNOWN = and_(_TABLE.impact.is_(None), _TABLE.settle_at.is_(None))
HAS_MOVED = and_(_TABLE.impact > 0, _TABLE.is_rollback.is_(False))

NO_IMPACT, UNKNOWN = "none", "unknown"
SIZES: dict[str, ColumnElement[bool]] = {
    NO_IMPACT: _TABLE.impact == 0,
    "small": and_(_TABLE.impact > 0, _TABLE.impact < MEDIUM_FROM * PARTS),
    "medium": _TABLE.impact.between(MEDIUM_FROM * PARTS, MEDIUM_TO * PARTS),
    "large": _TABLE.impact > MEDIUM_TO * PARTS,
}


# Of a change: one of these, or unknown.
SIZE = case(*((holds, name) for name, holds in SIZES.items()), else_=UNKNOWN)


def named_extent(number: int, applications: int) -> Extent:
    """One whose values are given when the statement is executed."""

    def name(what: str) -> Any:
        return bindparam(f"{what}_{number}")

    keys = tuple(name(f"application{n}") for n in range(applications))
    return Extent(Home(name("project"), name("environment")), keys, name("start"), name("end"))


def sizes_of(extents: Sequence[Extent]) -> list[int]:
    """How many applications each names."""
    return [len(extent.application_keys) for extent in extents]


def values_of(extents: Sequence[Extent]) -> dict[str, Any]:
    """Of extents that were named by their numbers."""
    values: dict[str, Any] = {}
    for number, extent in enumerate(extents):
        named: dict[str, Any] = {"project": extent.home.project_id, "environment": extent.environment_id}
        named |= {"start": extent.start, "end": extent.end}
        named |= {f"application{n}": key for n, key in enumerate(extent.application_keys)}
        values |= {f"{what}_{number}": value for what, value in named.items()}
    return values


def in_extent(extent: Extent, table: Table = flag_changes) -> ColumnElement[bool]:
    """Whether a change, or a day's sum of changes, belongs to it: a day does where it begins."""
    return and_(
        of_applications(extent.home, extent.application_keys, table),
        table.c.at >= extent.start,
        table.c.at < extent.end,
    )


def of_applications(home: Home, keys: Collection[str], table: Table) -> ColumnElement[bool]:
    """In an environment, of flags that one of the applications evaluates there; no keys: of all flags."""
    here = home.holds(table)
    return and_(here, table.c.flag_id.in_(_evaluated(home, keys))) if keys else here


def by_scope(home: Home, keys: Collection[str], table: Table, *, with_global: bool) -> ColumnElement[bool]:
    """What is asked for by applications, with what belongs to none of them or without: flags that no
    application is known to evaluate there.
    """
    mine, nobodys = of_applications(home, keys, table), table.c.flag_id.not_in(_evaluated(home, ()))
    if with_global:
        return and_(home.holds(table), or_(mine, nobodys)) if keys else mine
    return and_(mine, ~nobodys)


def _evaluated(home: Home, keys: Collection[str]) -> Select[Any]:
    table = flag_applications.c
    where = [home.holds(flag_applications)]
    if keys:
        where.append(table.application_key.in_(keys))
    return select(table.flag_id).where(*where)
