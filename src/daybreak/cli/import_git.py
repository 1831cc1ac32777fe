"""`daybreak import git`: the history of a clone becomes deployments, pull requests and lead times."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from daybreak.areas.insights.intake import (
    Batch,
    History,
    HistoryAdded,
    add_commits,
    add_line_counts,
    add_releases,
    list_unmeasured_commits,
    open_history,
)
from daybreak.cli.program import Program, open_program
from daybreak.connectors.git.command import GitProblem
from daybreak.connectors.git.commits import GitCommit, read_commits, read_first_parent
from daybreak.connectors.git.differences import LineCounts, read_line_counts
from daybreak.connectors.git.releases import Release, releases_of_commits, releases_of_tags
from daybreak.connectors.git.repository import RepositoryFacts, read_repository
from daybreak.connectors.git.tags import Tag, read_tags
from daybreak.logic.policy.roles import ADMIN
from daybreak.platform.access import Actor
from daybreak.rest.call import Call
from daybreak.rest.keys import KEY_PATTERN

# Each batch is committed by itself: a long import lets others write, and one that was stopped goes on from
# there.
COMMITS_AT_ONCE = 2_000
LINE_COUNTS_AT_ONCE = 500

ACTOR = Actor("import", "import", "daybreak import git", (ADMIN,), role="admin")


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported from where."""

    path: Path
    repository: RepositoryFacts
    tags: Sequence[Tag]
    releases: Sequence[Release]
    path_globs: tuple[str, ...]

    @property
    def tips(self) -> list[str]:
        tip = self.repository.tip
        return list(dict.fromkeys([*([tip] if tip else []), *(release.sha for release in self.releases)]))


