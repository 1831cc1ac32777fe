"""Commits and tags of repositories, stored once however often they are told.

Git knows the true parents of a commit; a push lists commits in order and leaves them to be inferred. What git
says replaces what was inferred.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, select, update

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.tables import commits, repository_tags
from daybreak.logic.linking.graph import generations
from daybreak.logic.linking.subjects import NO_REMARKS, Remarks, Reverted
from daybreak.logic.linking.versions import version_key
from daybreak.platform.database import Transaction

# What git knows better than whoever pushed.
CORRECTED = ("parents", "authored_at", "committed_at", "author", "is_bot", "subject", "remarks")


@dataclass(frozen=True, slots=True)
class CommitSighting:
    """A commit as somebody told of it. Not `is_certain`: the parents were inferred."""

    sha: str
    parents: tuple[str, ...]
    is_certain: bool
    authored_at: int
    committed_at: int
    author: str
    is_bot: bool
    subject: str
    remarks: Remarks = NO_REMARKS
    paths: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class StoredCount:
    """How many commits were new, and whether commits stored before turned out to have other parents."""

    new: int
    has_new_parents: bool


def store_commits(db: Transaction, repository_id: str, sightings: Sequence[CommitSighting]) -> StoredCount:
    """Stores what is new and corrects what was inferred. Parents come before children."""
    known = _read_known(db, repository_id, (each.sha for each in sightings))
    new = {each.sha: each for each in sightings if each.sha not in known}
    again = [each for each in sightings if each.sha in known]
    corrected = [each for each in again if each.is_certain and _parents(each) != known[each.sha].parents]
    # What began a new branch may turn out to continue an old one.
    continued = [
        each for each in again if not each.is_certain and each.parents and not known[each.sha].parents
    ]
    looked_at = [each for each in again if each.paths is not None and not known[each.sha].has_paths]
    heights = _count_generations(db, repository_id, new)
    db.insert(commits, [_row(repository_id, each, heights[each.sha]) for each in new.values()])
    _save(db, repository_id, corrected, CORRECTED)
    _save(db, repository_id, continued, ("parents",))
    _save(db, repository_id, looked_at, ("paths",))
    if corrected or continued or _gives_parents(db, repository_id, new):
        try:
            recount_generations(db, repository_id)
        except ValueError:
            # Pushes that contradict each other can make a ring; before this one there was none.
            inferred = [each for each in (*new.values(), *continued) if not each.is_certain]
            _save(db, repository_id, [replace(each, parents=()) for each in inferred], ("parents",))
            recount_generations(db, repository_id)
    return StoredCount(len(new), bool(corrected))


def recount_generations(db: Transaction, repository_id: str) -> None:
    """Counts the whole repository anew: when a parent turns up late, all that came after it lies higher."""
    columns = (commits.c.sha, commits.c.parents, commits.c.generation)
    rows = db.rows(select(*columns).where(commits.c.repository_id == repository_id))
    counted = generations({row.sha: row.parents.split() for row in rows})
    moved = [
        {"the_repository": repository_id, "the_sha": row.sha, "new_generation": counted[row.sha]}
        for row in rows
        if counted[row.sha] != row.generation
    ]
    if moved:
        db.execute(_MOVE, moved)


def store_tags(db: Transaction, repository_id: str, tags: Iterable[tuple[str, str, int]]) -> None:
    """Tags as (name, sha, instant): a tag that was moved means its new commit from now on."""
    rows = [
        {"repository_id": repository_id, "name": name, "version": version_key(name), "sha": sha, "at": at}
        for name, sha, at in tags
    ]
    db.insert_or_update(repository_tags, rows, ["sha", "at"])


def parse_remarks(document: Mapping[str, Any] | None) -> Remarks:
    """What `commits.remarks` holds."""
    if not document:
        return NO_REMARKS
    reverted = Reverted(frozenset(document["shas"]), frozenset(document["pullRequests"]))
    return Remarks(document["mergeRequest"], reverted)


def _represent_remarks(remarks: Remarks) -> dict[str, Any] | None:
    if remarks == NO_REMARKS:
        return None
    return {
        "mergeRequest": remarks.merge_request,
        "shas": sorted(remarks.reverted.shas),
        "pullRequests": sorted(remarks.reverted.pull_requests),
    }


def _row(repository_id: str, sighting: CommitSighting, generation: int) -> dict[str, Any]:
    return {
        "repository_id": repository_id,
        "sha": sighting.sha,
        "parents": _parents(sighting),
        "generation": generation,
        "authored_at": sighting.authored_at,
        "committed_at": sighting.committed_at,
        "author": sighting.author,
        "is_bot": sighting.is_bot,
        "subject": sighting.subject,
        "remarks": _represent_remarks(sighting.remarks),
        "paths": sighting.paths,
    }


def _read_known(db: Transaction, repository_id: str, shas: Iterable[str]) -> dict[str, Any]:
    of_repository = commits.c.repository_id == repository_id
    has_paths = commits.c.paths.is_not(None).label("has_paths")
    statement = select(commits.c.sha, commits.c.parents, commits.c.generation, has_paths)
    return {
        row.sha: row
        for part in chunks(set(shas))
        for row in db.rows(statement.where(of_repository, commits.c.sha.in_(part)))
    }


def _count_generations(
    db: Transaction, repository_id: str, new: Mapping[str, CommitSighting]
) -> dict[str, int]:
    parents = {parent for each in new.values() for parent in each.parents} - new.keys()
    known = _read_known(db, repository_id, parents)
    before = {sha: row.generation for sha, row in known.items()}
    return generations({sha: each.parents for sha, each in new.items()}, before)


def _gives_parents(db: Transaction, repository_id: str, new: Mapping[str, CommitSighting]) -> bool:
    """Whether a stored commit waited for one of the new ones: it has parents and the height of a root."""
    waiting = db.rows(
        select(commits.c.parents).where(
            commits.c.repository_id == repository_id, commits.c.generation == 1, commits.c.parents != ""
        )
    )
    return any(parent in new for row in waiting for parent in row.parents.split())


def _parents(sighting: CommitSighting) -> str:
    return " ".join(sighting.parents)


def _save(
    db: Transaction, repository_id: str, sightings: Sequence[CommitSighting], columns: Sequence[str]
) -> None:
    if not sightings:
        return
    rows = [_row(repository_id, each, 0) for each in sightings]
    key = {"the_repository": repository_id}
    db.execute(
        _THE_COMMIT.values({name: bindparam(f"new_{name}") for name in columns}),
        [key | {"the_sha": row["sha"]} | {f"new_{name}": row[name] for name in columns} for row in rows],
    )


_THE_COMMIT = update(commits).where(
    commits.c.repository_id == bindparam("the_repository"), commits.c.sha == bindparam("the_sha")
)
_MOVE = _THE_COMMIT.values(generation=bindparam("new_generation"))
