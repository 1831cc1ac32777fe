"""What the doctor says of an installation: each judge by itself, and all of them on a database that lives."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from areas.flags.seeds import a_project
from daybreak.areas.flags.queries import Totals
from daybreak.areas.integrations.queries import Backlog
from daybreak.cli.doctor.command import examine
from daybreak.cli.doctor.database import judge_future, judge_outbox, judge_revision, judge_schema
from daybreak.cli.doctor.facts import judge_deployments, judge_events, judge_versions
from daybreak.cli.doctor.finding import Finding, Health, in_words
from daybreak.cli.doctor.machine import (
    EARLIEST,
    LEAST_FILES,
    LEAST_FREE,
    find_file_system,
    judge_clock,
    judge_file_system,
    judge_files,
    judge_permissions,
    judge_space,
)
from daybreak.cli.doctor.server import CONNECTIONS_OF_A_PROCESS, judge_connections, judge_version
from daybreak.cli.doctor.work import (
    judge_backlog,
    judge_failed,
    judge_journals,
    judge_mail,
    judge_runs,
    judge_unattended,
)
from daybreak.cli.program import Program
from daybreak.platform.clock import DAY, HOUR, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.jobs import LEASE, Job, JobLoop, JobRun
from daybreak.platform.mail import Mail
from daybreak.platform.outbox import KEPT, Extent
from daybreak.platform.server_state import ServerState
from daybreak.settings import Settings
from system.programs import run_daybreak

NOW = 1_782_909_000_000
GOOD, DOUBTFUL, BROKEN = Health.GOOD, Health.DOUBTFUL, Health.BROKEN

MOUNTS = """\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /mnt/shared\\040disk rw,relatime shared:2 - nfs4 files.example:/data rw
"""


def healths(findings: Iterable[Finding]) -> list[Health]:
    return [finding.health for finding in findings]


def a_run(name: str = "trim", *, ago: int = 0, lease: int = 0) -> JobRun:
    return JobRun(name, NOW - ago, NOW - ago + lease)


def a_job(name: str = "trim", interval: int = MINUTE) -> Job:
    return Job(name, interval, lambda db, now: None)  # noqa: ARG005 - it is never run


# ---------------------------------------------------------------- the machine


def test_judge_clock__before_this_program__is_broken() -> None:
    assert judge_clock(EARLIEST - 1).health is BROKEN
    assert judge_clock(EARLIEST).health is GOOD


def test_judge_space__little__is_broken() -> None:
    assert judge_space(LEAST_FREE - 1).health is BROKEN
    assert judge_space(LEAST_FREE).health is GOOD


def test_judge_files__few__is_doubtful() -> None:
    found = judge_files(LEAST_FILES - 1)
    assert (found.health, "ulimit -n" in found.advice) == (DOUBTFUL, True)
    assert judge_files(LEAST_FILES).health is GOOD
    assert judge_files(None).health is GOOD


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/var/lib/daybreak/daybreak.db", "ext4"),
        ("/mnt/shared disk/daybreak.db", "nfs4"),
        ("/mnt/shared disk", "nfs4"),
        ("/mnt/shared diskette/daybreak.db", "ext4"),
    ],
)
def test_find_file_system__by_mounts__is_the_innermost(file: str, kind: str) -> None:
    assert find_file_system(Path(file), MOUNTS) == kind


def test_judge_file_system__of_another_machine__is_doubtful() -> None:
    assert healths(judge_file_system("nfs4")) == [DOUBTFUL]
    assert healths(judge_file_system("ext4")) == []


@pytest.mark.parametrize(
    ("modes", "health"),
    [
        ([0o100644, 0o040755, 0o040755], DOUBTFUL),
        ([0o100646, 0o040711, 0o040755], DOUBTFUL),
        ([0o100644, 0o040700, 0o040755], GOOD),
        ([0o100644, 0o040755, 0o040750], GOOD),
        ([0o100640, 0o040755, 0o040755], GOOD),
    ],
)
def test_judge_permissions__file_and_its_folders__doubtful_where_all_are_open(
    modes: list[int], health: Health
) -> None:
    assert judge_permissions("daybreak.db", modes).health is health


# ---------------------------------------------------------------- the database


def test_judge_schema__older_newer_and_empty__is_broken() -> None:
    assert judge_schema("0021", "0021").health is GOOD
    assert "daybreak migrate" in judge_schema("0020", "0021").advice
    assert "newer Daybreak" in judge_schema("0022", "0021").advice
    assert "is empty" in judge_schema(None, "0021").what
    assert {judge_schema(version, "0021").health for version in ("0020", "0022", None)} == {BROKEN}


def test_judge_revision__behind_the_outbox__is_broken() -> None:
    assert healths(judge_revision(6, Extent(NOW, NOW, 7))) == [BROKEN]
    assert healths(judge_revision(7, Extent(NOW, NOW, 7))) == []
    assert healths(judge_revision(0, Extent(None, None, None))) == []


def test_judge_outbox__not_trimmed__is_doubtful() -> None:
    assert healths(judge_outbox(Extent(NOW - KEPT - DAY - 1, NOW, 7), NOW)) == [DOUBTFUL]
    assert healths(judge_outbox(Extent(NOW - KEPT - HOUR, NOW, 7), NOW)) == []


def test_judge_future__changes_ahead_of_the_clock__are_doubtful() -> None:
    [found] = judge_future(NOW + 3 * HOUR, NOW)
    assert (found.health, "3 hours" in found.what) == (DOUBTFUL, True)
    assert healths(judge_future(NOW + 30 * SECOND, NOW)) == []


def test_judge_version__without_corrections__is_doubtful() -> None:
    assert judge_version(14).health is DOUBTFUL
    assert judge_version(15).health is GOOD


def test_judge_connections__too_few_or_taken__is_doubtful() -> None:
    assert judge_connections(ServerState(17, 100, 3, 5)).health is GOOD
    few = judge_connections(ServerState(17, CONNECTIONS_OF_A_PROCESS + 2, 3, 5))
    assert (few.health, "max_connections" in few.advice) == (DOUBTFUL, True)
    assert judge_connections(ServerState(17, 100, 3, 95)).health is DOUBTFUL


def test_judge_connections__enough__tells_for_how_many_processes() -> None:
    assert (
        f"room for {97 // CONNECTIONS_OF_A_PROCESS} processes"
        in judge_connections(ServerState(17, 100, 3, 5)).what
    )


# ---------------------------------------------------------------- work


def test_judge_runs__done_in_time__is_good() -> None:
    assert judge_runs([a_run(ago=MINUTE)], [a_job()], NOW).health is GOOD


def test_judge_unattended__used_for_a_while__is_doubtful() -> None:
    found = judge_unattended(NOW, NOW - 6 * DAY, is_used=True)
    assert (found.health, "6 days ago" in found.what) == (DOUBTFUL, True)
    assert judge_unattended(NOW, None, is_used=True).health is DOUBTFUL
    assert judge_unattended(NOW, NOW - MINUTE, is_used=True).health is GOOD
    assert judge_unattended(NOW, None, is_used=False).health is GOOD


def test_judge_runs__no_server_for_long__is_doubtful() -> None:
    found = judge_runs([a_run(ago=3 * HOUR), a_run("other", ago=5 * HOUR)], [a_job()], NOW)
    assert (found.health, "for 3 hours" in found.what) == (DOUBTFUL, True)


def test_judge_runs__one_left_undone__is_named() -> None:
    runs = [a_run("late", ago=HOUR), a_run("idle", ago=HOUR), a_run("trim", ago=SECOND)]
    found = judge_runs(runs, [a_job("late"), a_job("trim")], NOW)
    assert found.health is DOUBTFUL
    assert "late" in found.what
    assert "idle" not in found.what


def test_judge_failed__last_run_kept_its_lease__is_doubtful() -> None:
    failed, running = a_run("bad", ago=2 * LEASE, lease=LEASE), a_run("running", ago=SECOND, lease=LEASE)
    [found] = judge_failed([failed, running, a_run("fine", ago=HOUR)], NOW)
    assert found.health is DOUBTFUL
    assert found.what.endswith(": bad.")


def test_judge_backlog__old__says_why_the_last_attempt_failed() -> None:
    [found] = judge_backlog(Backlog(3, NOW - 2 * HOUR, "nobody listens"), NOW)
    assert (found.health, "nobody listens" in found.advice) == (DOUBTFUL, True)
    assert healths(judge_backlog(Backlog(3, NOW - MINUTE, ""), NOW)) == []
    assert healths(judge_backlog(Backlog(0, None, ""), NOW)) == []


def test_judge_mail__old__is_doubtful() -> None:
    assert healths(judge_mail(NOW - 2 * HOUR, NOW)) == [DOUBTFUL]
    assert healths(judge_mail(NOW - MINUTE, NOW)) == []
    assert healths(judge_mail(None, NOW)) == []


def test_judge_journals__left_behind__says_to_start_the_server() -> None:
    [found] = judge_journals(has_orphans=True)
    assert (found.health, "Start the server" in found.advice) == (DOUBTFUL, True)
    assert healths(judge_journals(has_orphans=False)) == []


# ---------------------------------------------------------------- facts


def test_judge_deployments__in_the_future_or_without_end__are_doubtful() -> None:
    assert healths(judge_deployments(NOW + 2 * DAY, 3, NOW)) == [DOUBTFUL, DOUBTFUL]
    assert healths(judge_deployments(NOW, 0, NOW)) == []


def test_judge_events__dropped_or_unreadable__are_doubtful() -> None:
    assert healths(judge_events(Totals(10, 2, 3))) == [GOOD, DOUBTFUL, DOUBTFUL]
    assert healths(judge_events(Totals(0, 0, 0))) == []


def test_judge_versions__none_unresolved__is_good() -> None:
    assert healths(judge_versions([])) == [GOOD]


@pytest.mark.parametrize(
    ("length", "words"),
    [(SECOND, "less than a minute"), (MINUTE, "1 minute"), (3 * HOUR, "3 hours"), (2 * DAY, "2 days")],
)
def test_in_words__length__is_about_so_long(length: int, words: str) -> None:
    assert in_words(length) == words


# ---------------------------------------------------------------- all of it


@pytest.fixture
def program(settings: Settings, database: Database, clock: FixedClock) -> Program:
    return Program(settings, database, clock)


def doubts(program: Program) -> list[str]:
    """Without what this machine is to blame for."""
    found = [each for each in examine(program) if each.health is not GOOD]
    return [each.what for each in found if "may open" not in each.what and "files open" not in each.what]


def test_examine__database_that_lives__finds_nothing_wrong(program: Program, api: Any, app: Any) -> None:
    a_project(api)
    for job in app.jobs.list_due():
        app.jobs.run(job)
    assert doubts(program) == []


def test_examine__everything_neglected__is_told(
    program: Program, database: Database, clock: FixedClock, api: Any, app: Any
) -> None:
    a_project(api)
    for job in app.jobs.list_due():
        app.jobs.run(job)
    with database.writing() as db:
        Mail("smtp://mail.example", "x").write(
            db, clock.now(), recipient="ann@example.com", subject="Hello", body="World"
        )
    clock.advance(KEPT + 2 * DAY)
    told = " ".join(doubts(program))
    for sign in ("The outbox holds commits of 9 days ago", "No server has worked", "Mail that has waited"):
        assert sign in told


def test_examine__no_server_for_recurring_work__is_told(
    program: Program, clock: FixedClock, api: Any
) -> None:
    a_project(api)
    clock.advance(6 * DAY)
    assert [each for each in doubts(program) if "recurring work" in each]


def test_examine__clock_set_back__tells_of_changes_in_the_future(
    program: Program, clock: FixedClock, api: Any
) -> None:
    a_project(api)
    clock.advance(-2 * HOUR)
    assert doubts(program) == ["Something was changed 2 hours in the future."]


def test_examine__job_that_fails__is_named(program: Program, database: Database, clock: FixedClock) -> None:
    def fail(db: Transaction, now: int) -> None:
        raise OSError

    good, bad = a_job("good"), Job("bad", MINUTE, fail)
    jobs = JobLoop(database, clock, [good, bad])
    assert [jobs.run(job) for job in (good, bad)] == [True, False]
    clock.advance(LEASE)
    assert doubts(program) == ["Recurring work whose last run failed, or died with its process: bad."]


def test_examine__webhook_that_nobody_answers__tells_how_much_waits(
    program: Program, clock: FixedClock, api: Any, app: Any
) -> None:
    hook = {"url": "https://hooks.example/", "sign": False, "on": True}
    assert api.post("/api/v2/webhooks", json=hook).status_code == 200
    a_project(api)
    for job in app.jobs.list_due():
        if job.name == "queue what webhooks wait for":
            app.jobs.run(job)
    clock.advance(2 * HOUR)
    assert any("Deliveries to webhooks that wait: " in what for what in doubts(program))


# Takes an event and dies.
DIES = """
import os, sys
from daybreak.platform.database import Database
from daybreak.platform.journal import open_journal