def _parse_key(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not re.fullmatch(KEY_PATTERN, value):
        raise click.BadParameter(
            f"{value!r} is no key: letters, digits, '.', '_' and '-', beginning with a letter or digit"
        )
    return value


@click.command("git")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--project", required=True, callback=_parse_key, help="Key of the project; created when absent."
)
@click.option(
    "--environment", required=True, callback=_parse_key, help="Key of the environment; created when absent."
)
@click.option("--application", required=True, callback=_parse_key, help="Key of what is deployed.")
@click.option(
    "--tags", "tags_glob", metavar="GLOB", help="Deployments are the tags that match.  [default: *]"
)
@click.option("--every-commit", is_flag=True, help="Deployments are all commits of the default branch.")
@click.option(
    "--path",
    "path_globs",
    metavar="GLOB",
    multiple=True,
    help="Only changes that touch it concern the application; may be given again.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="Leave out deployments before this instant, in UTC.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--database", help="sqlite:///FILE or postgresql://…")
def import_git(
    path: Path,
    project: str,
    environment: str,
    application: str,
    tags_glob: str | None,
    every_commit: bool,
    path_globs: tuple[str, ...],
    since: datetime | None,
    as_json: bool,
    database: str | None,
) -> None:
    """Import the git repository at PATH: its deployments, and the pull requests that each of them delivered.

    Run again, it adds only what is new.
    """
    if tags_glob is not None and every_commit:
        raise click.UsageError("--tags and --every-commit exclude each other: choose what was deployed.")
    try:
        source = _read_source(path, tags_glob, path_globs, since, every_commit=every_commit)
        with open_program(database) as program:
            report = _Import(program, source, _progress()).run(project, environment, application)
    except GitProblem as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(json.dumps(report) if as_json else _as_text(report))


def _read_source(
    path: Path,
    tags_glob: str | None,
    path_globs: tuple[str, ...],
    since: datetime | None,
    *,
    every_commit: bool,
) -> Source:
    repository = read_repository(path)
    earliest = 0 if since is None else int(since.replace(tzinfo=UTC).timestamp()) * 1000
    tags = [] if every_commit else read_tags(path, tags_glob or "*")
    tags = [tag for tag in tags if tag.time_ms >= earliest]
    if every_commit and repository.tip:
        releases = releases_of_commits(read_first_parent(path, repository.tip, earliest))
    else:
        releases = releases_of_tags(tags)
    return Source(path, repository, tags, releases, path_globs)


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


@dataclass(frozen=True, slots=True)
class _Import:
    """One run: each step opens its own transactions."""

    program: Program
    source: Source
    progress: Progress

    def run(self, project: str, environment: str, application: str) -> dict[str, Any]:
        with self.progress:
            with self.program.database.writing() as db:
                history = open_history(
                    Call(db, ACTOR, self.program.clock.now()),
                    self.source.repository,
                    project_key=project,
                    environment_key=environment,
                    application_key=application,
                    path_globs=self.source.path_globs,
                )
            number, added = self._add_commits(history)
            result = self._add_releases(history, added)
            self._count_lines(history)
        return _report(self.source, number, added, result)

    def _add_commits(self, history: History) -> tuple[int, Batch]:
        task = self.progress.add_task("Reading commits", total=None)
        commits = read_commits(self.source.path, self.source.tips, with_paths=bool(self.source.path_globs))
        number, added = 0, Batch()
        for batch in _batches(commits):
            with self.program.database.writing() as db:
                added += add_commits(db, history, batch, self.program.settings.bot_names)
            number += len(batch)
            self.progress.update(task, completed=number)
        self.progress.update(task, total=number)
        return number, added

    def _add_releases(self, history: History, added: Batch) -> HistoryAdded:
        task = self.progress.add_task("Linking deployments", total=len(self.source.releases))
        with self.program.database.writing() as db:
            call = Call(db, ACTOR, self.program.clock.now())
            tip = self.source.repository.tip
            result = add_releases(
                call, history, self.source.releases, tags=self.source.tags, tip=tip, added=added
            )
        self.progress.update(task, completed=len(self.source.releases))
        return result

    def _count_lines(self, history: History) -> None:
        with self.program.database.reading() as db:
            landed = list_unmeasured_commits(db, history)
        task = self.progress.add_task("Counting lines", total=len(landed))
        counts: dict[str, LineCounts] = {}
        waiting = iter(landed)
        while part := list(islice(waiting, LINE_COUNTS_AT_ONCE)):
            counts |= read_line_counts(self.source.path, part)
            self.progress.update(task, advance=len(part))
        if counts:
            with self.program.database.writing() as db:
                add_line_counts(Call(db, ACTOR, self.program.clock.now()), history, landed, counts)


def _batches(commits: Iterable[GitCommit]) -> Iterator[list[GitCommit]]:
    waiting = iter(commits)
    while batch := list(islice(waiting, COMMITS_AT_ONCE)):
        yield batch


def _report(source: Source, commits: int, added: Batch, result: HistoryAdded) -> dict[str, Any]:
    return {
        "repository": source.repository.key,
        "isShallow": source.repository.is_shallow,
        "commits": commits,
        "newCommits": added.new_commits,
        "deployments": len(source.releases),
        "newDeployments": result.new_deployments,
        "pullRequests": result.pull_requests,
        "newPullRequests": result.new_pull_requests,
        "linkedPullRequests": result.linked.pull_requests,
        "botPullRequests": result.linked.bot_pull_requests,
        "commitsWithoutPullRequest": result.linked.commits,
        "unresolvedVersions": result.linked.unresolved,
    }


def _as_text(report: dict[str, Any]) -> str:
    lines = [
        "{repository}: {commits} commits ({newCommits} new)",
        "{deployments} deployments ({newDeployments} new)",
        "{pullRequests} pull requests merged ({newPullRequests} new)",
        "{linkedPullRequests} pull requests deployed ({botPullRequests} by bots)",
        "{commitsWithoutPullRequest} commits deployed that were in no pull request",
        "{unresolvedVersions} versions whose commit is not known",
    ]
    if report["isShallow"]:
        lines.append(
            "The clone is shallow: what lies before its edge is unknown. `git fetch --unshallow` mends it."
        )
    if not report["deployments"]:
        lines.append(
            "Nothing was deployed: no tag matches, or no commit. Try another --tags, or --every-commit."
        )
    return "\n".join(line.format(**report) for line in lines)
