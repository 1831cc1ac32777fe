"""The program as its user runs it: processes with their own database, ended by their process id."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from sqlalchemy.engine import make_url

TOKEN = "api-00000000-0000-4000-8000-000000000001"
SECONDS_TO_START = 30

# How many processes share the work of a server; `--workers` of the test run sets it for both engines.
WORKERS = {"sqlite": 1, "postgresql": 2}


@dataclass(slots=True)
class Serving:
    """A running `daybreak serve`. `lines` is what it wrote to standard output and standard error so far."""

    process: subprocess.Popen[str]
    address: str
    lines: list[str] = field(default_factory=list)

    def post(self, path: str, body: Any) -> requests.Response:
        return requests.post(self.address + path, json=body, headers={"Authorization": TOKEN}, timeout=30)

    def get(self, path: str, token: str = TOKEN) -> requests.Response:
        return requests.get(self.address + path, headers={"Authorization": token}, timeout=30)

    def kill(self) -> None:
        """With all its workers, at once."""
        workers = children_of(self.process.pid)
        self.process.kill()
        for worker in workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> int:
        """The exit code after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


def surroundings(database_url: str, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("DAYBREAK_")}
    return own | {"DAYBREAK_DATABASE_URL": database_url} | more


def children_of(process: int) -> list[int]:
    """The processes that it has started and that are running."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return sorted(int(id) for task in tasks for id in task.read_text().split())


@contextmanager
def serving(
    database_url: str,
    environment: Mapping[str, str] | None = None,
    port: int = 0,
    *options: str,
    within: Sequence[str] = (),
) -> Iterator[Serving]:
    """A server on the port, or a free one, ready to answer. Whatever the block leaves running is killed. It
    has as many workers as the options say, else as `WORKERS` has it for the engine.

    `within` is a command that becomes the one that follows it.
    """
    given = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN} if environment is None else dict(environment)
    if "--workers" not in options:
        options = ("--workers", str(WORKERS[make_url(database_url).get_backend_name()]), *options)
    process = subprocess.Popen(
        [*within, sys.executable, "-m", "daybreak", "serve", "--port", str(port), *options],
        env=surroundings(database_url, **given),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    address = re.search(r"http://\S+", first)
    assert address, f"the server did not start: {first}{process.stdout.read()}"
    server = Serving(process, address[0], [first])
    try:
        reader = threading.Thread(target=server.lines.extend, args=(process.stdout,), daemon=True)
        reader.start()
        _wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=10)
        reader.join(timeout=10)
        process.stdout.close()


def _wait_until_ready(server: Serving) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        try:
            if requests.get(f"{server.address}/readyz", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.02)
    message = f"the server was not ready in time: {server.lines}"
    raise AssertionError(message)


def run_daybreak(database_url: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "daybreak", *arguments],
        env=surroundings(database_url, **settings),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
