"""`daybreak migrate`: brings the database's schema up to date."""

import click

from daybreak.cli.program import open_program
from daybreak.platform.schema import migrate, read_schema_version


@click.command("migrate")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def migrate_command(database: str | None) -> None:
    """Create the database's tables, or bring them up to date."""
    with open_program(database, migrated=False) as program:
        before = read_schema_version(program.database)
        migrate(program.database)
        after = read_schema_version(program.database)
    if before == after:
        click.echo(f"The schema is up to date ({after}).")
    else:
        click.echo(f"The schema went from {before or 'nothing'} to {after}.")
