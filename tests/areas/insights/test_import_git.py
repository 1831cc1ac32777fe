"""`daybreak import git`, on real histories and on small ones made for one question."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.cli.imports import import_
from daybreak.platform.audit import audit_entries
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate
from histories import LIBRARY, MONOREPO, rebuild, run_git

PLACE = ("--project", "web", "--environment", "production")

Import = Callable[..., dict[str, Any]]


def invoke(database_url: str, path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(import_, ["git", str(path), *PLACE, *arguments, "--database", database_url])


@pytest.fixture(scope="session")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rebuild(MONOREPO, tmp_path_factory.mktemp("histories") / "monorepo")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rebuild(LIBRARY, tmp_path_factory.mktemp("histories") / "library")


@pytest.fixture
def bring_in(database_url: str) -> Import:
    """Imports, and returns what `--json` printed."""

    def run(path: Path, *arguments: str, application: str = "app") -> dict[str, Any]:
        result = invoke(database_url, path, "--application", application, "--json", *arguments)
        assert result.exit_code == 0, result.output
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    return run


class Clone:
    """A small repository with a clock of its own: a commit or a tag an hour."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        run_git(folder, "init", "--quiet", "--initial-branch=main")
        run_git(folder, "config", "user.name", "Robin")
        run_git(folder, "config", "user.email", "robin@example.invalid")
        self.at = 1_700_000_000

    def commit(self, subject: str, *, author: str = "Ada", path: str = "file.txt") -> str:
        place = self.folder / path
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"{subject}\n{self._tick()}\n")
        run_git(self.folder, "add", "--all")
        person = f"--author={author} <a@example.invalid>"
        self._dated("commit", "--quiet", person, f"--date={self.at} +0000", "--message", subject)
        return run_git(self.folder, "rev-parse", "HEAD")

    def tag(self, name: str) -> None:
        self._tick()
        self._dated("tag", "--annotate", "--message", name, name)

    def _tick(self) -> int:
        self.at += 3600
        return self.at

    def _dated(self, *arguments: str) -> None:
        program = ["env", f"GIT_COMMITTER_DATE={self.at} +0000", "git", *arguments]
        subprocess.run(program, cwd=self.folder, check=True, capture_output=True)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path / "orchard")


def test_import_git__monorepo_with_tags_of_a_component__counts_what_git_counts(
    bring_in: Import, monorepo: Path
) -> None:
    report = bring_in(monorepo, "--tags", "flagd/**")
    assert {
        name: report[name]
        for name in ("deployments", "linkedPullRequests", "botPullRequests", "unresolvedVersions")
    } == {"deployments": 68, "linkedPullRequests": 956, "botPullRequests": 598, "unresolvedVersions": 0}
    assert report["commitsWithoutPullRequest"] == 998 - 956


def test_import_git__monorepo_with_path__keeps_what_touches_it(bring_in: Import, monorepo: Path) -> None:
    report = bring_in(monorepo, "--tags", "flagd/**", "--path", "flagd")
    assert (report["deployments"], report["linkedPullRequests"]) == (68, 314)


def test_import_git__path_named_only_the_second_time__is_heeded(bring_in: Import, monorepo: Path) -> None:
    bring_in(monorepo, "--tags", "flagd/**")
    again = bring_in(monorepo, "--tags", "flagd/**", "--path", "flagd")
    assert (again["newCommits"], again["newDeployments"], again["linkedPullRequests"]) == (0, 0, 314)


def test_import_git__library_with_all_its_tags__counts_what_git_counts(
    bring_in: Import, library: Path, database: Database
) -> None:
    report = bring_in(library)
    assert (report["deployments"], report["linkedPullRequests"], report["unresolvedVersions"]) == (43, 682, 0)
    with database.reading() as db:
        links = db.value(
            select(func.count()).where(
                deployment_changes.c.change_id == changes.c.id, changes.c.kind == "pull_request"
            )
        )
    assert links == 682  # so none is linked twice


def test_import_git__again__adds_nothing(bring_in: Import, library: Path, database: Database) -> None:
    first, before = bring_in(library), contents(database)
    again = bring_in(library)
    new = ("newCommits", "newDeployments", "newPullRequests")
    assert [again[name] for name in new] == [0, 0, 0]
    assert {name: again[name] for name in again if name not in new} == {
        name: first[name] for name in first if name not in new
    }
    assert contents(database) == before


