"""Whether the database is sound: its schema, its pages, its revision, its times."""

from collections.abc import Iterator

from daybreak.cli.doctor.finding import Finding, broken, doubtful, good, in_words
from daybreak.cli.program import Program, reason_of
from daybreak.platform.audit import read_newest_entry
from daybreak.platform.clock import DAY, MINUTE
from daybreak.platform.copying.addresses import show_address
from daybreak.platform.database import Database, read_revision
from daybreak.platform.dialect import check_integrity
from daybreak.platform.outbox import KEPT, Extent, read_extent
from daybreak.platform.schema import newest_schema_version, read_schema_version

# Clocks of several servers differ by less.
MOST_AHEAD = MINUTE


def examine_database(program: Program) -> Iterator[Finding]:
    version = read_schema_version(program.database)
    yield judge_schema(version, newest_schema_version())
    with program.database.reading() as db:
        faults = check_integrity(db.connection)
    yield judge_damage(*faults) if faults else good("The stored data are sound.")
    if version != newest_schema_version():
        return
    now = program.clock.now()
    with program.database.reading() as db:
        revision, extent, newest = read_revision(db), read_extent(db), read_newest_entry(db)
    yield from judge_revision(revision, extent)
    yield from judge_outbox(extent, now)
    yield from judge_future(max(newest or 0, extent.newest_at or 0), now)


def judge_schema(version: str | None, newest: str) -> Finding:
    if version == newest:
        return good(f"The schema is up to date ({version}).")
    what = f"The schema is {version or 'empty'}; this program needs {newest}."
    if version is not None and version > newest:
        return broken(what, "A newer Daybreak has written it: use that one.")
    return broken(what, "Run `daybreak migrate`; `daybreak serve` does it too.")


def judge_silence(database: Database, error: BaseException) -> Finding:
    address = show_address(database.engine.url)
    advice = f"Is {address} right, does it run, and may this user open it? It said: {reason_of(error)}"
    return broken("The database does not answer.", advice)


def judge_damage(*faults: str) -> Finding:
    advice = "Stop the server, keep a copy of the file, and restore a backup. " + "; ".join(faults)
    return broken("The database file is damaged.", advice)


def judge_revision(revision: int, extent: Extent) -> Iterator[Finding]:
    if extent.newest_revision is not None and extent.newest_revision > revision:
        what = f"The outbox knows commit {extent.newest_revision}, and the database is at {revision}."
        yield broken(what, "Was only a part of it restored? Restore a whole backup.")


def judge_outbox(extent: Extent, now: int) -> Iterator[Finding]:
    if extent.oldest_at is not None and extent.oldest_at < now - KEPT - DAY:
        what = f"The outbox holds commits of {in_words(now - extent.oldest_at)} ago: nobody trims it."
        yield doubtful(what, "A server that is for recurring work does: is one running, or only with --only?")


def judge_future(newest_at: int, now: int) -> Iterator[Finding]:
    if newest_at > now + MOST_AHEAD:
        what = f"Something was changed {in_words(newest_at - now)} in the future."
        advice = "A clock was set back, or two servers disagree: let NTP set the clocks of all of them."
        yield doubtful(what, advice)
