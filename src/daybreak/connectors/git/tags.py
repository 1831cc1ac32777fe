"""Tags as deployments see them: a name, the commit, and the time somebody put it there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from daybreak.connectors.git.command import read_output
from daybreak.connectors.git.repository import read_shas

PREFIX = "refs/tags/"
FIELDS = (
    "refname",
    "objectname",
    "objecttype",
    "creatordate:unix",
    "*objectname",
    "*objecttype",
    "*committerdate:unix",
)
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    sha: str
    time_ms: int
    is_annotated: bool


def read_tags(repository: Path, glob: str = "*") -> list[Tag]:
    """Tags whose name matches, oldest first; `*` matches slashes too, as in `git tag --list`."""
    separated = "%00".join(f"%({field})" for field in FIELDS)
    answer = read_output(repository, "for-each-ref", f"--format={separated}", PREFIX) or ""
    rows = [line.split("\0") for line in answer.split("\n") if line]
    wanted = [row for row in rows if fnmatchcase(row[0].removeprefix(PREFIX), glob)]
    # A tag of a tag: git before 2.45 looks only one step behind it.
    nested = read_shas(repository, [row[0] for row in wanted if row[5] == "tag"])
    tags = []
    for reference, own, kind, created, behind, kind_behind, committed in wanted:
        sha = {"commit": own, "tag": behind if kind_behind == "commit" else nested.get(reference)}.get(kind)
        time = created or committed  # very old tags carry no date of their own
        if sha and time:
            tags.append(Tag(reference.removeprefix(PREFIX), sha, int(time) * 1000, kind == "tag"))
    return sorted(tags, key=lambda tag: (tag.time_ms, _by_number(tag.name)))


def _by_number(name: str) -> list[tuple[int, str]]:
    """Orders v1.9 before v1.10 where a script made both within one second."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in DIGITS.split(name)]
