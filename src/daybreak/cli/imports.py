"""`daybreak import`: what was elsewhere before Daybreak was there."""

import click

from daybreak.cli.commands import Commands

SOURCES = {
    "git": "daybreak.cli.import_git:import_git",
    "launchdarkly": "daybreak.cli.import_launchdarkly:import_launchdarkly",
}


@click.group("import", cls=Commands, places=SOURCES)
def import_() -> None:
    """Bring in what happened before Daybreak was there."""
