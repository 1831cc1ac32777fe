"""`daybreak copy`: everything from one database into another, of the same engine or the other one."""

from pathlib import Path

import click
from sqlalchemy import Engine

from daybreak.cli.moving import (
    copy_and_show,
    in_words,
    name_of,
    open_existing,
    parse_address,
)
from daybreak.cli.program import open_program
from daybreak.platform.dialect import data_file


@click.command("copy")
@click.option(
    "--from", "source", required=True, callback=parse_address, help="sqlite:///FILE or postgresql://…"
)
@click.option(
    "--to", "target", required=True, callback=parse_address, help="sqlite:///FILE or postgresql://…"
)
@click.option("--replace", "replaces", is_flag=True, help="Replace all that the target holds.")
def copy_command(source: str, target: str, *, replaces: bool) -> None:
    """Copy a database into another one, and compare what arrived with what was sent.

    The target's tables are made, or brought up to date, first. It holds the whole copy, or what it held
    before.
    """
    with open_existing(source) as origin, open_program(target, migrated=False) as program, in_words():
        if _is_same(origin.database.engine, program.database.engine):
            raise click.ClickException("Both addresses are of the same database.")
        copy_and_show(origin.database, program, replaces=replaces)
        click.echo(f"{name_of(program)} holds what {name_of(origin)} held.")


def _is_same(one: Engine, other: Engine) -> bool:
    """As far as the addresses tell. The first is there."""
    files = data_file(one), data_file(other)
    if files[0] and files[1]:
        return Path(files[1]).exists() and Path(files[1]).samefile(files[0])
    return one.url.set(drivername="any") == other.url.set(drivername="any")
