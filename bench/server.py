"""A server under measurement: a process on loopback, started and stopped here."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOKEN = "api-00000000-0000-4000-8000-000000000000"
WITHOUT_LIMITS = {"DAYBREAK_RATE_LIMIT_ACCOUNT": "1000000000", "DAYBREAK_RATE_LIMIT_ROUTE": "1000000000"}
SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `seconds_to_ready` runs from the start of the process to its first good answer."""

    address: str
    pid: int
    seconds_to_ready: float

    def resident_megabytes(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        [line] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(line.split()[1]) / 1024

    def get(self, path: str, token: str = TOKEN) -> bytes:
        return self._ask("GET", path, token, None, "")

    def send(self, method: str, path: str, body: Any, content_type: str = "application/json") -> Any:
        return json.loads(self._ask(method, path, TOKEN, json.dumps(body).encode(), content_type))

    def header(self, path: str, token: str, name: str) -> str:
        request = urllib.request.Request(self.address + path, headers={"Authorization": token})
        with urllib.request.urlopen(request, timeout=60) as response:
            return str(response.headers[name])

    def _ask(self, method: str, path: str, token: str, body: bytes | None, content_type: str) -> bytes:
        headers = {"Authorization": token} | ({"Content-Type": content_type} if content_type else {})
        request = urllib.request.Request(self.address + path, method=method, data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=60) as response:
            content: bytes = response.read()
        return content


@contextmanager
def daybreak(database_url: str, **more: str) -> Iterator[Server]:
    environment = {
        **os.environ,
        **WITHOUT_LIMITS,
        **more,
        "DAYBREAK_DATABASE_URL": database_url,
        "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
        "DAYBREAK_LOG_LEVEL": "error",
    }
    command = [sys.executable, "-m", "daybreak", "serve", "--port", "0"]
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
def _running(command: Sequence[str], environment: dict[str, str], ready: str) -> Iterator[Server]:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        if "http://" not in line:
            message = f"{command} did not start: {line} {process.stderr.read() if process.stderr else ''}"
            raise RuntimeError(message)
        address = "http://" + line.split("http://", 1)[1].strip()
        _wait(address + ready)
        yield Server(address, process.pid, time.perf_counter() - started)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str) -> None:
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