def contents(database: Database) -> list[Any]:
    with database.reading() as db:
        return [
            sorted(map(repr, db.rows(select(table))))
            for table in (deployments, deployment_changes, changes, audit_entries)
        ]


def test_import_git__again_with_more_history__adds_only_that(bring_in: Import, clone: Clone) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    clone.commit("Two (#2)")
    clone.tag("v2")
    bring_in(clone.folder)
    clone.commit("Three (#3)")
    clone.commit("In no pull request")
    clone.tag("v3")
    report = bring_in(clone.folder)
    assert (report["newCommits"], report["newDeployments"], report["newPullRequests"]) == (2, 1, 1)
    assert (report["linkedPullRequests"], report["commitsWithoutPullRequest"]) == (3, 1)


def test_import_git__tag_that_is_no_version__is_deployed_under_a_name_that_is(
    bring_in: Import, clone: Clone, database: Database
) -> None:
    sha = clone.commit("One (#1)")
    clone.tag("web/v1+2")
    bring_in(clone.folder)
    columns = ("application_version", "version_name", "commit_sha", "status", "started_at", "ended_at")
    with database.reading() as db:
        row = db.first(select(*(deployments.c[name] for name in columns)))
    at = clone.at * 1000
    assert row is not None
    assert tuple(row) == ("web-v1-2", "web/v1+2", sha, "finished", at, at)


def test_import_git__two_tags_that_look_the_same_as_versions__are_two_deployments(
    bring_in: Import, clone: Clone
) -> None:
    clone.commit("One (#1)")
    clone.tag("a/1")
    clone.commit("Two (#2)")
    clone.tag("a-1")
    report = bring_in(clone.folder)
    assert (report["deployments"], report["newDeployments"], report["linkedPullRequests"]) == (2, 2, 2)


def test_import_git__every_commit__is_a_deployment(
    bring_in: Import, clone: Clone, database: Database
) -> None:
    shas = [clone.commit(f"Change (#{number})") for number in range(1, 4)]
    report = bring_in(clone.folder, "--every-commit")
    assert (report["deployments"], report["linkedPullRequests"]) == (3, 3)
    with database.reading() as db:
        statement = select(deployments.c.application_version).order_by(deployments.c.at)
        assert [row.application_version for row in db.rows(statement)] == shas


def test_import_git__since__leaves_out_earlier_deployments(bring_in: Import, clone: Clone) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    clone.at += 7 * 86_400
    clone.commit("Two (#2)")
    clone.tag("v2")
    clone.commit("Three (#3)")
    clone.tag("v3")
    report = bring_in(clone.folder, "--since", "2023-11-20")
    assert (report["deployments"], report["linkedPullRequests"]) == (2, 2)


def test_import_git__shallow_clone__is_read_to_its_edge(
    bring_in: Import, clone: Clone, tmp_path: Path
) -> None:
    for number in range(1, 6):
        clone.commit(f"Change (#{number})")
        clone.tag(f"v{number}")
    shallow = tmp_path / "shallow"
    run_git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{clone.folder}", str(shallow))
    report = bring_in(shallow)
    assert report["isShallow"]
    assert (report["commits"], report["deployments"], report["linkedPullRequests"]) == (2, 2, 2)
    run_git(shallow, "fetch", "--quiet", "--unshallow", "--tags")
    whole = bring_in(shallow)
    assert (whole["newDeployments"], whole["linkedPullRequests"]) == (3, 5)


