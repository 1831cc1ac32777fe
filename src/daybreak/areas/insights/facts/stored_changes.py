"""Changes in the database: put together with what is known, and asked for as the linking rules do."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import ColumnElement, bindparam, select, update

from daybreak.areas.insights.facts.changes import (
    PULL_REQUEST,
    ChangeFact,
    change_id,
    merge_changes,
)
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.tables import changes
from daybreak.logic.linking.changes import PullRequest
from daybreak.platform.database import Transaction

_NAMES = tuple(field.name for field in fields(ChangeFact))
_COLUMNS = tuple(changes.c[name] for name in _NAMES)


def list_changes(db: Transaction, *where: ColumnElement[bool]) -> list[ChangeFact]:
    rows = db.rows(select(*_COLUMNS).where(*where))
    return [ChangeFact(**dict(zip(_NAMES, row, strict=True))) for row in rows]


def changes_by_id(db: Transaction, ids: Iterable[str]) -> dict[str, ChangeFact]:
    return {each.id: each for part in chunks(set(ids)) for each in list_changes(db, changes.c.id.in_(part))}


def store_changes(db: Transaction, seen: Sequence[ChangeFact]) -> dict[str, ChangeFact]:
    """Adds what these sightings tell to what is known; the changes as they are known now, by id."""
    known = changes_by_id(db, (each.id for each in seen))
    now = dict(known)
    for each in seen:
        now[each.id] = merge_changes(now[each.id], each) if each.id in now else each
    db.insert(changes, [_row(each) for each in now.values() if each.id not in known])
    _save(db, (each for each in now.values() if each.id in known and each != known[each.id]))
    return now


def store_pull_requests(
    db: Transaction, repository_id: str, facts: Sequence[ChangeFact]
) -> dict[str, ChangeFact]:
    """`store_changes` for pull requests of one repository."""
    assert all(each.repository_id == repository_id and each.is_pull_request for each in facts)
    return store_changes(db, facts)


def store_line_counts(db: Transaction, counts: Mapping[str, tuple[int, int, int]]) -> None:
    """Files changed, lines added, lines deleted, by change id."""
    rows = [
        {"row_id": id, "new_files": files, "new_added": added, "new_deleted": deleted}
        for id, (files, added, deleted) in counts.items()
    ]
    if rows:
        db.execute(_MEASURE, rows)


def _row(change: ChangeFact) -> dict[str, Any]:
    return {name: getattr(change, name) for name in _NAMES}


def _save(db: Transaction, changed: Iterable[ChangeFact]) -> None:
    rows = [{f"new_{name}": value for name, value in _row(each).items()} for each in changed]
    if rows:
        db.execute(_SAVE, rows)


_SAVE = (
    update(changes)
    .where(changes.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in _NAMES if name != "id"})
)
_MEASURE = (
    update(changes)
    .where(changes.c.id == bindparam("row_id"))
    .values(
        files_changed=bindparam("new_files"),
        lines_added=bindparam("new_added"),
        lines_deleted=bindparam("new_deleted"),
    )
)


@dataclass(frozen=True, slots=True)
class StoredPullRequests:
    """A `PullRequestSource` that asks the database: for few commits."""

    db: Transaction
    repository_id: str

    def load(self, numbers: Collection[int], shas: Collection[str]) -> Iterable[PullRequest]:
        found: dict[int, PullRequest] = {}
        ids = {change_id(self.repository_id, PULL_REQUEST, str(number)) for number in numbers}
        for column, wanted in (
            (changes.c.id, ids),
            (changes.c.merge_sha, set(shas)),
            (changes.c.head_sha, set(shas)),
        ):
            for part in chunks(wanted):
                # A repository asked for beside an id would lead the planner to the index of all its changes.
                of_repository = (
                    () if column is changes.c.id else (changes.c.repository_id == self.repository_id,)
                )
                found |= _list_pull_requests(self.db, *of_repository, column.in_(part))
        return [found[number] for number in sorted(found)]


@dataclass(frozen=True, slots=True)
class PullRequestsAtHand:
    """A `PullRequestSource` that has read the whole repository: for whole histories."""

    by_number: Mapping[int, PullRequest]
    by_sha: Mapping[str, Sequence[PullRequest]]

    def load(self, numbers: Collection[int], shas: Collection[str]) -> Iterable[PullRequest]:
        found = {number: self.by_number[number] for number in numbers if number in self.by_number}
        found |= {each.number: each for sha in shas for each in self.by_sha.get(sha, ())}
        return [found[number] for number in sorted(found)]


def load_pull_requests(db: Transaction, repository_id: str) -> PullRequestsAtHand:
    by_number = _list_pull_requests(db, changes.c.repository_id == repository_id)
    by_sha: dict[str, list[PullRequest]] = {}
    for each in by_number.values():
        for sha in {each.merge_sha, each.head_sha}:
            if sha:
                by_sha.setdefault(sha, []).append(each)
    return PullRequestsAtHand(by_number, by_sha)


def _list_pull_requests(db: Transaction, *where: ColumnElement[bool]) -> dict[int, PullRequest]:
    columns = (
        changes.c.external_id,
        changes.c.title,
        changes.c.merge_sha,
        changes.c.head_sha,
        changes.c.is_bot,
        changes.c.author,
        changes.c.kind,
    )
    return {
        int(row.external_id): PullRequest(
            number=int(row.external_id),
            title=row.title or None,
            merge_sha=row.merge_sha,
            head_sha=row.head_sha,
            author_is_bot=row.is_bot if row.author else None,
        )
        for row in db.rows(select(*columns).where(*where))
        if row.kind == PULL_REQUEST
    }
