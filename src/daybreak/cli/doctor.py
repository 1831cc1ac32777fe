"""`daybreak doctor`: looks at what can be wrong with an installation, and says what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from daybreak.areas.flags.queries import Totals, event_totals
from daybreak.areas.insights.queries import (
    UnresolvedVersions,
    count_timed_out,
    newest_fact,
    unresolved_versions,
)
from daybreak.cli.program import Program, open_program
from daybreak.platform.clock import DAY
from daybreak.platform.dialect import check_integrity, data_file
from daybreak.platform.errors import Unavailable
from daybreak.platform.schema import newest_schema_version, read_schema_version

# 2026-01-01: no program of this version ran earlier, so a clock that says so is wrong.
EARLIEST = 1_767_225_600_000
LEAST_FREE = 200 * 1024 * 1024
MOST_SHOWN = 10


class Health(Enum):
    """How grave a finding is: only what is broken makes the command fail."""

    GOOD = "✓"
    DOUBTFUL = "!"
    BROKEN = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do where it is not good."""

    health: Health
    what: str
    advice: str = ""


@click.command()
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def doctor(database: str | None) -> None:
    """Check database, migrations, clock, disk and unresolved versions. Fails if something is broken."""
    is_broken = False
    with open_program(database, migrated=False) as program:
        for finding in examine(program):
            is_broken = is_broken or finding.health is Health.BROKEN
            click.echo(f"{finding.health.value} {finding.what}")
            if finding.advice:
                click.echo(f"    {finding.advice}")
    if is_broken:
        raise SystemExit(1)


def examine(program: Program) -> Iterator[Finding]:
    """What was found, one after the other; nothing is written, not even an empty database."""
    yield judge_clock(program.clock.now())
    file = data_file(program.database.engine)
    if file is None:
        yield Finding(Health.GOOD, "The data lie on a database server: look at its disk there.")
    else:
        yield judge_space(shutil.disk_usage(Path(file).resolve().parent).free)
        if not Path(file).exists():
            advice = "Is this the right place? `daybreak serve` or `daybreak migrate` would make one here."
            yield Finding(Health.BROKEN, f"There is no database at {file}.", advice)
            return
    try:
        yield from _examine_database(program)
    except Unavailable as error:
        yield _unreachable(program, error.__cause__ or error)
    except DatabaseError as error:
        # SQLite says so of a page that makes no sense; all else it and a server complain of is operational.
        is_damaged = file is not None and not isinstance(error, OperationalError)
        yield _damaged(str(error.orig)) if is_damaged else _unreachable(program, error)


def judge_clock(now: int) -> Finding:
    if now < EARLIEST:
        return Finding(Health.BROKEN, "The clock is wrong: it is before 2026.", "Set the machine's time.")
    return Finding(Health.GOOD, "The clock is plausible.")


def judge_space(free: int) -> Finding:
    said = f"{free // 1024**2:,} MB are free where the database lies."
    if free < LEAST_FREE:
        return Finding(Health.BROKEN, said, "Make room: without it nothing can be written.")
    return Finding(Health.GOOD, said)


def _unreachable(program: Program, error: BaseException) -> Finding:
    address = program.database.engine.url.render_as_string(hide_password=True)
    reason = str(getattr(error, "orig", error)).splitlines()[0]
    advice = f"Is {address} right, does it run, and may this user open it? It said: {reason}"
    return Finding(Health.BROKEN, "The database does not answer.", advice)


def _damaged(*faults: str) -> Finding:
    advice = "Stop the server, keep a copy of the file, and restore a backup. " + "; ".join(faults)
    return Finding(Health.BROKEN, "The database file is damaged.", advice)


def _examine_database(program: Program) -> Iterator[Finding]:
    version = read_schema_version(program.database)
    yield _judge_schema(version)
    with program.database.reading() as db:
        faults = check_integrity(db.connection)
    yield _damaged(*faults) if faults else Finding(Health.GOOD, "The stored data are sound.")
    if version == newest_schema_version():
        yield from _examine_facts(program)


def _judge_schema(version: str | None) -> Finding:
    newest = newest_schema_version()
    if version == newest:
        return Finding(Health.GOOD, f"The schema is up to date ({version}).")
    what = f"The schema is {version or 'empty'}; this program needs {newest}."
    if version is not None and version > newest:
        return Finding(Health.BROKEN, what, "A newer Daybreak has written it: use that one.")
    return Finding(Health.BROKEN, what, "Run `daybreak migrate`; `daybreak serve` does it too.")


def _examine_facts(program: Program) -> Iterator[Finding]:
    now = program.clock.now()
    with program.database.reading() as db:
        unresolved, late, newest = unresolved_versions(db), count_timed_out(db, now), newest_fact(db)
        events = event_totals(db, now - DAY)
    if newest is not None and newest > now + DAY:
        advice = "This machine's clock is behind, or some sender's is ahead."
        yield Finding(Health.DOUBTFUL, "There are deployments in the future.", advice)
    if late:
        what = f"Deployments that started more than a day ago and never ended: {late}."
        advice = "Send their finished or failed event; until then they count nowhere."
        yield Finding(Health.DOUBTFUL, what, advice)
    yield from judge_events(events)
    yield from judge_versions(unresolved)


def judge_events(totals: Totals) -> Iterator[Finding]:
    """Of the last day. Nothing is said where SDKs send nothing."""
    if totals.received:
        yield Finding(Health.GOOD, f"SDKs sent {totals.received} events within a day.")
    if totals.dropped:
        what = f"Evaluations that were not counted within a day: {totals.dropped}."
        advice = "More came within a second than one process keeps. Let SDKs flush less often."
        yield Finding(Health.DOUBTFUL, what, advice)
    if totals.unreadable:
        what = f"Events that make no sense within a day: {totals.unreadable}."
        yield Finding(Health.DOUBTFUL, what, "Something other than an SDK may send to this server.")


def judge_versions(unresolved: list[UnresolvedVersions]) -> Iterator[Finding]:
    """The most frequent first; beyond a screenful only how many more there are."""
    for each in unresolved[:MOST_SHOWN]:
        place = f"{each.project_key} / {each.environment_key} / {each.application_key}"
        what = f"{place}: deployments whose version belongs to no known commit: {each.count}."
        advice = (
            f"The latest is {each.example!r}: {each.reason}. Import its repository (`daybreak import git`), "
            "or deploy under a commit's SHA or a tag's name; then its changes are linked."
        )
        yield Finding(Health.DOUBTFUL, what, advice)
    if len(unresolved) > MOST_SHOWN:
        yield Finding(Health.DOUBTFUL, f"… and {len(unresolved) - MOST_SHOWN} more applications like these.")
    if not unresolved:
        yield Finding(Health.GOOD, "Every deployment's version belongs to a known commit.")
