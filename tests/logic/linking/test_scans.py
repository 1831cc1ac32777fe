"""Which scans belong to a change: those with nothing else between them."""

import pytest

from daybreak.logic.linking.scans import lies_within

# A main line a - b - c - d, and a branch x - y from a, merged as m onto d.
FIRST_PARENTS = {"a": None, "b": "a", "c": "b", "d": "c", "m": "d", "y": "x", "x": "a"}


@pytest.mark.parametrize(
    ("head", "previous", "commits"),
    [
        ("b", "a", {"b"}),
        ("m", "d", {"m", "y", "x"}),
        # A rebased change of several commits, scanned once or at each of them.
        ("d", "a", {"b", "c", "d"}),
        ("d", "c", {"b", "c", "d"}),
        ("c", "b", {"b", "c", "d"}),
    ],
)
def test_lies_within__nothing_else_between_the_scans__belongs(
    head: str, previous: str, commits: set[str]
) -> None:
    assert lies_within(head, previous, commits, FIRST_PARENTS)


@pytest.mark.parametrize(
    ("head", "previous", "commits"),
    [
        # Something else was between the scans.
        ("d", "b", {"d"}),
        ("m", "c", {"m", "y", "x"}),
        # The commit that the branch left is no neighbour of its merge.
        ("m", "a", {"m", "y", "x"}),
        # The scan is of another commit, or the branch went back.
        ("c", "b", {"d"}),
        ("b", "c", {"b"}),
        ("b", "b", {"b"}),
        # Nobody knows where it lies.
        ("z", "a", {"z"}),
        ("a", "z", {"a"}),
    ],
)
def test_lies_within__anything_else__does_not_belong(head: str, previous: str, commits: set[str]) -> None:
    assert not lies_within(head, previous, commits, FIRST_PARENTS)


def test_lies_within__history_that_is_a_circle__ends() -> None:
    assert not lies_within("a", "z", {"a", "b"}, {"a": "b", "b": "a"})
