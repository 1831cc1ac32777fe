"""What a commit message says below its subject: what it undoes, which merge request it is, who helped."""

from __future__ import annotations

import re
from dataclasses import dataclass

REVERTED_COMMIT = re.compile(r"\bThis reverts commit ([0-9a-f]{7,64})\b", re.IGNORECASE)
REVERTED_PULL_REQUEST = re.compile(r"^Reverts \S*#(\d{1,18})[ \t]*$", re.MULTILINE)
MERGE_REQUEST = re.compile(r"^See merge request [^\s!]*!(\d{1,18})[ \t]*$", re.MULTILINE)
CO_AUTHOR = re.compile(r"^Co-authored-by:(.+)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MessageMarks:
    reverted_commits: tuple[str, ...] = ()
    reverted_pull_requests: tuple[int, ...] = ()
    merge_request: int | None = None
    co_authors: int = 0


def parse_message_body(body: str) -> MessageMarks:
    body = body.replace("\r\n", "\n")
    requests = MERGE_REQUEST.findall(body)
    return MessageMarks(
        reverted_commits=tuple(dict.fromkeys(sha.lower() for sha in REVERTED_COMMIT.findall(body))),
        reverted_pull_requests=tuple(dict.fromkeys(int(n) for n in REVERTED_PULL_REQUEST.findall(body))),
        # GitLab writes it last; a squashed message may quote earlier ones above it.
        merge_request=int(requests[-1]) if requests else None,
        co_authors=len({who.strip().lower() for who in CO_AUTHOR.findall(body)} - {""}),
    )
