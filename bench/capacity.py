"""What each unit of use costs, on PostgreSQL: the server's processor time by request, by change and by
stream, and what the database grows by. From these a machine's capacity is counted.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from bench.delivery import FLAGS, Keys, instruct, make_flags, path_of_values
from bench.lines import Line, Target, say, timed
from bench.listeners import listening
from bench.mix_requests import FLAGS_OF_A_PAYLOAD
from bench.payloads import OUTCOMES, summary_of
from bench.postgresql import connected, fresh_database
from bench.scores import make_account
from bench.server import Server, daybreak
from daybreak.areas.flags.intake import FlagUse, count_evaluations
from daybreak.platform.clock import DAY, HOUR, MINUTE, SystemClock
from daybreak.platform.database import Database

SECONDS = 3.0
# Streams that say nothing send a sign of life each half minute: one of each is within.
SECONDS_OF_IDLING = 30.0
STREAMS = 1_000
CHANGES = 60
ROWS = 20_000
MINUTES = 60
# Tables of a deployment: itself, what it delivered, and the pull requests.
OF_DEPLOYMENTS = ("deployments", "deployment_changes", "changes")


def measure_capacity(place: Path) -> list[Line]:
    say("what each unit costs …")
    with fresh_database() as url, connected(url) as connection:
        with daybreak(url) as server:
            keys = make_flags(server)
            lines = [
                *_requests(server, keys, place),
                *_streams(server, keys),
                _log_of_a_change(server, connection),
            ]
        lines += _counts(url, connection, keys)
        return [*lines, _deployments(url, connection)]


def _told(what: str, measured: str) -> Line:
    """A figure to count with: there is no goal."""
    return Line(f"cost of {what}", measured, "", is_met=True)


def _requests(server: Server, keys: Keys, place: Path) -> list[Line]:
    payload = place / "payload"
    now = SystemClock().now()
    payload.write_text(json.dumps([summary_of(range(FLAGS_OF_A_PAYLOAD), now)]))
    sdk = {"Authorization": keys.sdk_key}
    everything = f"{server.address}/sdk/latest-all"
    tag = server.header("/sdk/latest-all", sdk, "etag")
    posted = sdk | {"Content-Type": "application/json"}
    targets = {
        f"a poll that brings {FLAGS} flags": Target(everything, sdk),
        "a poll that brings nothing new": Target(everything, sdk | {"If-None-Match": tag}, 304),
        f"the values of {FLAGS} flags for a context": Target(server.address + path_of_values(keys), {}),
        f"a payload of events about {FLAGS_OF_A_PAYLOAD} flags": Target(
            f"{server.address}/bulk", posted, 202, payload
        ),
    }
    return [
        _told(what, f"{_cost(server, target):.0f} µs of processor time") for what, target in targets.items()
    ]


def _cost(server: Server, target: Target) -> float:
    """Microseconds of the server's processor time for a request. What is written later is written within."""
    target.load(1.0)
    spent = server.cpu_seconds()
    load = target.load(SECONDS)
    time.sleep(1.5)
    if load.errors:
        message = f"{load.errors} errors under load of {target.url}"
        raise RuntimeError(message)
    return 1_000_000 * (server.cpu_seconds() - spent) / (load.requests_per_second * SECONDS)


def _streams(server: Server, keys: Keys) -> list[Line]:
    alone, idle = _cpu_of_changes(server, lambda: time.sleep(0.05)), _cpu_of_idling(server)
    before = server.resident_megabytes()
    with listening(f"{server.address}/all", keys.sdk_key, STREAMS) as listeners:
        each = 1024 * (server.resident_megabytes() - before) / STREAMS
        idle_with_streams = _cpu_of_idling(server)
        with_streams = _cpu_of_changes(server, listeners.last_arrival)
    heard = max(0.0, with_streams - alone) / STREAMS
    idling = max(0.0, idle_with_streams - idle) / STREAMS
    return [
        _told("an open stream", f"{each:.0f} KiB, and {1e6 * idling:.1f} µs of processor time a second"),
        _told("a flag change", f"{1000 * alone:.1f} ms of processor time"),
        _told("a flag change for each stream that hears of it", f"{1e6 * heard:.1f} µs of processor time"),
    ]


