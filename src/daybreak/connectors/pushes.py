"""What the push events of GitHub and GitLab have in common: references, commits, and who wrote them."""

from __future__ import annotations

import re

from daybreak.connectors.facts import PushedCommit
from daybreak.connectors.message import parse_message_body
from daybreak.connectors.payload import Json, read_hash, read_instant, read_items, read_text, read_texts

BRANCH = "refs/heads/"
TAG = "refs/tags/"

# GitHub marks its apps; GitLab's access tokens act through users such as `project_12_bot_4f3a`.
BOT_NAME = re.compile(r"\[bot\]|^(?:project|group)_\d+_bot", re.IGNORECASE)


def is_bot_name(name: str | None) -> bool:
    return name is not None and BOT_NAME.search(name) is not None


def parse_pushed_commits(payload: Json) -> tuple[PushedCommit, ...]:
    commits = (_parse_commit(item) for item in read_items(payload, "commits"))
    return tuple(commit for commit in commits if commit)


def _parse_commit(item: Json) -> PushedCommit | None:
    sha = read_hash(item, "id")
    if sha is None:
        return None
    subject, _, body = (read_text(item, "message") or "").partition("\n")
    names = [read_text(item, "author", field) for field in ("name", "username", "email")]
    changed = (path for kind in ("added", "removed", "modified") for path in read_texts(item, kind))
    return PushedCommit(
        sha=sha,
        authored_at=read_instant(item, "timestamp"),
        author=names[0],
        author_is_bot=any(is_bot_name(name) for name in names),
        subject=subject.strip(),
        marks=parse_message_body(body),
        paths=tuple(dict.fromkeys(changed)),
    )
