"""Where the database is a server: whether it is new enough, and lets enough in."""

from collections.abc import Iterator

from daybreak.cli.doctor.finding import Finding, doubtful, good
from daybreak.platform.database import Database
from daybreak.platform.dialect import MOST_CONNECTIONS
from daybreak.platform.server_state import ServerState, read_server_state

# Those before it get no corrections any more since November 2026.
OLDEST_VERSION = 15
# What is lent to transactions, and one to hear of commits.
CONNECTIONS_OF_A_PROCESS = MOST_CONNECTIONS + 1


def examine_server(database: Database) -> Iterator[Finding]:
    with database.reading() as db:
        state = read_server_state(db)
    yield good("The data lie on a database server: look at its disk there.")
    yield judge_version(state.version)
    yield judge_connections(state)


def judge_version(version: int) -> Finding:
    """`version` is the major one."""
    if version < OLDEST_VERSION:
        what = f"The server is PostgreSQL {version}, which gets no corrections any more."
        return doubtful(what, f"Move to PostgreSQL {OLDEST_VERSION} or newer.")
    return good(f"The server is PostgreSQL {version}.")


def judge_connections(state: ServerState) -> Finding:
    free = state.most_connections - state.reserved_connections
    processes = free // CONNECTIONS_OF_A_PROCESS
    what = f"The server lets {free} connections in, and a process takes up to {CONNECTIONS_OF_A_PROCESS}"
    if not processes:
        return doubtful(f"{what}.", "Raise its max_connections.")
    room = f"there is room for {processes} process{'es' if processes > 1 else ''} of `serve --workers`"
    if state.connections > free * 9 // 10:
        advice = "Raise its max_connections, or end what else is connected."
        return doubtful(f"{what}: {state.connections} are taken already.", advice)
    return good(f"{what}: {room}.")
