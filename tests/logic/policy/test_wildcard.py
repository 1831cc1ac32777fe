"""Wildcards: `*` is any text, everything else is itself."""

import fnmatch
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.policy.wildcard import Wildcard


@pytest.mark.parametrize(
    ("pattern", "value", "is_match"),
    [
        ("web", "web", True),
        ("web", "Web", False),
        ("web", "web2", False),
        ("", "", True),
        ("", "a", False),
        ("*", "", True),
        ("*", "anything", True),
        ("dark-*", "dark-", True),
        ("dark-*", "dark-mode", True),
        ("dark-*", "a-dark-mode", False),
        ("**", "a", True),
        ("a**", "ab", True),
        ("*-mode", "dark-mode", True),
        ("*-mode", "dark-modes", False),
        ("a*b", "ab", True),
        ("a*b", "a-b-b", True),
        ("a*a", "a", False),
        ("a*b*c", "a1b2c", True),
        ("a*b*c", "acb", False),
        ("*b*b*", "ab", False),
        ("*b*", "abc", True),
        ("a*bc*c", "abc", False),
        ("?", "a", False),
        ("[a]", "a", False),
        (".", "a", False),
    ],
)
def test_wildcard__pattern_and_value__matches_whole_text(pattern: str, value: str, *, is_match: bool) -> None:
    assert Wildcard(pattern).matches(value) is is_match


@given(pattern=st.text("ab*", max_size=8), value=st.text("ab", max_size=10))
def test_wildcard__any_pattern__agrees_with_shell_patterns(pattern: str, value: str) -> None:
    expected = re.fullmatch(fnmatch.translate(pattern), value) is not None
    assert Wildcard(pattern).matches(value) is expected


def test_wildcard__pattern_made_to_backtrack__answers_at_once() -> None:
    hostile = Wildcard("*a" * 2_000 + "*b")
    started = time.perf_counter()
    assert not hostile.matches("a" * 100_000)
    assert time.perf_counter() - started < 1


def test_wildcard__same_text__is_the_same_value() -> None:
    assert Wildcard("a*") == Wildcard("a*")
    assert len({Wildcard("a*"), Wildcard("a*"), Wildcard("b")}) == 2
