"""Runs git: the same answer on every machine, whatever its users have configured. Nothing else starts git."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

DEFAULT_TIMEOUT_SECONDS = 600.0
CHUNK_BYTES = 1 << 16

# What a repository's own configuration may say must not change what is read, nor start a program.
SETTINGS = (
    "safe.directory=*",  # a mirror often belongs to another user than the reader
    "core.quotepath=off",
    "core.fsmonitor=false",
    "i18n.logOutputEncoding=UTF-8",
    "log.showRoot=true",
    "log.showSignature=false",
    "diff.renames=true",
    "diff.relative=false",
    "color.ui=false",
)


class GitProblem(Exception):
    """Git could not answer; the message says what to do."""


class GitMissing(GitProblem):
    """There is no git on this machine."""


class NotARepository(GitProblem):
    """The given folder holds no repository."""


class GitFailed(GitProblem):
    """Git was asked and refused."""


def read_output(
    repository: Path,
    *arguments: str,
    lines: Iterable[str] = (),
    may_fail: bool = False,
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> str | None:
    """What git prints, given `lines` to read; None where it may fail and does so without a complaint."""
    command = _command(repository, arguments)
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, never a shell
            command,
            input=_encode(lines),
            capture_output=True,
            timeout=timeout_seconds,
            env=_surroundings(),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise GitFailed(_too_late(arguments, timeout_seconds)) from late
    if done.returncode == 1 and may_fail:
        return None
    _require_success(repository, arguments, done.returncode, done.stderr)
    return done.stdout.decode("utf-8", "replace")


def stream_fields(
    repository: Path,
    *arguments: str,
    lines: Iterable[str] = (),
    timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
) -> Iterator[str]:
    """The NUL-terminated fields git prints, as they come; git is stopped when the reader stops."""
    command = _command(repository, arguments)
    # Files, not pipes: git may fill its complaints, or wait for its questions, while we read answers.
    with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as complaints:
        questions.write(_encode(lines))
        questions.seek(0)
        with subprocess.Popen(  # noqa: S603 - a list of arguments, never a shell
            command, stdin=questions, stdout=subprocess.PIPE, stderr=complaints, env=_surroundings()
        ) as process:
            late = threading.Event()
            watch = threading.Timer(timeout_seconds, _stop, (process, late))
            watch.start()
            try:
                yield from _split_fields(process)
                process.wait()
            finally:
                watch.cancel()
                process.kill()
        if late.is_set():
            raise GitFailed(_too_late(arguments, timeout_seconds))
        complaints.seek(0)
        _require_success(repository, arguments, process.returncode, complaints.read())


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _split_fields(process: subprocess.Popen[bytes]) -> Iterator[str]:
    assert process.stdout is not None
    rest = b""
    while chunk := process.stdout.read(CHUNK_BYTES):
        *fields, rest = (rest + chunk).split(b"\0")
        for field in fields:
            yield field.decode("utf-8", "replace")


def _command(repository: Path, arguments: Sequence[str]) -> list[str]:
    program = shutil.which("git")
    if program is None:
        raise GitMissing("git was not found. Install git and make sure that it is on the PATH.")
    if not repository.is_dir():
        raise NotARepository(f"there is no folder {str(repository)!r}. Give the folder of a git clone.")
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    place = ["-C", str(repository), "--no-pager", "--no-optional-locks", "--no-replace-objects"]
    return [program, *settings, *place, *arguments]


def _surroundings() -> dict[str, str]:
    # GIT_DIR and its like are set inside hooks and would point every question at another repository.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",  # reading a partial clone must not reach for the network
        "LC_ALL": "C",
    }


def _encode(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _require_success(
    repository: Path, arguments: Sequence[str], return_code: int | None, complaint: bytes
) -> None:
    if not return_code:
        return
    said = complaint.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        raise NotARepository(
            f"{str(repository)!r} is not a git repository. Give the folder of a clone, or a bare repository."
        )
    raise GitFailed(f"git {arguments[0]} failed in {str(repository)!r}: {said or f'exit code {return_code}'}")


def _too_late(arguments: Sequence[str], seconds: float) -> str:
    return (
        f"git {arguments[0]} took longer than {seconds:g} seconds. Ask for less, or clone to a faster disk."
    )
