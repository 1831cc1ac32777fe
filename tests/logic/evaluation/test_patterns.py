"""Patterns that may be stored, and what is said of the others."""

import re
from time import process_time

import pytest

from daybreak.logic.evaluation.patterns import PatternRefused, require_safe


@pytest.mark.parametrize(
    "pattern",
    ["", "a", "^ann@", r"\.io$", r"^\w+@\w+\.io$", "(a|b)+c", "(?:foo|bar)*", "a{2,5}", r"(\d{3},)+", "a|ab",
     "colou?r", "(?i)ann", "(?P<name>a)"],
)  # fmt: skip
def test_require_safe__a_plain_pattern__passes(pattern: str) -> None:
    require_safe(pattern)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("[", "not a regular expression"),
        ("*", "not a regular expression"),
        ("a{99999999999}", "not a regular expression"),
        ("a" * 1_001, "1001 characters"),
        ("(?=a)", "looks ahead"),
        ("(?<!a)b", "looks ahead or behind"),
        (r"(a)\1", "refers back"),
        (r"(a)?(?(1)b|c)", "refers back"),
        ("(?>a)", "atomic"),
        ("a++", "possessive"),
        ("a{1001}", "more than 1000 times"),
        ("a{1001,}", "more than 1000 times"),
        ("(a+)+", "repeats a repetition"),
        ("(a?a?)*b", "repeats a repetition"),
        ("((a*)b){2}", "repeats a repetition"),
        ("(a|ab)*", "alternatives"),
        ("(.|x)*(y|.z)+", "alternatives"),
        ("(?i)(ab|Ab)*", "alternatives"),
        ("(|a)+", "alternatives"),
        ("a*b*c*d*e*", "5 repetitions"),
        ("a?" * 13, "13 optional parts"),
        ("(a|.b)" * 13, "13 optional parts"),
    ],
)
def test_require_safe__a_pattern_that_sdks_differ_on_or_hang_on__is_refused(
    pattern: str, reason: str
) -> None:
    with pytest.raises(PatternRefused, match=reason):
        require_safe(pattern)


@pytest.mark.parametrize("pattern", ["(ab|ba)*c", "a?" * 12 + "a" * 12 + "c", "a*a*b", "(a{3})+b"])
def test_require_safe__accepted_patterns__match_hostile_text_soon(pattern: str) -> None:
    require_safe(pattern)

    started = process_time()
    assert re.search(pattern, "ab" * 100 + "a" * 100) is None or pattern == "a*a*b"
    assert process_time() - started < 2
