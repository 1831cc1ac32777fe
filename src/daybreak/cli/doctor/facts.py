"""What was told to the server, where it makes little sense: events of SDKs, deployments, their versions."""

from collections.abc import Iterator, Sequence

from daybreak.areas.flags.queries import Totals, event_totals
from daybreak.areas.insights.queries import (
    UnresolvedVersions,
    count_timed_out,
    newest_fact,
    unresolved_versions,
)
from daybreak.cli.doctor.finding import Finding, doubtful, good
from daybreak.cli.program import Program
from daybreak.platform.clock import DAY

MOST_SHOWN = 10


def examine_facts(program: Program) -> Iterator[Finding]:
    now = program.clock.now()
    with program.database.reading() as db:
        unresolved, late, newest = unresolved_versions(db), count_timed_out(db, now), newest_fact(db)
        events = event_totals(db, now - DAY)
    yield from judge_deployments(newest, late, now)
    yield from judge_events(events)
    yield from judge_versions(unresolved)


def judge_deployments(newest: int | None, late: int, now: int) -> Iterator[Finding]:
    """When the newest was, and how many have not ended for a day."""
    if newest is not None and newest > now + DAY:
        advice = "This machine's clock is behind, or some sender's is ahead."
        yield doubtful("There are deployments in the future.", advice)
    if late:
        what = f"Deployments that started more than a day ago and never ended: {late}."
        yield doubtful(what, "Send their finished or failed event; until then they count nowhere.")


def judge_events(totals: Totals) -> Iterator[Finding]:
    """Of the last day. Nothing is said where SDKs send nothing."""
    if totals.received:
        yield good(f"SDKs sent {totals.received} events within a day.")
    if totals.dropped:
        what = f"Evaluations that were not counted within a day: {totals.dropped}."
        advice = "More came within a second than one process keeps. Let SDKs flush less often."
        yield doubtful(what, advice)
    if totals.unreadable:
        what = f"Events that make no sense within a day: {totals.unreadable}."
        yield doubtful(what, "Something other than an SDK may send to this server.")


def judge_versions(unresolved: Sequence[UnresolvedVersions]) -> Iterator[Finding]:
    """The most frequent first; beyond a screenful only how many more there are."""
    for each in unresolved[:MOST_SHOWN]:
        place = f"{each.project_key} / {each.environment_key} / {each.application_key}"
        what = f"{place}: deployments whose version belongs to no known commit: {each.count}."
        advice = (
            f"The latest is {each.example!r}: {each.reason}. Import its repository (`daybreak import git`), "
            "or deploy under a commit's SHA or a tag's name; then its changes are linked."
        )
        yield doubtful(what, advice)
    if len(unresolved) > MOST_SHOWN:
        more = len(unresolved) - MOST_SHOWN
        yield doubtful(f"… and {more} more applications like these.", "Each is mended as those above.")
    if not unresolved:
        yield good("Every deployment's version belongs to a known commit.")
