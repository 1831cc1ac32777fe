"""A git repository of any size, made with git's own fast-import: squash merges on one branch, tags in
between.
"""

import subprocess
from pathlib import Path

FIRST = 1_700_000_000
STEP = 3_600


def make_repository(folder: Path, commits: int, tags: int) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    lines: list[str] = []
    for number in range(1, commits + 1):
        when = FIRST + number * STEP
        author = "renovate[bot]" if number % 5 == 0 else f"author-{number % 40}"
        message = f"Change number {number} (#{number})"
        content = f"{number}\n" * (1 + number % 30)
        lines += [
            "commit refs/heads/main",
            f"mark :{number}",
            f"author {author} <{number % 40}@example.invalid> {when - 7 * STEP} +0000",
            f"committer {author} <{number % 40}@example.invalid> {when} +0000",
            f"data {len(message)}",
            message,
            f"M 100644 inline folder-{number % 20}/file-{number % 100}.txt",
            f"data {len(content)}",
            content,
        ]
        if number % (commits // tags) == 0:
            lines += [f"reset refs/tags/v{number}", f"from :{number}", ""]
    feed = "\n".join(lines) + "\n"
    subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet"], input=feed.encode(), check=True, timeout=300
    )
