"""Large sets of keys in parts, each of which fits beside others into the parameters of one statement."""

from collections.abc import Iterable, Iterator

CHUNK = 5_000


def chunks(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """In order, so that rows are always locked in the same one."""
    ordered = sorted(values)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]
