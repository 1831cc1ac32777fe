"""The command line: one file per command, gathered here."""

from importlib import import_module

import click

from daybreak import __version__

# Where each command is. Only the one that runs is imported: a server need not load what draws tables.
COMMANDS = {
    "serve": "daybreak.cli.serve:serve",
    "import": "daybreak.cli.import_git:import_",
    "scores": "daybreak.cli.scores:scores",
    "token": "daybreak.cli.token:token",
    "link": "daybreak.cli.link:link",
    "doctor": "daybreak.cli.doctor:doctor",
    "migrate": "daybreak.cli.migrate:migrate_command",
}


class Commands(click.Group):
    """Finds commands by their names in COMMANDS."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="Daybreak %(version)s")
def main() -> None:
    """Release intelligence you can trace: delivery scores and feature flags, on your own machine."""
