"""How long a text may be to be searched, and what is then found."""

import re
from typing import Any

import pytest

from daybreak.logic.evaluation.matching import MOST_STEPS, Pattern
from daybreak.logic.evaluation.operators import prepare_any, prepare_operator

LONG = "@" * 2_500

PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-G991B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like "
    "Gecko) Version/4.0 Chrome/120.0.6099.144 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/445.0.0.34.118;IABMV/1;]"
)


def longest(pattern: str) -> int:
    """Of the texts that are searched."""
    made, length = Pattern(pattern), 1
    while made.count_steps(length + 1) <= MOST_STEPS and length < 100_000:
        length += 1
    return length


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [
        ("ann", 100_000, 100_000),
        ("^ann@.*$", 100_000, 100_000),
        ("a*b", 5_000, 8_000),
        (".*@.*b", 5_000, 8_000),
        (".*@[a-z]+b.*", 5_000, 8_000),
        (r"^\w+@\w+\.io$", 5_000, 8_000),
        (r"\w+@\w+\.io", 400, 600),
        (r"^\w+@\w+\.\w+$", 400, 600),
        (r"(?m)^\w+@\w+\.io", 400, 600),
        ("a*b*c*d", 150, 200),
        ("a?a?a?a*b", 2_000, 3_000),
        ("a*" + "b" * 900, 500, 1_100),
        ("((a{100}){100}){100}b", 0, 1_000),
        ("(.?a|b)c*d*e*f", 50, 150),
    ],
)
def test_pattern__how_much_may_vary__limits_the_text(pattern: str, least: int, most: int) -> None:
    assert least <= longest(pattern) <= most


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r".*@.*\.example\.com", "ann.of.the.north+flags@mail.eu-west.example.com"),
        (r"^[^@]+@[a-z.]*acme\.io$", "a" * 60 + "@" + "mail." * 40 + "acme.io"),
        (r"https?://[^/]+/orders/\d+/edit", "https://shop.example/" + "a/" * 60 + "https://b/orders/5/edit"),
        (r"Android [0-9]+.*Chrome/[0-9]+.*", PHONE),
        (r"Android.*Chrome/12\d.*FBAV", PHONE),
        (r".*?a", "xa"),
        (r".*.*?.*a", "xa"),
        (r".*a|.*b", "xb"),
        (r"a|.*b", "xb"),
        (r"(?s).*a", "\na"),
        (r"ab{2,}.*", "abb"),
        (r".*", ""),
        (r".*\bann$", "hello ann"),
    ],
)
def test_pattern__ordinary_text__is_found_as_re_finds_it(pattern: str, text: str) -> None:
    assert re.search(pattern, text)
    assert Pattern(pattern).finds([text])
    assert not Pattern(pattern + "!{3}$").finds([text])


def test_pattern__text_too_long__is_not_searched() -> None:
    pattern = Pattern(r"@.*@.*\.example\.com")

    assert not pattern.finds([LONG + "ann@a.example.com"])
    assert pattern.finds(["@ann@a.example.com"])
    assert pattern.finds([5, LONG, None, "@ann@a.example.com"])


def test_matches__many_texts__share_what_one_may_take() -> None:
    test: Any = prepare_any("matches", prepare_operator("matches", (r"@.*@.*\.example\.com", "[")))
    texts = ["@" * 250] * 8

    assert test([*texts[:2], "@ann@a.example.com"])
    assert not test([*texts * 5, "@ann@a.example.com" + "@" * 250])
    assert not test([])
