"""Processes that the bench starts: they end with it, however it ends."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS_TO_END = 30
CPU_SECONDS_PER_TICK = 1 / os.sysconf("SC_CLK_TCK")

# The other end of its standard input is ours: when it closes, `read` returns, even after a kill -9.
_GUARD = 'read -r _; kill "$1" 2>/dev/null; sleep 10; kill -9 "$1" 2>/dev/null'


@contextmanager
def guarded(process: subprocess.Popen[str]) -> Iterator[None]:
    """Ends the process when the block is left, and when this process is no more."""
    guard = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "guard", str(process.pid)],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Control-C in the terminal is not for it
    )
    try:
        yield
    finally:
        # First: the number of a process that has ended may be another's.
        guard.kill()
        guard.communicate()
        process.terminate()
        try:
            process.communicate(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def with_children(process: int) -> list[int]:
    """The process and all that it started, directly or not."""
    children: list[int] = []
    # A thread may end while it is looked at.
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            children += [int(id) for id in task.read_text().split()]
    return [process, *(each for child in children for each in with_children(child))]
