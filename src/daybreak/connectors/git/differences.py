"""What commits changed: which touched a path, and how many lines; merges against their first parent."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from daybreak.connectors.git.command import read_output, stream_fields
from daybreak.connectors.git.repository import read_boundary
from daybreak.connectors.git.revisions import require_plain

SHORT_STATISTIC = re.compile(
    r"^ (\d+) files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?$"
)


@dataclass(frozen=True, slots=True)
class LineCounts:
    files: int
    added: int
    deleted: int


def touching(repository: Path, tips: Iterable[str], globs: Collection[str]) -> set[str]:
    """Commits the tips reach, on side branches too, that changed a matching path.

    A glob is a git pathspec from the top of the repository: a path, a folder, or a pattern whose `*` matches
    slashes. The oldest commits of a shallow clone count if the path exists: what they changed is not known.
    """
    starts = list(require_plain(tips))
    if not starts or not globs:
        return set()
    fields = stream_fields(
        repository,
        "log",
        "-z",
        "--stdin",
        # Else git may walk only the parent a merge agrees with, and never see the side branch
        # (the next option implies this in some versions of git).
        "--full-history",
        "--diff-merges=first-parent",
        "--no-renames",
        "--name-only",
        "--format=%x00%H",
        # Read from the input too, after `--`, so that many globs fit.
        lines=[*starts, "--", *(f":(top){glob}" for glob in require_plain(globs))],
    )
    commits: set[str] = set()
    sha = ""
    previous = ""
    for field in fields:
        if not previous:
            sha = field
        elif field:
            commits.add(sha)
        previous = field
    return commits


def read_line_counts(repository: Path, shas: Collection[str]) -> dict[str, LineCounts]:
    """Sha -> files and lines changed; the edge of a shallow clone, where nobody knows, is left out."""
    wanted = sorted(set(shas) - read_boundary(repository))
    if not wanted:
        return {}
    answer = read_output(
        repository,
        "log",
        "--no-walk=unsorted",
        "--stdin",
        "--diff-merges=first-parent",
        "--shortstat",
        "--format=%H",
        lines=require_plain(wanted),
    )
    counts: dict[str, LineCounts] = {}
    sha = ""
    for line in (answer or "").split("\n"):
        if match := SHORT_STATISTIC.match(line):
            counts[sha] = LineCounts(*(int(number or 0) for number in match.groups()))
        elif line:
            sha = line
            counts[sha] = LineCounts(0, 0, 0)
    return counts