def test_import_git__bots__are_told_by_their_mark_or_by_a_configured_name(
    bring_in: Import, clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAYBREAK_BOT_NAMES", "Release Robot, Other")
    clone.commit("One (#1)")
    clone.tag("v1")
    clone.commit("Two (#2)", author="renovate[bot]")
    clone.commit("Three (#3)", author="Release Robot")
    clone.commit("Four (#4)", author="Robert")
    clone.tag("v2")
    report = bring_in(clone.folder)
    assert (report["linkedPullRequests"], report["botPullRequests"]) == (4, 2)


def test_import_git__what_git_does_not_know__stays_unknown(
    bring_in: Import, clone: Clone, database: Database
) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    bring_in(clone.folder)
    with database.reading() as db:
        change = db.first(select(changes))
        link = db.first(select(deployment_changes))
    assert change is not None
    assert link is not None
    assert (change.created_at, change.ready_at, change.first_commit_at) == (None, None, None)
    assert (link.coding_ms, link.review_ms, link.is_partial) == (None, None, True)
    assert link.lead_ms == link.wait_ms + link.deploy_ms == 3_600_000


def test_import_git__lines__are_counted_and_added_up(
    bring_in: Import, clone: Clone, database: Database
) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    clone.commit("Two (#2)")
    clone.commit("Three")
    clone.tag("v2")
    bring_in(clone.folder)
    columns = (deployments.c.lines_added, deployments.c.lines_deleted, deployments.c.pull_requests)
    with database.reading() as db:
        rows = db.rows(select(*columns).order_by(deployments.c.at))
    # Each commit writes its file of two lines anew.
    assert [tuple(row) for row in rows] == [(2, 0, 1), (4, 4, 1)]


def test_import_git__two_applications__count_a_pull_request_once_in_their_environment(
    bring_in: Import, clone: Clone, database: Database
) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    clone.commit("Two (#2)")
    clone.tag("v2")
    bring_in(clone.folder, application="late")
    clone.commit("Three (#3)")
    bring_in(clone.folder, "--every-commit", application="early")
    with database.reading() as db:
        first = select(deployment_changes.c.application_key, func.count()).where(
            deployment_changes.c.is_first.is_(True)
        )
        rows = db.rows(first.group_by(deployment_changes.c.application_key))
    assert [tuple(row) for row in rows] == [("early", 3)]


def test_import_git__first_time__leaves_audit_entries(bring_in: Import, clone: Clone, api: Any) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    bring_in(clone.folder)
    entries = api.get("/api/v2/auditlog").json()["items"]
    assert {entry["kind"] for entry in entries} >= {"project", "environment", "deployment"}
    bring_in(clone.folder)
    assert len(api.get("/api/v2/auditlog").json()["items"]) == len(entries)


def test_import_git__text__says_what_was_found(clone: Clone, database_url: str) -> None:
    clone.commit("One (#1)")
    clone.tag("v1")
    result = invoke(database_url, clone.folder, "--application", "app")
    assert result.exit_code == 0
    assert "1 deployments (1 new)" in result.stdout
    assert "1 pull requests deployed" in result.stdout


def test_import_git__no_tags__says_what_else_to_try(clone: Clone, database_url: str) -> None:
    clone.commit("One (#1)")
    result = invoke(database_url, clone.folder, "--application", "app")
    assert (result.exit_code, "--every-commit" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--application", "app", "--tags", "v*", "--every-commit"), "exclude each other"),
        (("--application", "not a key"), "is no key"),
        (("--application", "app", "--since", "yesterday"), "does not match"),
        ((), "--application"),
    ],
)
def test_import_git__impossible_arguments__are_refused(
    clone: Clone, database_url: str, arguments: tuple[str, ...], complaint: str
) -> None:
    result = invoke(database_url, clone.folder, *arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_import_git__folder_without_repository__is_refused_in_one_line(
    tmp_path: Path, database_url: str
) -> None:
    result = invoke(database_url, tmp_path / "nowhere", "--application", "app")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: there is no folder")
    assert "Traceback" not in result.output


def test_import_git__killed_at_any_time__is_completed_by_the_next_run(
    library: Path, tmp_path: Path, bring_in: Import, database: Database
) -> None:
    """Whatever the moment, the database opens again, and a second run makes it what one run would have."""
    bring_in(library)
    wanted = contents(database)[1:3]
    url = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    program = "from daybreak.cli.import_git import import_; import_()"
    arguments = ["git", str(library), *PLACE, "--application", "app", "--json", "--database", url]
    for wait in (0.6, 1.0, 0.8):
        process = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.DEVNULL)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    result = invoke(url, library, "--application", "app", "--json")
    assert json.loads(result.stdout)["linkedPullRequests"] == 682
    opened = Database(url)
    migrate(opened)
    found = contents(opened)[1:3]
    opened.close()
    assert [len(rows) for rows in found] == [len(rows) for rows in wanted]