def _cpu_of_idling(server: Server) -> float:
    """Seconds of processor time in a second."""
    spent = server.cpu_seconds()
    time.sleep(SECONDS_OF_IDLING)
    return (server.cpu_seconds() - spent) / SECONDS_OF_IDLING


def _cpu_of_changes(server: Server, wait: Callable[[], object]) -> float:
    """Seconds of processor time for one."""
    spent = server.cpu_seconds()
    for number in range(CHANGES):
        instruct(server, [{"kind": "turnFlagOff" if number % 2 == 0 else "turnFlagOn"}])
        wait()
    return (server.cpu_seconds() - spent) / CHANGES


def _log_of_a_change(server: Server, connection: psycopg.Connection) -> Line:
    before = _log_position(connection)
    for number in range(CHANGES):
        instruct(server, [{"kind": "turnFlagOff" if number % 2 == 0 else "turnFlagOn"}])
    size = (_log_position(connection) - before) / CHANGES
    return _told(
        "a flag change in PostgreSQL's write-ahead log", f"{size / 1024:.1f} KiB, without whole pages"
    )


def _log_position(connection: psycopg.Connection) -> int:
    return _number(connection, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")


def _counts(url: str, connection: psycopg.Connection, keys: Keys) -> list[Line]:
    """Of each flag and minute a row for each outcome; at first, and when the same is counted again."""
    begin = SystemClock().now() // DAY * DAY
    uses = {
        (keys.environment_id, f"flag-{number}"): FlagUse(
            {
                (begin + minute * MINUTE, outcome): 1 + minute
                for minute in range(MINUTES)
                for outcome in (0, 1, None)
            },
            {"user"},
        )
        for number in range(FLAGS)
    }
    rows = FLAGS * MINUTES * len(OUTCOMES)
    before, database = _size(connection, "evaluation_counts"), Database(url)

    def count() -> None:
        with database.writing() as db:
            count_evaluations(db, uses, begin + HOUR)

    first, again = (1000 * timed(count) / rows for _ in range(2))
    database.close()
    connection.execute("VACUUM evaluation_counts")
    size = (_size(connection, "evaluation_counts") - before) / rows
    return [
        _told("a written row of evaluation counts", f"{first:.0f} µs at first, {again:.0f} µs again"),
        _told(
            "a row of evaluation counts",
            f"{size:.0f} bytes with indexes; each outcome of a flag that is always evaluated somewhere "
            f"has {2 * DAY // MINUTE:,} of minutes, {88 * DAY // HOUR:,} of hours, then one a day",
        ),
    ]


def _deployments(url: str, connection: psycopg.Connection) -> Line:
    before = {table: _size(connection, table) for table in OF_DEPLOYMENTS}
    make_account(url, ROWS)
    sizes = {table: (_size(connection, table) - before[table]) / ROWS for table in OF_DEPLOYMENTS}
    parts = ", ".join(f"{table} {size:,.0f}" for table, size in sizes.items())
    return _told(
        "a deployment with its pull request", f"{sum(sizes.values()):,.0f} bytes with indexes ({parts})"
    )


def _size(connection: psycopg.Connection, table: str) -> int:
    """Bytes of a table or of all its partitions, with indexes."""
    return _number(
        connection,
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c "
        "LEFT JOIN pg_inherits i ON i.inhrelid = c.oid LEFT JOIN pg_class p ON p.oid = i.inhparent "
        f"WHERE c.relkind = 'r' AND '{table}' IN (c.relname, p.relname)",
    )


def _number(connection: psycopg.Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(row[0])
