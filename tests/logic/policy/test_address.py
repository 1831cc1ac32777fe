"""Specifiers and addresses: which resources a policy speaks of."""

import pytest

from daybreak.logic.policy.address import (
    Address,
    Place,
    SpecifierInvalid,
    matches,
    parse_specifier,
)

WEB: Place = ("proj", "web", {"front", "beta"})
PRODUCTION: Place = ("env", "production", {"critical"})
FLAG = Address.of(WEB, PRODUCTION, ("flag", "dark-mode", {"ui"}))


@pytest.mark.parametrize(
    ("specifier", "address", "is_match"),
    [
        ("*", FLAG, True),
        ("*", Address.of(("acct", "")), True),
        ("*", Address.of(), True),
        ("acct", Address.of(("acct", "")), True),
        ("acct/*", Address.of(("acct", "")), True),
        ("acct", Address.of(WEB), False),
        ("proj/web", Address.of(WEB), True),
        ("proj/*", Address.of(WEB), True),
        ("proj/*", Address.of(WEB, PRODUCTION), False),
        ("proj/*:env/*", Address.of(WEB), False),
        ("proj/Web", Address.of(WEB), False),
        ("team/web", Address.of(WEB), False),
        ("*/web", Address.of(WEB), True),
        ("*/api", Address.of(WEB), False),
        ("proj/*:*/*", Address.of(WEB, PRODUCTION), True),
        ("proj/*:*/*", Address.of(("team", "web"), PRODUCTION), False),
        ("proj/*:*/*", Address.of(WEB), False),
        ("proj/web:env/production:flag/dark-*", FLAG, True),
        ("proj/web:env/production:flag/light-*", FLAG, False),
        ("proj/*:env/*:segment/*", FLAG, False),
        ("proj/*:env/test:flag/*", FLAG, False),
        ("proj/*:env/*:flag/*-mode", FLAG, True),
        ("proj/web;beta", Address.of(WEB), True),
        ("proj/web;beta,front", Address.of(WEB), True),
        ("proj/web;beta,back", Address.of(WEB), False),
        ("proj/web;b*", Address.of(WEB), True),
        ("proj/web;*a", Address.of(WEB), True),
        ("proj/web;*", Address.of(WEB), True),
        ("proj/web;*", Address.of(("proj", "web")), False),
        ("proj/web;Beta", Address.of(WEB), False),
        ("proj/*:env/*;critical:flag/*", FLAG, True),
        ("proj/*:env/*:flag/*;critical", FLAG, False),
        ("acct;paid", Address.of(("acct", "", {"paid"})), True),
        (
            "code-reference-repository/org/name",
            Address.of(("code-reference-repository", "org/name")),
            True,
        ),
    ],
)
def test_matches__specifier_and_address__compares_every_segment(
    specifier: str, address: Address, *, is_match: bool
) -> None:
    assert matches(parse_specifier(specifier), address) is is_match


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'': a resource type is missing in ''"),
        ("proj", "'proj': 'proj' needs a key, as in 'proj/*'"),
        ("proj/", "'proj' needs a key"),
        ("/web", "a resource type is missing in '/web'"),
        ("proj/web:", "a resource type is missing in ''"),
        ("proj/web::flag/a", "a resource type is missing"),
        ("proj/*:*", "'*' needs a key, as in '*/*'"),
        ("pro*/web", "a resource type is a word or '*', not 'pro*'"),
        ("proj/web;", "a tag is missing"),
        ("proj/web;a,", "a tag is missing"),
        ("proj/web;a;b", "more than one ';': separate tags with commas"),
        ("proj/web; a", "there is a space before or after 'a'"),
        ("proj/web ", "there is a space before or after 'web'"),
        (" proj/web", "there is a space before or after 'proj'"),
    ],
)
def test_parse_specifier__malformed__says_what_is_wrong(text: str, message: str) -> None:
    with pytest.raises(SpecifierInvalid) as invalid:
        parse_specifier(text)
    assert message in str(invalid.value)


def test_parse_specifier__same_text__is_the_same_value() -> None:
    assert parse_specifier("proj/a:env/*") == parse_specifier("proj/a:env/*")
    assert parse_specifier("proj/a") != parse_specifier("proj/b")


def test_address_of__tags_of_any_collection__is_the_same_value() -> None:
    assert Address.of(("proj", "web", ["a", "b"])) == Address.of(("proj", "web", {"b", "a"}))
    assert Address.of(("proj", "web")) == Address.of(("proj", "web", ()))


def test_address__as_text__names_just_this_resource() -> None:
    address = Address.of(("proj", "web", {"beta", "alpha"}), ("repository", "owner/name"), ("acct", ""))

    assert str(address) == "proj/web;alpha,beta:repository/owner%2Fname:acct"
