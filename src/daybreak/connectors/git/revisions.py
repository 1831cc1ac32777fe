"""Names of commits given to git by others: none may be read as an option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daybreak.connectors.git.command import GitFailed


def require_plain(revisions: Iterable[str]) -> Iterator[str]:
    for revision in revisions:
        if not revision or revision.startswith("-") or "\n" in revision or "\0" in revision:
            raise GitFailed(f"{revision!r} is not the name of a commit. Give a branch, a tag or a hash.")
        yield revision
