"""`daybreak import launchdarkly`: an account of the vendor's, or of another Daybreak, is carried over."""

import json
import time
from contextlib import closing
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from daybreak.cli.launchdarkly.report import as_json, print_report
from daybreak.cli.launchdarkly.run import Run
from daybreak.cli.launchdarkly.steps import Steps
from daybreak.cli.program import Program, open_program
from daybreak.connectors.launchdarkly.account import Account
from daybreak.connectors.launchdarkly.problems import SourceProblem, TokenUnknown
from daybreak.rest.carrying import Source

VENDOR = "https://app.launchdarkly.com"


@click.command("launchdarkly")
@click.option(
    "--token",
    envvar="LAUNCHDARKLY_ACCESS_TOKEN",
    show_envvar=True,
    required=True,
    help="An access token of the account, best of a reader; as a variable it stands in no history.",
)
@click.option(
    "--host", default=VENDOR, show_default=True, help="The account's address, or another Daybreak's."
)
@click.option("--sdk-host", help="Where SDKs of the account ask for flags, if it is an unusual place.")
@click.option(
    "--project", "project_keys", multiple=True, metavar="KEY", help="Only this project; may be given again."
)
@click.option(
    "--overwrite", is_flag=True, help="Also replace what was made here, or changed here since it came."
)
@click.option(
    "--report",
    "report_file",
    type=click.File("w", lazy=True),
    help="Also write everything that became of it to this file, as JSON.",
)
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def import_launchdarkly(
    token: str,
    host: str,
    sdk_host: str | None,
    project_keys: tuple[str, ...],
    overwrite: bool,
    report_file: TextIO | None,
    database: str | None,
) -> None:
    """Carry a LaunchDarkly account over: people, projects, flags, segments, and 90 days of history.

    Run again, it brings what has changed there. Stopped in the middle, it goes on where it was.
    """
    console = Console()
    with open_program(database) as program, closing(_open_account(host, token, program, sdk_host)) as account:
        _require_writable(report_file)
        run = _prepare(program, account, overwrites=overwrite)
        try:
            with run.steps.progress:
                findings, checked = run.carry(project_keys)
        except TokenUnknown as problem:
            raise click.ClickException(str(problem)) from None
        except SourceProblem as problem:
            raise click.ClickException(f"{problem}\nThe same command goes on where it was.") from None
    if report_file is not None:
        report_file.write(json.dumps(as_json(account.host, findings, checked), indent=2) + "\n")
    print_report(console, findings, checked)


def _open_account(host: str, token: str, program: Program, sdk_host: str | None) -> Account:
    try:
        return Account(host, token, program.clock, time.sleep, host_of_sdks=sdk_host)
    except SourceProblem as problem:
        raise click.ClickException(str(problem)) from None


def _require_writable(report_file: TextIO | None) -> None:
    """Before hours of work, and without losing the last report: there may be no new one."""
    if report_file is None or report_file.name == "-":
        return
    try:
        with Path(report_file.name).open("a"):
            pass
    except OSError as error:
        raise click.FileError(report_file.name, hint=error.strerror) from None


def _prepare(program: Program, account: Account, *, overwrites: bool) -> Run:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    source = Source(account.host, overwrites)
    work = f"import {account.host}{' and overwrite' if overwrites else ''}"
    return Run(program, account, source, Steps(program, work, progress))
