"""The command line: one file per command, gathered here."""

import click

from daybreak import __version__
from daybreak.cli.doctor import doctor
from daybreak.cli.import_git import import_
from daybreak.cli.migrate import migrate_command
from daybreak.cli.scores import scores
from daybreak.cli.serve import serve
from daybreak.cli.token import token


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="Daybreak %(version)s")
def main() -> None:
    """Release intelligence you can trace: delivery scores and feature flags, on your own machine."""


for command in (serve, import_, scores, token, doctor, migrate_command):
    main.add_command(command)
