"""A server under measurement: a process on loopback, started and stopped here."""

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

    def get(self, path: str) -> bytes:
        request = urllib.request.Request(self.address + path, headers={"Authorization": TOKEN})
        with urllib.request.urlopen(request, timeout=60) as response:
            content: bytes = response.read()
        return content


@contextmanager
def daybreak(database_url: str) -> Iterator[Server]:
    environment = {
        **os.environ,
        **WITHOUT_LIMITS,
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
    command = [sys.executable, "-m", "bench.fastapi_peer", str(answer)]
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
