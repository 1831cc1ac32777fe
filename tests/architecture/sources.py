"""The files of the checkout as values, so that every rule can be tried on files that do not exist."""

import ast
import io
import subprocess
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]

CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css"}


@dataclass(frozen=True)
class Source:
    """One text file: its path as seen from the root of the checkout, and what it says."""

    path: PurePosixPath
    text: str

    @cached_property
    def module(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    def is_under(self, *folders: str) -> bool:
        return any(self.path.is_relative_to(folder) for folder in folders)

    def at(self, line: int, what: str) -> str:
        """One violation, the way an editor opens it."""
        return f"{self.path}:{line}: {what}"


def source(path: str, text: str) -> Source:
    return Source(PurePosixPath(path), text)


def list_sources(root: Path = ROOT) -> list[Source]:
    """Every text file that is, or could next be, part of the history: what git ignores does not count."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return [found for name in sorted(set(names)) if (found := _read(root, name)) is not None]


def _read(root: Path, name: str) -> Source | None:
    file = root / name
    if not file.is_file():  # removed from the folder, not yet from the index
        return None
    content = file.read_bytes()
    if b"\0" in content:
        return None
    return source(name, content.decode(errors="replace"))


def list_product(sources: Sequence[Source]) -> list[Source]:
    """The Python that runs at the user's."""
    return [one for one in sources if one.is_python and one.is_under("src/daybreak")]


def list_comments(one: Source) -> Iterator[tuple[int, str]]:
    """Line number and text of each comment; strings that look like comments are not."""
    for token in tokenize.generate_tokens(io.StringIO(one.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def list_strings(one: Source) -> Iterator[tuple[int, str]]:
    """Line number and text of each string that is a value, so not of docstrings."""
    statements = {id(node.value) for node in ast.walk(one.module) if isinstance(node, ast.Expr)}
    for node in ast.walk(one.module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.lineno, node.value
