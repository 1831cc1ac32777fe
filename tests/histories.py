"""Real histories as git repositories: their graph, times, tags and pull request numbers, with invented
contents.

A history is one JSON object per line. The first says what it is; then come commits, parents first, numbered
from 1 (`p` parents, 0 for what lies before; `at`, `ct` when authored and committed; `a` who; `d` folders
touched; `merge` or `squash` the pull request); then tags (`tag`, `c` the commit, `time`, `annotated`).
"""

import gzip
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
MONOREPO = DATA / "monorepo-component-tags.jsonl.gz"
LIBRARY = DATA / "maintenance-branches.jsonl.gz"

Record = Mapping[str, Any]


def rebuild(history: Path, folder: Path) -> Path:
    """Makes the repository in a new folder, and returns that."""
    with gzip.open(history, "rt") as lines:
        header, *records = (json.loads(line) for line in lines)
    run_git(folder.parent, "init", "--quiet", "--bare", "--initial-branch=main", str(folder))
    instructions = b"".join(_instructions(header["head"], records))
    run_git(folder, "fast-import", "--quiet", "--force", given=instructions)
    run_git(folder, "update-ref", "-d", "refs/heads/every")
    return folder


def run_git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    """Git as it is anywhere, whatever its user has set."""
    surroundings = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=surroundings, input=given, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def _instructions(head: int, records: Iterable[Record]) -> Iterator[bytes]:
    # By commit: which commit wrote each folder last.
    written: list[dict[str, int]] = [{}]
    for record in records:
        if "tag" in record:
            yield _tag(record)
        else:
            yield _commit(record, written)
    yield f"reset refs/heads/main\nfrom :{head}\n\n".encode()


def _commit(record: Record, written: list[dict[str, int]]) -> bytes:
    number, parents = len(written), [parent for parent in record["p"] if parent]
    first = written[parents[0]] if parents else {}
    now = dict(first)
    for parent in parents[1:]:
        for folder, writer in written[parent].items():
            now[folder] = max(writer, now.get(folder, 0))
    if len(parents) < 2:
        now |= dict.fromkeys(record["d"], number)
    written.append(now)
    name = record["a"] + ("[bot]" if record.get("bot") else "")
    person = f"{name} <{record['a']}@example.invalid>"
    lines = [
        "commit refs/heads/every",
        f"mark :{number}",
        f"author {person} {record['at']} +0000",
        f"committer {person} {record['ct']} +0000",
        _data(_message(record)),
        # Without a parent it would follow the commit before it.
        *([] if parents else ["deleteall"]),
        *(f"{'merge' if place else 'from'} :{parent}" for place, parent in enumerate(parents)),
    ]
    for folder, writer in sorted(now.items()):
        if first.get(folder) != writer:
            path = "top.txt" if folder == "." else f"{folder}/inside.txt"
            lines += [f'M 100644 inline "{path}"', _data(f"{writer}\n")]
    reset = "" if parents else "reset refs/heads/every\n\n"
    return (reset + "\n".join(lines) + "\n\n").encode()


def _message(record: Record) -> str:
    if "merge" in record:
        return f"Merge pull request #{record['merge']} from somebody/topic"
    what = "Revert something" if record.get("revert") else "Do something"
    return f"{what} (#{record['squash']})" if "squash" in record else what


def _tag(record: Record) -> bytes:
    if not record["annotated"]:
        return f"reset refs/tags/{record['tag']}\nfrom :{record['c']}\n\n".encode()
    tagger = f"tagger releaser <releaser@example.invalid> {record['time']} +0000"
    return f"tag {record['tag']}\nfrom :{record['c']}\n{tagger}\n{_data(record['tag'])}\n".encode()


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"
