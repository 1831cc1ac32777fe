"""The facts of scopes in periods, read from the fact tables: each is a range of one covering index.

Every scope in every period is a branch of one UNION, so that twenty groups cost as many queries as one. What
the branches ask is in `conditions.py`; the statements are built once for every shape of a question.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, case, exists, func, or_, select

from daybreak.areas.insights.facts.tables import (
    deployment_changes,
    deployment_days,
    deployments,
    environment_applications,
)
from daybreak.areas.insights.scores.conditions import (
    Marks,
    added_up_in,
    arrived_in,
    had_failed,
    has_failed,
    is_new_version,
    named_marks,
    of_applications,
    settled_in,
    values_of,
    were_new_versions,
    within,
)
from daybreak.areas.insights.scores.flags import read_flag_facts
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.facts import DeploymentFacts, Facts, LeadTimeFacts, coverage_of
from daybreak.logic.scoring.model import DAY, Period
from daybreak.platform.branches import MOST_SHAPES, read_branches
from daybreak.platform.database import Transaction
from daybreak.platform.dialect import Medians
from daybreak.platform.errors import NotFound
from daybreak.platform.spreading import where_it_lies

# An application that nobody deployed for half a year is no longer alive.
LIVE_FOR = 182 * DAY

# A statement binds a bounded number of values, and a scope may name 200 applications.
SCOPES_AT_ONCE = 20

Place = tuple[Scope, Period]
Shape = tuple[int, ...]
Branch = Callable[[Marks], Select[*tuple[Any, ...]]]


def read_facts(
    db: Transaction, scopes: Sequence[Scope], periods: Sequence[Period], now: int
) -> Mapping[Place, Facts]:
    """What is known of each scope in each period. As many queries for a page of scopes as for one."""
    found: dict[Place, Facts] = {}
    for start in range(0, len(scopes), SCOPES_AT_ONCE):
        part = scopes[start : start + SCOPES_AT_ONCE]
        found |= _read_facts(db, [(scope, period) for scope in part for period in periods], now)
    return found


def _read_facts(db: Transaction, places: Sequence[Place], now: int) -> dict[Place, Facts]:
    alive = _read_branches(db, _alive, places)
    coverages = {place: coverage_of(place[1], alive[place].first_at) for place in places}
    watched = [place for place in places if coverages[place].covered]
    counts = _read_branches(db, _counts, watched)
    # Of those that are gone, where rows of the period's time may be.
    gone = _read_branches(db, _added_up, [place for place in watched if _is_final(alive[place], place[1])])
    medians = _read_medians(db, watched)
    flags = read_flag_facts(db, places, now)
    found = {}
    for place in places:
        coverage, (changes, median) = coverages[place], medians.get(place, (0, None))
        counted = [rows[place] for rows in (counts, gone) if place in rows]
        found[place] = Facts(
            DeploymentFacts(
                coverage=coverage,
                finished_versions=sum(int(row.versions or 0) for row in counted),
                live_applications=int(alive[place].live or 0),
                settled=sum(int(row.settled or 0) for row in counted),
                failed=sum(int(row.failed or 0) for row in counted),
            ),
            LeadTimeFacts(coverage, changes, median),
            flags[place].impact,
            flags[place].experimentation,
            flags[place].health,
            flags[place].creation,
        )
    return found


def _is_final(alive: Row[Any], period: Period) -> bool:
    return alive.kept_since is not None and period.start < alive.kept_since


def _alive(marks: Marks) -> Select[*tuple[Any, ...]]:
    """How many applications were alive at the period's end, when the first of all was first deployed, and
    before which instant some deployments are gone.
    """
    table, days = environment_applications.c, deployment_days.c
    is_live = exists(
        select(deployments.c.id).where(
            where_it_lies(deployments.c.project_id == marks.project),
            deployments.c.environment_id == table.environment_id,
            deployments.c.application_key == table.application_key,
            deployments.c.is_counted.is_(True),
            within(deployments.c.ended_at, marks.end - LIVE_FOR, marks.end),
        )
    )
    was_live = exists(
        select(days.at).where(
            where_it_lies(days.project_id == marks.project),
            days.environment_id == table.environment_id,
            days.application_key == table.application_key,
            within(days.at, marks.end - LIVE_FOR, marks.end),
        )
    )
    is_alive = or_(is_live, and_(table.kept_since.is_not(None), was_live))
    live = func.sum(case((is_alive, 1), else_=0)).label("live")
    times = func.min(table.first_at).label("first_at"), func.max(table.kept_since).label("kept_since")
    return select(live, *times).where(of_applications(marks, environment_applications))


def _counts(marks: Marks) -> Select[*tuple[Any, ...]]:
    return select(
        func.count().label("settled"),
        func.sum(case((is_new_version(marks), 1), else_=0)).label("versions"),
        func.sum(case((has_failed(marks), 1), else_=0)).label("failed"),
    ).where(settled_in(marks))


def _added_up(marks: Marks) -> Select[*tuple[Any, ...]]:
    """As `_counts`, of deployments whose rows are gone."""
    number = deployment_days.c.number
    return select(
        func.sum(number).label("settled"),
        func.sum(case((were_new_versions(marks), number), else_=0)).label("versions"),
        func.sum(case((had_failed(marks), number), else_=0)).label("failed"),
    ).where(added_up_in(marks))


def _lead_times(marks: Marks) -> Select[int]:
    table = deployment_changes.c
    return select(table.lead_ms).where(arrived_in(marks), table.is_bot.is_(False))


def _read_branches(db: Transaction, branch: Branch, places: Sequence[Place]) -> dict[Place, Row[Any]]:
    """The one row of each place, in one query."""
    rows = read_branches(db, _numbered(branch), _shape(places), _values(places))
    return dict(zip(places, rows, strict=True))


@cache
def _numbered(branch: Branch) -> Callable[[int, int], Select[*tuple[Any, ...]]]:
    return lambda number, applications: branch(named_marks(number, applications))


def _read_medians(db: Transaction, places: Sequence[Place]) -> dict[Place, tuple[int, Any]]:
    """How many lead times there are, and their median."""
    if not places:
        return {}
    medians = _medians(_shape(places))
    return dict(zip(places, medians.read(db.connection, _values(places)), strict=True))


def _shape(places: Sequence[Place]) -> Shape:
    return tuple(len(scope.application_keys) for scope, _ in places)


def _values(places: Sequence[Place]) -> dict[str, Any]:
    return {k: v for number, place in enumerate(places) for k, v in values_of(number, *place).items()}


@lru_cache(MOST_SHAPES)
def _medians(shape: Shape) -> Medians:
    return Medians([_lead_times(named_marks(number, n)) for number, n in enumerate(shape)])


def require_applications(db: Transaction, environment_ids: Sequence[str], keys: Sequence[str]) -> None:
    """Raises NotFound for an application that was never deployed to any of the environments."""
    if not keys:
        return
    table = environment_applications.c
    deployed = select(table.application_key).where(
        table.environment_id.in_(environment_ids), table.application_key.in_(keys)
    )
    known = {row.application_key for row in db.rows(deployed)}
    for key in keys:
        if key not in known:
            raise NotFound(f"Invalid resource identifier: no application {key!r} was ever deployed here")
