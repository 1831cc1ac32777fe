"""What a commit's subject gives away: its pull request, what it takes back, whether a machine wrote it.

Bodies are read by the connectors; what they found comes in as `Remarks`.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

_MERGE = re.compile(r"^Merge pull request #(\d+)")
_SQUASH = re.compile(r"\(#(\d+)\)\s*$")
_REVERT = re.compile(r"^(Revert\b|revert[:(])")
_REVERT_OF_REVERT = re.compile(r"^(Revert\b|revert[:(])\W*[Rr]evert\b")
_QUOTED_NUMBER = re.compile(r"\(#(\d+)\)")
_REVERT_BRANCH = re.compile(r"^Merge pull request #\d+ from [^\s/]+/revert-(\d+)-")
# "chore(main): release 1.2.3", "chore: release main", "chore: release flagd 0.9.1", "Release 2.x"; but not
# "Release the lock", nor "Release notes 2.0": a component is only believed behind a conventional prefix.
_VERSION = r"v?\d+(?:\.(?:\d+|x))*(?:[-+][0-9a-z.+-]+|(?:a|b|rc)\d+)?"
_RELEASE = re.compile(
    rf"^(?:(?:[a-z]+(?:\([^)]*\))?!?:\s*)release\s+\S+\s+{_VERSION}"
    rf"|(?:[a-z]+(?:\([^)]*\))?!?:\s*)?release\s+(?:main|master|{_VERSION}))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reverted:
    """What is taken back: commits by SHA or the beginning of one, pull requests by number."""

    shas: frozenset[str] = frozenset()
    pull_requests: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a commit's body says, as its connector read it; GitLab names the merge request only there."""

    merge_request: int | None = None
    reverted: Reverted = Reverted()


NO_REMARKS = Remarks()


def mentioned_pull_request(subject: str, remarks: Remarks = NO_REMARKS) -> int | None:
    """The number of the pull request that the commit merged or squashed, as far as its message tells."""
    if merged := _MERGE.match(subject):
        return int(merged[1])
    if remarks.merge_request is not None:
        return remarks.merge_request
    squashed = _SQUASH.search(subject)
    return int(squashed[1]) if squashed else None


def is_merge_subject(subject: str) -> bool:
    return _MERGE.match(subject) is not None


def plain_title(subject: str) -> str:
    """The subject without the number of the pull request it ends in."""
    return _SQUASH.sub("", subject).rstrip()


def is_revert(subject: str) -> bool:
    return _REVERT.match(subject) is not None


def parse_reverted(subject: str, remarks: Remarks = NO_REMARKS) -> Reverted:
    """What the commit takes back: its body's word, and the numbers in its subject or its branch's name."""
    numbers = set(remarks.reverted.pull_requests)
    if branch := _REVERT_BRANCH.match(subject):
        numbers.add(int(branch[1]))
    # The reverted title is quoted with its number; taking back a revert undoes nothing that it quotes.
    if is_revert(subject) and not _REVERT_OF_REVERT.match(subject):
        numbers.update(int(number) for number in _QUOTED_NUMBER.findall(plain_title(subject)))
    return Reverted(remarks.reverted.shas, frozenset(numbers))


def is_bot(author: str, account_type: str | None = None, bot_names: Collection[str] = ()) -> bool:
    """Machines are marked in their name or account, or listed, as many have names like people's."""
    return "[bot]" in author or account_type == "Bot" or author in bot_names


def is_release_title(title: str) -> bool:
    """Whether a pull request only releases what others changed."""
    return _RELEASE.match(plain_title(title).strip()) is not None
