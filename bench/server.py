"""A server under measurement: a process on loopback, started and stopped here."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import CPU_SECONDS_PER_TICK, guarded, with_children

TOKEN = "api-00000000-0000-4000-8000-000000000000"
WITHOUT_LIMITS = {"DAYBREAK_RATE_LIMIT_ACCOUNT": "1000000000", "DAYBREAK_RATE_LIMIT_ROUTE": "1000000000"}
SECONDS_TO_START = 60
MOST_OF_COMPLAINTS = 4_000


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `seconds_to_ready` runs from the start of the process to its first good answer."""

    address: str
    pid: int
    seconds_to_ready: float

    def resident_megabytes(self) -> float:
        """Of the process and those it started."""
        return self._megabytes("VmRSS:")

    def own_megabytes(self) -> float:
        """Without pages of files, as of SQLite's database: whoever needs them takes them back."""
        return self._megabytes("RssAnon:", "RssShmem:")

    def _megabytes(self, *parts: str) -> float:
        return sum(_kilobytes(process, parts) for process in with_children(self.pid)) / 1024

    def cpu_seconds(self) -> float:
        """Spent until now, in user code and in the kernel, by the process and those it started."""
        return sum(_cpu_ticks(process) for process in with_children(self.pid)) * CPU_SECONDS_PER_TICK

    def get(self, path: str, token: str = TOKEN) -> bytes:
        return self.ask("GET", path, token)

    def send(
        self, method: str, path: str, body: Any, content_type: str = "application/json", token: str = TOKEN
    ) -> Any:
        return json.loads(self.ask(method, path, token, json.dumps(body).encode(), content_type))

    def header(self, path: str, headers: Mapping[str, str], name: str) -> str:
        request = urllib.request.Request(self.address + path, headers=dict(headers))
        with urllib.request.urlopen(request, timeout=60) as response:
            return str(response.headers[name])

    def ask(
        self, method: str, path: str, token: str, body: bytes | None = None, content_type: str = ""
    ) -> bytes:
        headers = {"Authorization": token} | ({"Content-Type": content_type} if content_type else {})
        request = urllib.request.Request(self.address + path, method=method, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                content: bytes = response.read()
        except urllib.error.HTTPError as refused:
            refused.add_note(f"{method} {path}: {refused.read().decode(errors='replace')}")
            raise
        return content


@contextmanager
def daybreak(database_url: str, *options: str, **more: str) -> Iterator[Server]:
    """`daybreak serve` with a folder of its own; `more` are its settings."""
    with tempfile.TemporaryDirectory(prefix="daybreak-bench-data-") as folder:
        environment = {
            **os.environ,
            **WITHOUT_LIMITS,
            "DAYBREAK_DATA_DIR": folder,
            **more,
            "DAYBREAK_DATABASE_URL": database_url,
            "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
            "DAYBREAK_LOG_LEVEL": "error",
        }
        command = [sys.executable, "-m", "daybreak", "serve", "--port", "0", *options]
        with _running(command, environment, "/readyz") as server:
            yield server


@contextmanager
def fastapi_peer(answer: Path) -> Iterator[Server]:
    """The same answer, built by FastAPI from typed models for each request."""
    with _peer("bench.fastapi_peer", str(answer)) as server:
        yield server


@contextmanager
def fastapi_flags_peer(answer: Path) -> Iterator[Server]:
    """The same list of flags, built by FastAPI from typed models for each request."""
    with _peer("bench.fastapi_flags", str(answer)) as server:
        yield server


@contextmanager
def bare_peer(answer: Path, status: int) -> Iterator[Server]:
    """The same bytes from Starlette and nothing else."""
    with _peer("bench.bare_peer", str(answer), str(status)) as server:
        yield server


@contextmanager
def socket_peer(first: Path, change: Path) -> Iterator[Server]:
    """The same bytes written to sockets, without HTTP: nothing can be quicker."""
    with _peer("bench.socket_peer", str(first), str(change)) as server:
        yield server


@contextmanager
def _peer(module: str, *arguments: str) -> Iterator[Server]:
    command = [sys.executable, "-m", module, *arguments]
    with _running(command, dict(os.environ), "/healthz") as server:
        yield server


@contextmanager
def _running(command: Sequence[str], environment: Mapping[str, str], ready: str) -> Iterator[Server]:
    """A program whose first line names its address."""
    with started(command, environment) as (process, began):
        assert process.stdout is not None
        line = process.stdout.readline()
        if "http://" not in line:
            message = f"{command} did not start: {line}{process.stdout.read()}"
            raise RuntimeError(message)
        address = "http://" + line.split("http://", 1)[1].strip()
        wait_until_ready(address + ready)
        yield Server(address, process.pid, time.perf_counter() - began)


@contextmanager
def started(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """The process and when it began, in seconds of `time.perf_counter`. It ends with the block."""
    began = time.perf_counter()
    # Its complaints go to a file: a pipe that nobody empties would stop it.
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command, env=dict(environment), stdout=subprocess.PIPE, stderr=complaints, text=True
        )
        try:
            with guarded(process):
                yield process, began
        except Exception as error:
            complaints.seek(0)
            error.add_note(complaints.read()[-MOST_OF_COMPLAINTS:])
            raise


def wait_until_ready(url: str) -> None:
    end = time.perf_counter() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                if response.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            if time.perf_counter() > end:
                raise
        time.sleep(0.005)


def _kilobytes(process: int, parts: tuple[str, ...]) -> int:
    """None of one that has just ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        status = Path(f"/proc/{process}/status").read_text()
        return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith(parts))
    return 0


def _cpu_ticks(process: int) -> int:
    # The name, in parentheses, may hold spaces.
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
