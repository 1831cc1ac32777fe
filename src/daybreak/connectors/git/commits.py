"""Commits as they stand in the history: graph, times, authors, and what their messages say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from daybreak.connectors.git.command import stream_fields
from daybreak.connectors.git.repository import read_boundary
from daybreak.connectors.git.revisions import require_plain
from daybreak.connectors.message import MessageMarks, parse_message_body

FIELDS = ("%H", "%P", "%at", "%ct", "%an", "%ae", "%s", "%b")


@dataclass(frozen=True, slots=True)
class GitCommit:
    """`parents_known` is False at the edge of a shallow clone; `paths` is None where not asked or unknown."""

    sha: str
    parents: tuple[str, ...]
    parents_known: bool
    authored_at: int
    committed_at: int
    author: str
    author_is_bot: bool
    subject: str
    marks: MessageMarks
    paths: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class FirstParentCommit:
    sha: str
    committed_at: int


def read_commits(
    repository: Path, tips: Iterable[str], since_ms: int | None = None, *, with_paths: bool = False
) -> Iterator[GitCommit]:
    """Everything the tips reach, parents before children; a tip written `^tip` takes away what it reaches.

    `paths` are those that differ from the first parent: for a merge, what it brought to its branch.
    """
    starts = list(require_plain(tips))
    if not starts:  # git would take HEAD instead
        return
    boundary = read_boundary(repository)
    shown = ["--diff-merges=first-parent", "--no-renames", "--name-only"] if with_paths else ["--no-patch"]
    fields = stream_fields(
        repository,
        "log",
        "-z",
        "--stdin",
        "--topo-order",
        "--reverse",
        *_newer_than(since_ms),
        *shown,
        # A NUL before each commit: names of paths are never empty, so the empty field tells where one ends.
        f"--format={''.join('%x00' + field for field in FIELDS)}",
        lines=starts,
    )
    for record in _split_records(fields):
        yield _commit(record, boundary, with_paths=with_paths)


def read_first_parent(repository: Path, branch: str, since_ms: int | None = None) -> list[FirstParentCommit]:
    """The commits the branch itself went through, oldest first, without those its merges brought."""
    fields = stream_fields(
        repository, "log", "-z", "--stdin", "--first-parent", "--format=%H %ct", lines=require_plain([branch])
    )
    chain = [field.split(" ") for field in fields if field]
    commits = [FirstParentCommit(sha, _milliseconds(time)) for sha, time in reversed(chain)]
    # Not asked of git: it would stop at the first commit whose clock was wrong.
    return [commit for commit in commits if since_ms is None or commit.committed_at >= since_ms]


def _newer_than(since_ms: int | None) -> list[str]:
    return [] if since_ms is None else [f"--max-age={max(since_ms, 0) // 1000}"]


def _split_records(fields: Iterator[str]) -> Iterator[list[str]]:
    record: list[str] = []
    for field in fields:
        if len(record) == len(FIELDS) + 1 and field.startswith("\n"):
            record.append(field[1:])
        elif field or 0 < len(record) <= len(FIELDS):
            record.append(field)
        else:
            if record:
                yield record[1:]
            record = [""]
    if len(record) > len(FIELDS):
        yield record[1:]


def _commit(record: list[str], boundary: frozenset[str], *, with_paths: bool) -> GitCommit:
    sha, parents, authored, committed, author, address, subject, body = record[: len(FIELDS)]
    parents_known = sha not in boundary
    return GitCommit(
        sha=sha,
        parents=tuple(parents.split()),
        parents_known=parents_known,
        authored_at=_milliseconds(authored or committed),
        committed_at=_milliseconds(committed or authored),
        author=author,
        author_is_bot="[bot]" in author or "[bot]" in address,
        subject=subject,
        marks=parse_message_body(body),
        paths=tuple(record[len(FIELDS) :]) if with_paths and parents_known else None,
    )


def _milliseconds(seconds: str) -> int:
    return int(seconds or 0) * 1000
