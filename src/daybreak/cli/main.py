"""The command line: one file per command, gathered here."""

import click

from daybreak import __version__
from daybreak.cli.commands import Commands

# Where each command is. Only the one that runs is imported: a server need not load what draws tables.
COMMANDS = {
    "serve": "daybreak.cli.serve:serve",
    "import": "daybreak.cli.imports:import_",
    "scores": "daybreak.cli.scores:scores",
    "token": "daybreak.cli.token:token",
    "link": "daybreak.cli.link:link",
    "doctor": "daybreak.cli.doctor.command:doctor",
    "migrate": "daybreak.cli.migrate:migrate_command",
    "copy": "daybreak.cli.copy:copy_command",
    "backup": "daybreak.cli.backup:backup",
    "restore": "daybreak.cli.backup:restore",
}


@click.group(cls=Commands, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="Daybreak %(version)s")
def main() -> None:
    """Release intelligence you can trace: delivery scores and feature flags, on your own machine."""
