"""`daybreak doctor`: looks at what can be wrong with an installation, and says what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import click

from daybreak.areas.insights.queries import count_timed_out, newest_fact, unresolved_versions
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
    yield _examine_clock(program)
    yield _examine_disk(program)
    try:
        version = read_schema_version(program.database)
    except Unavailable as error:
        yield Finding(Health.BROKEN, "The database does not answer.", error.message)
        return
    yield _examine_schema(version)
    yield _examine_data(program)
    if version == newest_schema_version():
        yield from _examine_facts(program)


def _examine_clock(program: Program) -> Finding:
    if program.clock.now() < EARLIEST:
        return Finding(Health.BROKEN, "The clock is wrong: it is before 2026.", "Set the machine's time.")
    return Finding(Health.GOOD, "The clock is plausible.")


def _examine_disk(program: Program) -> Finding:
    file = data_file(program.database.engine)
    if file is None:
        return Finding(Health.GOOD, "The data lie on a database server: look at its disk there.")
    free = shutil.disk_usage(Path(file).resolve().parent).free
    said = f"{free // 1024**2:,} MB are free where the database lies."
    if free < LEAST_FREE:
        return Finding(Health.BROKEN, said, "Make room: without it nothing can be written.")
    return Finding(Health.GOOD, said)


def _examine_schema(version: str | None) -> Finding:
    newest = newest_schema_version()
    if version == newest:
        return Finding(Health.GOOD, f"The schema is up to date ({version}).")
    what = f"The schema is {version or 'empty'}; this program needs {newest}."
    return Finding(Health.BROKEN, what, "Run `daybreak migrate`; `daybreak serve` does it too.")


def _examine_data(program: Program) -> Finding:
    with program.database.reading() as db:
        faults = check_integrity(db.connection)
    if faults:
        advice = "Stop the server, keep a copy of the file, and restore a backup. " + "; ".join(faults)
        return Finding(Health.BROKEN, "The database file is damaged.", advice)
    return Finding(Health.GOOD, "The stored data are sound.")


def _examine_facts(program: Program) -> Iterator[Finding]:
    now = program.clock.now()
    with program.database.reading() as db:
        unresolved, late, newest = unresolved_versions(db), count_timed_out(db, now), newest_fact(db)
    if newest is not None and newest > now + DAY:
        yield Finding(
            Health.DOUBTFUL, "There are deployments in the future.", "Some sender's clock is wrong."
        )
    if late:
        what = f"{late} deployments started more than a day ago and never ended."
        yield Finding(
            Health.DOUBTFUL, what, "Send their finished or failed event; until then they count nowhere."
        )
    for each in unresolved[:MOST_SHOWN]:
        place = f"{each.project_key} / {each.environment_key} / {each.application_key}"
        what = f"{place}: {each.count} deployments have a version that belongs to no known commit."
        advice = (
            f"For example {each.example!r}. Import its repository (`daybreak import git`), or associate it "
            "with the project; then their changes are linked."
        )
        yield Finding(Health.DOUBTFUL, what, advice)
    if len(unresolved) > MOST_SHOWN:
        yield Finding(Health.DOUBTFUL, f"… and {len(unresolved) - MOST_SHOWN} more applications like these.")
    if not unresolved:
        yield Finding(Health.GOOD, "Every deployment's version belongs to a known commit.")
