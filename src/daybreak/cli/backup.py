"""`daybreak backup` and `daybreak restore`: all data in one file, and back, while servers run."""

from datetime import UTC, datetime
from pathlib import Path

import click

from daybreak import __version__
from daybreak.cli.moving import (
    ShownProgress,
    copy_and_show,
    in_words,
    name_of,
    open_existing,
    parse_address,
)
from daybreak.cli.program import open_program
from daybreak.platform.clock import SECOND, stopwatch
from daybreak.platform.copying.backups import Label, make_backup, open_backup
from daybreak.platform.dialect import data_file

_DATABASE = click.option("--database", callback=parse_address, help="sqlite:///FILE or postgresql://…")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@_DATABASE
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
def backup(file: Path, database: str | None, *, force: bool) -> None:
    """Write all data into FILE, of one moment. Servers go on meanwhile.

    It holds keys, tokens' digests and whatever else the database holds: only its owner may read it.
    """
    with in_words():
        if file.exists() and not force:
            raise click.ClickException(
                f"{file} is there already. Choose another name, or replace it with --force."
            )
        if not file.parent.is_dir():
            raise click.ClickException(f"There is no folder {file.parent} to write into.")
    with open_existing(database) as program, in_words():
        engine = "PostgreSQL" if data_file(program.database.engine) is None else "SQLite"
        label = Label(program.clock.now(), __version__, engine)
        start = stopwatch()
        with ShownProgress() as progress:
            size = make_backup(program.database, file, label, progress)
        seconds = stopwatch() - start
    click.echo(f"Wrote {file}: {size / 1e6:,.1f} MB in {seconds:.1f} s. It holds secrets: keep it safe.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_DATABASE
@click.option("--replace", "replaces", is_flag=True, help="Replace all that the database holds.")
def restore(file: Path, database: str | None, *, replaces: bool) -> None:
    """Make the database hold what the backup FILE holds. Running servers and their SDKs follow at once.

    Its tables are made, or brought up to date, first. It holds the whole backup, or what it held before.
    """
    with (
        in_words(),
        open_backup(file) as opened,
        open_program(database, migrated=False) as program,
        in_words(),
    ):
        copy_and_show(opened.database, program, replaces=replaces)
        click.echo(f"{name_of(program)} holds {file}{_describe(opened.label)}.")


def _describe(label: Label | None) -> str:
    if label is None:
        return ", which does not say when it was made"
    made_at = datetime.fromtimestamp(label.made_at // SECOND, UTC)
    return f", made at {made_at:%Y-%m-%d %H:%M:%S} UTC by Daybreak {label.program} from {label.engine}"
