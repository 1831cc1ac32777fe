"""What commit subjects give away."""

import pytest

from daybreak.logic.linking.subjects import (
    Remarks,
    Reverted,
    is_bot,
    is_release_title,
    is_revert,
    mentioned_pull_request,
    parse_reverted,
    plain_title,
)


@pytest.mark.parametrize(
    ("subject", "remarks", "expected"),
    [
        ("Merge pull request #12 from ada/topic", Remarks(), 12),
        ("feat: dark mode (#34)", Remarks(), 34),
        ("feat: dark mode (#34)  ", Remarks(), 34),
        ("feat: as asked in (#34) last week", Remarks(), None),
        ("fix #34", Remarks(), None),
        ("Merge branch 'topic' into 'main'", Remarks(), None),
        ("Merge branch 'topic' into 'main'", Remarks(merge_request=56), 56),
        ("Closes the issue (#34)", Remarks(merge_request=56), 56),
        ("Merge pull request #12 from ada/topic (#34)", Remarks(), 12),
        ('Revert "feat: dark mode (#34)" (#35)', Remarks(), 35),
        ('Revert "feat: dark mode (#34)"', Remarks(), None),
    ],
)
def test_mentioned_pull_request__of_a_message__is_the_one_it_landed(
    subject: str, remarks: Remarks, expected: int | None
) -> None:
    assert mentioned_pull_request(subject, remarks) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ('Revert "feat: dark mode"', True),
        ("Revert the new cache", True),
        ("revert: feat: dark mode", True),
        ("revert(web): dark mode", True),
        ("Reverting is allowed now", False),
        ("revert the polarity", False),
        ('Reapply "feat: dark mode"', False),
        ("fix: revert button", False),
    ],
)
def test_is_revert__by_its_first_word__tells(subject: str, *, expected: bool) -> None:
    assert is_revert(subject) is expected


@pytest.mark.parametrize(
    ("subject", "remarks", "expected"),
    [
        ('Revert "feat: dark mode (#34)" (#35)', Remarks(), Reverted(pull_requests=frozenset({34}))),
        ('Revert "feat: dark mode (#34)"', Remarks(), Reverted(pull_requests=frozenset({34}))),
        ("revert: feat: dark mode (#34) (#35)", Remarks(), Reverted(pull_requests=frozenset({34}))),
        # One number at the end is the revert's own.
        ("revert: feat: dark mode (#35)", Remarks(), Reverted()),
        ('Revert "Revert "feat: dark mode (#34)" (#35)" (#36)', Remarks(), Reverted()),
        (
            "Merge pull request #35 from ada/revert-34-dark-mode",
            Remarks(),
            Reverted(pull_requests=frozenset({34})),
        ),
        ("feat: dark mode, see (#33) (#34)", Remarks(), Reverted()),
        (
            "Back to the old cache",
            Remarks(reverted=Reverted(frozenset({"a" * 40}), frozenset({7}))),
            Reverted(frozenset({"a" * 40}), frozenset({7})),
        ),
    ],
)
def test_parse_reverted__of_a_message__names_what_is_taken_back(
    subject: str, remarks: Remarks, expected: Reverted
) -> None:
    assert parse_reverted(subject, remarks) == expected


@pytest.mark.parametrize(
    ("author", "account_type", "bot_names", "expected"),
    [
        ("renovate[bot]", None, (), True),
        ("Flagsmith Bot", None, (), False),
        ("Flagsmith Bot", None, {"Flagsmith Bot"}, True),
        ("octo-deployer", "Bot", (), True),
        ("Ada", "User", {"Flagsmith Bot"}, False),
    ],
)
def test_bots__are_told_by_mark_account_or_configured_name(
    author: str, account_type: str | None, bot_names: set[str] | tuple[()], *, expected: bool
) -> None:
    assert is_bot(author, account_type, bot_names) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("release main", True),
        ("chore: release main", True),
        ("chore(main): release 1.2.3", True),
        ("chore(main): release 1.2.3 (#99)", True),
        ("chore(main): release flagd 0.9.1", True),
        ("chore: release 2.0.0-rc.1", True),
        ("Release v2.163.0", True),
        ("release 2.x", True),
        ("Release 2.3.0rc1", True),
        ("Release the lock before retrying", False),
        ("Release notes 2.0", False),
        ("feat: release 2 workers at once", False),
        ("docs: how to release main", False),
        ("chore(main): released 1.2.3", False),
        ("", False),
    ],
)
def test_bots__release_pull_requests_are_told_by_title(title: str, *, expected: bool) -> None:
    assert is_release_title(title) is expected


def test_plain_title__of_a_squash__ends_before_the_number() -> None:
    assert plain_title("feat: dark mode (#34)") == "feat: dark mode"
