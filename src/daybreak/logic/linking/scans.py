"""Which scans of code belong to a change: those between whose commits nothing lies but the change itself."""

from collections.abc import Collection, Mapping


def lies_within(
    head: str, previous_head: str, commits: Collection[str], first_parents: Mapping[str, str | None]
) -> bool:
    """Whether all that came between two scans of a branch is among `commits`.

    A branch goes from commit to first parent: from `head` that way leads to `previous_head`, and passes
    nothing else than `commits`. Where a parent is unknown, nobody can say so.
    """
    sha: str | None = head
    passed: set[str] = set()
    while sha is not None and sha in commits and sha not in passed:
        passed.add(sha)
        sha = first_parents.get(sha)
    return sha == previous_head or previous_head in passed - {head}
