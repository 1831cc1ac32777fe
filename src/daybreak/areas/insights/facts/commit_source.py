"""Stored commits as the linking rules ask for them: in stretches for a walk, or a whole history at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.commits import parse_remarks
from daybreak.areas.insights.facts.tables import commits
from daybreak.logic.linking.graph import Commit
from daybreak.logic.linking.subjects import Remarks
from daybreak.platform.database import Transaction

# A walk first reads as many generations below what it asks for, then ever more: most are short.
FIRST_STRETCH = 40
LONGEST_STRETCH = 4_000


@dataclass
class StoredCommits:
    """A `CommitSource` and `RemarksSource` over one repository, for walks from the newest commits down.

    It remembers what it has read, so it lives no longer than a transaction.
    """

    db: Transaction
    repository_id: str
    needs_paths: bool
    at_hand: dict[str, Commit] = field(default_factory=dict)
    _remarks: dict[str, Remarks] = field(default_factory=dict)
    _absent: set[str] = field(default_factory=set)
    _stretch: int = FIRST_STRETCH

    def load(self, shas: Collection[str]) -> Mapping[str, Commit]:
        wanted = {sha for sha in shas if sha not in self.at_hand and sha not in self._absent}
        if wanted:
            self._read(wanted)
        return self.at_hand

    def load_every(self) -> None:
        """Reads the whole repository with one query."""
        for row in self._rows():
            self._keep(row)

    def remarks(self) -> "RemarksAtHand":
        return RemarksAtHand(self._remarks)

    def _read(self, wanted: set[str]) -> None:
        highest = 0
        for part in chunks(wanted):
            for row in self._rows(commits.c.sha.in_(part)):
                highest = max(highest, self._keep(row).generation)
        self._absent |= wanted - self.at_hand.keys()
        if highest:
            # What the walk will ask for next lies just below.
            for row in self._rows(commits.c.generation.between(highest - self._stretch, highest)):
                self._keep(row)
            self._stretch = min(self._stretch * 4, LONGEST_STRETCH)

    def _rows(self, *where: ColumnElement[bool]) -> Sequence[Sequence[Any]]:
        paths = (commits.c.paths,) if self.needs_paths else ()
        statement = select(*_COLUMNS, *paths).where(commits.c.repository_id == self.repository_id, *where)
        return self.db.rows(statement)

    def _keep(self, row: Sequence[Any]) -> Commit:
        sha, parents, generation, committed_at, authored_at, author, is_bot, subject, remarks, *paths = row
        known = self.at_hand.get(sha)
        if known is not None:
            return known
        touched = tuple(paths[0]) if paths and paths[0] is not None else None
        if remarks is not None:
            self._remarks[sha] = parse_remarks(remarks)
        commit = self.at_hand[sha] = Commit(
            sha,
            tuple(parents.split()),
            generation,
            committed_at,
            authored_at,
            author,
            is_bot,
            subject,
            touched,
        )
        return commit


@dataclass(frozen=True, slots=True)
class RemarksAtHand:
    """What the bodies of the commits read so far say."""

    by_sha: Mapping[str, Remarks]

    def load(self, shas: Collection[str]) -> Mapping[str, Remarks]:
        return {sha: self.by_sha[sha] for sha in shas if sha in self.by_sha}


_COLUMNS = (
    commits.c.sha,
    commits.c.parents,
    commits.c.generation,
    commits.c.committed_at,
    commits.c.authored_at,
    commits.c.author,
    commits.c.is_bot,
    commits.c.subject,
    commits.c.remarks,
)
