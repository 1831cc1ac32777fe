"""What is still to be done: recurring work, webhooks, mail, and what a server left when it ended."""

from collections.abc import Iterator, Sequence

from daybreak.app import list_shared_jobs
from daybreak.areas.integrations.queries import Backlog, delivery_backlog
from daybreak.cli.doctor.finding import Finding, doubtful, good, in_words
from daybreak.cli.program import Program
from daybreak.platform.clock import HOUR, MINUTE
from daybreak.platform.database import read_revision
from daybreak.platform.jobs import Job, JobRun, list_runs
from daybreak.platform.journal import open_journal
from daybreak.platform.mail import read_oldest_mail
from daybreak.platform.outbox import read_extent

# What is due is done within a second. So late it is only where nobody does it.
LATE = 10 * MINUTE
# What has waited for so long has been tried several times.
STUCK = HOUR


def examine_work(program: Program) -> Iterator[Finding]:
    now = program.clock.now()
    with program.database.reading() as db:
        runs = list_runs(db)
        shared = list_shared_jobs(program.settings, program.database, program.clock)
        jobs = [job for job in shared if job.is_needed(db, now)]
        backlog, oldest_mail = delivery_backlog(db), read_oldest_mail(db)
        is_used, changed_at = read_revision(db) > 0, read_extent(db).oldest_at
    if runs:
        yield judge_runs(runs, jobs, now)
    else:
        yield judge_unattended(now, changed_at, is_used=is_used)
    yield from judge_failed(runs, now)
    yield from judge_backlog(backlog, now)
    yield from judge_mail(oldest_mail, now)


def examine_journals(program: Program) -> Iterator[Finding]:
    journal = open_journal(program.database, program.settings.data_directory)
    yield from judge_journals(has_orphans=journal.has_orphans())


def judge_unattended(now: int, changed_at: int | None, *, is_used: bool) -> Finding:
    """Where recurring work was never done. `changed_at` is when the oldest of the changes was that are known
    still: if it was a moment ago, the first server may be about to begin.
    """
    if is_used and (changed_at is None or changed_at < now - LATE):
        since = "" if changed_at is None else f", and it was changed {in_words(now - changed_at)} ago"
        what = f"No server has done recurring work on this database yet{since}."
        return doubtful(what, "It waits until a server runs that is for it (`--only jobs`, or without).")
    return good("No server has worked on this database yet.")


def judge_runs(runs: Sequence[JobRun], needed: Sequence[Job], now: int) -> Finding:
    """`needed` are the jobs that have something to do. There is a run at least."""
    last_run_at = max(run.last_run_at for run in runs)
    if last_run_at < now - LATE:
        what = f"No server has worked on this database for {in_words(now - last_run_at)}."
        return doubtful(
            what, "Recurring work waits until one runs that is for it (`--only jobs`, or without)."
        )
    known = {run.name: run for run in runs}
    late = [
        job.name
        for job in needed
        if job.name in known and known[job.name].last_run_at < now - job.interval - LATE
    ]
    if late:
        advice = "Look for it in the log of the server. Is another version running beside this one?"
        return doubtful(
            f"Recurring work that has not been done for too long: {', '.join(sorted(late))}.", advice
        )
    return good("Recurring work is done in time.")


def judge_failed(runs: Sequence[JobRun], now: int) -> Iterator[Finding]:
    failed = sorted(run.name for run in runs if run.has_failed(now))
    if failed:
        what = f"Recurring work whose last run failed, or died with its process: {', '.join(failed)}."
        yield doubtful(
            what, "It is tried again by itself. The log of the server has the reason: “failed and will”."
        )


def judge_backlog(backlog: Backlog, now: int) -> Iterator[Finding]:
    if backlog.oldest_at is not None and backlog.oldest_at < now - STUCK:
        since = in_words(now - backlog.oldest_at)
        what = f"Deliveries to webhooks that wait: {backlog.count}, the oldest for {since}."
        reason = f" The last attempt: {backlog.reason}" if backlog.reason else ""
        yield doubtful(what, f"Look at the deliveries of the webhook, and whether its URL answers.{reason}")


def judge_mail(oldest_at: int | None, now: int) -> Iterator[Finding]:
    if oldest_at is not None and oldest_at < now - STUCK:
        what = f"Mail that has waited for {in_words(now - oldest_at)}."
        advice = "Is DAYBREAK_SMTP_URL right, and does that server take mail from this one? The log says why."
        yield doubtful(what, f"{advice} After a day it is given up.")


def judge_journals(*, has_orphans: bool) -> Iterator[Finding]:
    if has_orphans:
        what = "Events of SDKs that a server had not written when it ended lie in files beside the database."
        yield doubtful(what, "Start the server on this machine: it writes them, and nothing is lost.")
