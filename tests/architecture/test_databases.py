"""The tests' own PostgreSQL: copies are fresh, and nothing of it is left behind, however a run ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy.engine import make_url

import databases
from databases import fresh_postgresql_database, postgresql_server
from daybreak.platform.database import Database

# Names its folder and the server's process id, then waits to be killed.
HELD = """
import pathlib, sys
from sqlalchemy.engine import make_url
from databases import postgresql_server

with postgresql_server() as url:
    folder = pathlib.Path(make_url(url).query["host"])
    print(folder, (folder / "cluster" / "postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.read()
"""


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_postgresql_server__process_killed__stops_and_leaves_no_folder() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HELD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(databases.__file__).parent)},
    )
    with holder:
        assert holder.stdout is not None
        folder, process = holder.stdout.readline().decode().split()
        assert _is_running(int(process))
        holder.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + databases.SECONDS_TO_STOP
    while (Path(folder).exists() or _is_running(int(process))) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(folder).exists()
    assert not _is_running(int(process))


def test_fresh_postgresql_database__from_template__copies_and_keeps_the_template() -> None:
    with postgresql_server() as server, fresh_postgresql_database(server) as template:
        _execute(template, "CREATE TABLE words (word TEXT)")
        with fresh_postgresql_database(server, template) as copy:
            _execute(copy, "INSERT INTO words VALUES ('one')")
            assert _count_words(copy) == 1
        with fresh_postgresql_database(server, template) as copy:
            assert _count_words(copy) == 0
        folder = Path(str(make_url(server).query["host"]))
    assert not folder.exists()


def _execute(url: str, statement: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    database.close()


def _count_words(url: str) -> object:
    database = Database(url)
    with database.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM words").scalar()
    database.close()
    return count
