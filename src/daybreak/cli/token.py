"""`daybreak token`: access tokens from the command line, for whoever can open the database."""

import click

from daybreak.areas.people.intake import create_service_token
from daybreak.cli.program import open_program


@click.group()
def token() -> None:
    """Access tokens."""


@token.command()
@click.option("--name", required=True, help="What the token is for.")
@click.option("--role", type=click.Choice(["reader", "writer", "admin"]), required=True)
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def create(name: str, role: str, database: str | None) -> None:
    """Create a service token and print it: it cannot be shown again."""
    with open_program(database) as program, program.database.writing() as db:
        secret = create_service_token(db, program.clock.now(), name=name, role=role)
    click.echo(secret)
