"""The page for newcomers, done as it says: its commands in a shell, its program beside them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from databases import sqlite_url
from system.programs import TOKEN, serving

PAGE = Path(__file__).parents[2] / "docs" / "first-five-minutes.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [code for name, code in BLOCK.findall(PAGE.read_text()) if name == language]


def in_shell(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-ec", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


@contextmanager
def program(code: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()


def says(process: subprocess.Popen[str], wanted: str) -> bool:
    """Whether a line comes within ten seconds."""
    assert process.stdout is not None
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if process.stdout.readline().strip() == wanted:
            return True
    return False


def test_first_five_minutes__done_as_written__shows_the_change(tmp_path: Path) -> None:
    _, create, key, target, status = blocks("sh")
    [watch] = blocks("python")
    with serving(sqlite_url(tmp_path)) as server:
        body = {"key": "daybreak", "name": "Daybreak"}
        headers = {"Authorization": TOKEN}
        made = requests.post(f"{server.address}/api/v2/projects", json=body, headers=headers, timeout=30)
        assert made.status_code == 201
        environment = {"TOKEN": TOKEN, "ADDRESS": server.address}
        in_shell(create, environment)
        environment["SDK_KEY"] = in_shell(f"{key}\nprintf %s $SDK_KEY", environment)
        with program(watch, environment) as running:
            assert says(running, "ann False")
            in_shell(target, environment)
            assert says(running, "ann True")
            assert says(running, "bob False")
        assert '"name":"new"' in in_shell(status, environment)
