"""Which changes concern an application that owns only some folders of its repository."""

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase


def touches(paths: Collection[str] | None, globs: Collection[str]) -> bool:
    """Whether any path is, lies in, or matches one of the globs. No globs: everything counts.

    Paths that nobody looked at count as touching: leaving out a change needs a reason.
    """
    if paths is None or not globs:
        return True
    return any(_matches(path, glob) for glob in _plain(globs) for path in paths)


def _plain(globs: Iterable[str]) -> list[str]:
    return [glob.removeprefix("./").rstrip("/") for glob in globs]


def _matches(path: str, glob: str) -> bool:
    # As in git, a star crosses folders, and the root is written "." or nothing.
    return glob in {"", "."} or path == glob or path.startswith(f"{glob}/") or fnmatchcase(path, glob)
