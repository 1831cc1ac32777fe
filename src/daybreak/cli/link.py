"""`daybreak link`: a way in for whoever has lost theirs, for whoever can open the database."""

import click

from daybreak.areas.people.intake import LinkSender, make_link
from daybreak.cli.program import open_program
from daybreak.platform.mail import Mail


@click.command()
@click.argument("email", required=False, default="")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def link(email: str, database: str | None) -> None:
    """Print a link by which a member, or without an EMAIL the owner, chooses a password."""
    with open_program(database) as program, program.database.writing() as db:
        links = LinkSender(program.settings.address, Mail("", ""))
        made = make_link(db, program.clock.now(), links, email)
    click.echo(made)