journal = open_journal(Database(sys.argv[1]), sys.argv[2])
journal.append(b"an event")
os._exit(9)
"""


def test_examine__journal_of_a_dead_process__is_found(program: Program) -> None:
    assert doubts(program) == []
    command = [sys.executable, "-c", DIES, program.database.url, program.settings.data_directory]
    assert subprocess.run(command, check=False, timeout=60).returncode == 9
    [found] = doubts(program)
    assert found.startswith("Events of SDKs that a server had not written")


def test_doctor__as_a_command__tells_each_thing_on_its_line(database_url: str) -> None:
    ended = run_daybreak(database_url, "doctor")
    assert ended.returncode == 0, ended.stdout
    assert "✓ The stored data are sound." in ended.stdout.splitlines()


def test_doctor__no_database__fails_and_makes_none(tmp_path: Path) -> None:
    ended = run_daybreak(f"sqlite:///{tmp_path / 'none.db'}", "doctor")
    assert ended.returncode == 1
    assert "✗ There is no database at" in ended.stdout
    assert list(tmp_path.iterdir()) == []
    ended = run_daybreak(f"sqlite:///{tmp_path / 'no' / 'folder' / 'none.db'}", "doctor")
    assert "✗ There is no database at" in ended.stdout
    assert list(tmp_path.iterdir()) == []


def test_doctor__password_in_the_query__is_not_shown() -> None:
    ended = run_daybreak("postgresql://127.0.0.1:1/db?user=me&password=hush", "doctor")
    assert "postgresql+psycopg://127.0.0.1:1/db?user=me right" in ended.stdout
    assert "hush" not in ended.stdout + ended.stderr


def test_doctor__file_that_is_none__says_that_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "daybreak.db").write_bytes(b"no database" * 1_000)
    ended = run_daybreak(f"sqlite:///{tmp_path / 'daybreak.db'}", "doctor")
    assert ended.returncode == 1
    assert "The database file is damaged." in ended.stdout
    assert "Traceback" not in ended.stderr
