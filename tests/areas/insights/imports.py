"""`daybreak import git` as tests call it."""

from pathlib import Path

from click.testing import CliRunner, Result

from daybreak.cli.import_git import import_

PLACE = ("--project", "web", "--environment", "production")


def invoke(database_url: str, path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(import_, ["git", str(path), *PLACE, *arguments, "--database", database_url])
