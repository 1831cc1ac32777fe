"""What of a history counts as deployed: its tags, or every commit its branch went through."""

from collections.abc import Iterable
from dataclasses import dataclass

from daybreak.connectors.git.commits import FirstParentCommit
from daybreak.connectors.git.tags import Tag
from daybreak.logic.linking.versions import version_key

SHORT = 7


@dataclass(frozen=True, slots=True)
class Release:
    """`version` is `name` in the alphabet of deployment versions; `at` is when it counts as deployed."""

    version: str
    name: str
    sha: str
    at: int


def releases_of_tags(tags: Iterable[Tag]) -> list[Release]:
    return [Release(version_key(tag.name), tag.name, tag.sha, tag.time_ms) for tag in tags]


def releases_of_commits(line: Iterable[FirstParentCommit]) -> list[Release]:
    return [Release(each.sha, each.sha[:SHORT], each.sha, each.committed_at) for each in line]
