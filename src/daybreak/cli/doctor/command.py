"""`daybreak doctor`: looks at what can be wrong with an installation, and says what to do about it."""

from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError, OperationalError

from daybreak.cli.doctor.database import examine_database, judge_damage, judge_silence
from daybreak.cli.doctor.facts import examine_facts
from daybreak.cli.doctor.finding import Finding, Health
from daybreak.cli.doctor.machine import examine_data_file, examine_machine, find_missing
from daybreak.cli.doctor.server import examine_server
from daybreak.cli.doctor.work import examine_journals, examine_work
from daybreak.cli.program import Program, open_program
from daybreak.platform.dialect import data_file
from daybreak.platform.errors import Unavailable
from daybreak.platform.schema import is_up_to_date


@click.command()
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def doctor(database: str | None) -> None:
    """Check machine, database, recurring work and facts, and say what to do. Fails if something is broken."""
    is_broken = False
    with open_program(database, migrated=False, makes_folder=False) as program:
        for finding in examine(program):
            is_broken = is_broken or finding.health is Health.BROKEN
            click.echo(f"{finding.health.value} {finding.what}")
            if finding.advice:
                click.echo(f"    {finding.advice}")
    if is_broken:
        raise SystemExit(1)


def examine(program: Program) -> Iterator[Finding]:
    """What was found, one after the other; nothing is written, not even an empty database."""
    file = data_file(program.database.engine)
    yield from examine_machine(program.clock.now())
    if file is not None:
        missing = find_missing(Path(file))
        if missing is not None:
            yield missing
            return
        yield from examine_data_file(Path(file).resolve())
    try:
        yield from _examine_inside(program)
    except Unavailable as error:
        yield judge_silence(program.database, error.__cause__ or error)
    except DatabaseError as error:
        # SQLite says so of a page that makes no sense; all else it and a server complain of is operational.
        is_damaged = file is not None and not isinstance(error, OperationalError)
        yield judge_damage(str(error.orig)) if is_damaged else judge_silence(program.database, error)


def _examine_inside(program: Program) -> Iterator[Finding]:
    if data_file(program.database.engine) is None:
        yield from examine_server(program.database)
    yield from examine_database(program)
    if is_up_to_date(program.database):
        yield from examine_work(program)
        yield from examine_facts(program)
    yield from examine_journals(program)
