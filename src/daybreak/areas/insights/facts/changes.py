"""Changes as values, and how what several sources tell of one is put together. Pure.

The history tells when a change landed, its provider when people worked on it. What is known is never replaced
by what is unknown, and of two sightings the newer one counts, whichever came first.
"""

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from daybreak.logic.linking.changes import Change
from daybreak.logic.linking.subjects import Reverted
from daybreak.platform.identifiers import stable_uuid

PULL_REQUEST = "pull_request"
COMMIT = "commit"

OPEN = "open"
CLOSED = "closed"
MERGED = "merged"

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFact:
    """One row of changes; the fields are its columns. Unknown: None, an empty text, or zero."""

    id: str
    repository_id: str
    kind: str
    external_id: str
    title: str = ""
    author: str = ""
    is_bot: bool = False
    status: str = OPEN
    first_commit_at: int | None = None
    created_at: int | None = None
    ready_at: int | None = None
    merged_at: int | None = None
    closed_at: int | None = None
    listed_at: int = 0
    merge_sha: str | None = None
    head_sha: str | None = None
    base_sha: str | None = None
    reverted: dict[str, list[Any]] | None = None
    commit_shas: list[str] | None = None
    seen_at: int | None = None
    is_draft: bool = False
    files_changed: int = 0
    lines_added: int = 0
    lines_deleted: int = 0
    contributors: int = 0
    is_partial: bool = True
    url: str = ""

    @property
    def is_pull_request(self) -> bool:
        return self.kind == PULL_REQUEST

    @property
    def names(self) -> frozenset[str]:
        """What a later change may call this one when it takes it back."""
        shas = {self.merge_sha, self.head_sha, *(self.commit_shas or ())} - {None}
        own = (
            pull_request_name(self.repository_id, self.external_id)
            if self.is_pull_request
            else self.external_id
        )
        return frozenset({own, *(sha for sha in shas if sha)})

    @property
    def taken_back(self) -> frozenset[str]:
        """The names of what this change reverts."""
        if self.reverted is None:
            return frozenset()
        numbers = (pull_request_name(self.repository_id, str(each)) for each in self.reverted["pullRequests"])
        return frozenset([*self.reverted["shas"], *numbers])


def change_id(repository_id: str, kind: str, external_id: str) -> str:
    return stable_uuid("change", repository_id, kind, external_id)


def pull_request_name(repository_id: str, number: str) -> str:
    return f"{repository_id}#{number}"


def landed_change(repository_id: str, change: Change, author: str, contributors: int, url: str) -> ChangeFact:
    """A change as the history tells of it."""
    kind = COMMIT if change.pull_request is None else PULL_REQUEST
    external_id = change.sha if change.pull_request is None else str(change.pull_request)
    listed_at = change.merged_at or change.authored_at or 0
    return ChangeFact(
        id=change_id(repository_id, kind, external_id),
        repository_id=repository_id,
        kind=kind,
        external_id=external_id,
        title=change.title or "",
        author=author,
        is_bot=change.is_bot,
        status=OPEN if change.merged_at is None else MERGED,
        first_commit_at=change.first_authored_at,
        merged_at=change.merged_at,
        listed_at=listed_at,
        merge_sha=None if change.merged_at is None else change.sha,
        head_sha=change.sha if change.merged_at is None else None,
        reverted=represent_reverted(change.reverted),
        commit_shas=sorted(set(change.commits) - {change.sha}) or None,
        contributors=contributors,
        is_partial=change.first_authored_at is None,
        url=url,
    )


def represent_reverted(reverted: Reverted) -> dict[str, list[Any]] | None:
    if reverted == Reverted():
        return None
    return {"shas": sorted(reverted.shas), "pullRequests": sorted(reverted.pull_requests)}


def merge_changes(known: ChangeFact, seen: ChangeFact) -> ChangeFact:
    """Both sightings of one change in one; it does not matter which of them came first."""
    newer, older = (known, seen) if (known.seen_at or 0) > (seen.seen_at or 0) else (seen, known)
    status = MERGED if MERGED in {newer.status, older.status} else newer.status
    merged = replace(
        newer,
        title=newer.title or older.title,
        author=newer.author or older.author,
        is_bot=newer.is_bot or (older.is_bot and not newer.author),
        status=status,
        first_commit_at=_first_commit_at(newer, older),
        created_at=_either(newer.created_at, older.created_at),
        ready_at=None if newer.is_draft else _later(newer.ready_at, older.ready_at),
        merged_at=_either(newer.merged_at, older.merged_at),
        closed_at=_either(newer.closed_at, older.closed_at) if status != OPEN else None,
        merge_sha=newer.merge_sha or older.merge_sha,
        head_sha=newer.head_sha or older.head_sha,
        base_sha=newer.base_sha or older.base_sha,
        reverted=newer.reverted or older.reverted,
        commit_shas=sorted({*(newer.commit_shas or ()), *(older.commit_shas or ())}) or None,
        files_changed=newer.files_changed or older.files_changed,
        lines_added=newer.lines_added or older.lines_added,
        lines_deleted=newer.lines_deleted or older.lines_deleted,
        contributors=max(newer.contributors, older.contributors),
        url=newer.url or older.url,
    )
    return replace(
        merged, is_partial=merged.first_commit_at is None, listed_at=_listed_at(merged, older.listed_at)
    )


def _first_commit_at(newer: ChangeFact, older: ChangeFact) -> int | None:
    if newer.seen_at is None:
        # The same pull request landed twice, as when it is picked: each time the history tells another
        # beginning.
        return _either(newer.first_commit_at, older.first_commit_at)
    return min(
        (each for each in (newer.first_commit_at, older.first_commit_at) if each is not None), default=None
    )


def _listed_at(change: ChangeFact, otherwise: int) -> int:
    return change.merged_at or change.closed_at or change.created_at or change.listed_at or otherwise


def _either(first: _Value | None, second: _Value | None) -> _Value | None:
    return second if first is None else first


def _later(first: int | None, second: int | None) -> int | None:
    return max((each for each in (first, second) if each is not None), default=None)
