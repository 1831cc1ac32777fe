"""The commit graph: which commits one deployment can reach that no earlier one could.

Reachability, never time, tells what is new: a maintenance release comes later than the main line it left.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Commit:
    """`generation` is above that of every known parent; `paths` are None where nobody looked."""

    sha: str
    parents: tuple[str, ...]
    generation: int
    committed_at: int
    authored_at: int
    author: str
    is_bot: bool
    subject: str
    paths: tuple[str, ...] | None = None


class CommitSource(Protocol):
    def load(self, shas: Collection[str]) -> Mapping[str, Commit]:
        """The commits asked for; unknown ones are absent.

        It may return more than was asked, such as a stretch of ancestors read with the same query: what
        is at hand is not asked for again.
        """
        ...


@dataclass(frozen=True, slots=True)
class CommitsInMemory:
    commits: Mapping[str, Commit]

    def load(self, shas: Collection[str]) -> Mapping[str, Commit]:
        return {sha: self.commits[sha] for sha in shas if sha in self.commits}


class _Frontier:
    """The edge of a walk: commits that were reached but not yet passed, and the paint they carry."""

    def __init__(self, source: CommitSource) -> None:
        self._source = source
        self._known: dict[str, Commit] = {}
        self._missing: set[str] = set()
        self._wanted: set[str] = set()
        self._painted: dict[str, bool] = {}
        self._queue: list[tuple[int, str]] = []
        self.unpainted = 0

    def reach(self, shas: Collection[str], *, paint: bool) -> None:
        self._load_if_unknown(shas)
        for sha in shas:
            if sha in self._missing:  # the border of a shallow history: its children are roots
                continue
            before = self._painted.get(sha)
            if before is None:
                self._enter(self._known[sha])
                self._painted[sha] = paint
                self.unpainted += not paint
            elif paint and not before:
                self._painted[sha] = True
                self.unpainted -= 1

    def take(self) -> tuple[Commit, bool]:
        """The highest commit and its paint, final because whatever could paint it lies higher."""
        _, sha = heapq.heappop(self._queue)
        paint = self._painted[sha]
        self.unpainted -= not paint
        return self._known[sha], paint

    def _enter(self, commit: Commit) -> None:
        heapq.heappush(self._queue, (-commit.generation, commit.sha))
        self._wanted.update(commit.parents)

    def _load_if_unknown(self, shas: Collection[str]) -> None:
        if all(sha in self._known or sha in self._missing for sha in shas):
            return
        # One missing commit is reason enough to ask for everything that the frontier will want next.
        asked = {sha for sha in (*self._wanted, *shas) if sha not in self._known and sha not in self._missing}
        self._wanted.clear()
        self._known.update(self._source.load(asked))
        self._missing.update(asked - self._known.keys())


def new_commits(tip: str, earlier_tips: Collection[str], source: CommitSource) -> list[Commit]:
    """Every commit reachable from `tip` and from none of `earlier_tips`, children before parents."""
    frontier = _Frontier(source)
    frontier.reach((tip, *earlier_tips), paint=False)
    frontier.reach(earlier_tips, paint=True)
    fresh = []
    while frontier.unpainted:
        commit, paint = frontier.take()
        if not paint:
            fresh.append(commit)
        frontier.reach(commit.parents, paint=paint)
    return fresh


def new_commits_in_sequence(tips: Iterable[str], source: CommitSource) -> Iterator[list[Commit]]:
    """`new_commits` of each tip against all tips before it, passing each commit once in all."""
    reached: set[str] = set()
    for tip in tips:
        fresh: list[Commit] = []
        frontier = {tip} - reached
        while frontier:
            reached |= frontier
            found = source.load(frontier)
            passed = [found[sha] for sha in frontier if sha in found]
            fresh += passed
            frontier = {parent for commit in passed for parent in commit.parents} - reached
        yield sorted(fresh, key=lambda commit: (-commit.generation, commit.sha))


def generations(
    parents_of: Mapping[str, Sequence[str]], known: Mapping[str, int] | None = None
) -> dict[str, int]:
    """One above the highest known parent, for each commit of `parents_of`; 1 for roots.

    `known` holds generations of commits counted before. A parent in neither counts as absent, so when it
    turns up later its descendants must be counted again.
    """
    before = known or {}
    counted: dict[str, int] = {}
    children: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    for sha, parents in parents_of.items():
        waiting[sha] = sum(parent in parents_of for parent in parents)
        for parent in parents:
            children.setdefault(parent, []).append(sha)
    ready = [sha for sha, count in waiting.items() if count == 0]
    while ready:
        sha = ready.pop()
        parents = parents_of[sha]
        counted[sha] = 1 + max(
            (counted.get(parent) or before.get(parent, 0) for parent in parents), default=0
        )
        for child in children.get(sha, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    if len(counted) < len(parents_of):
        raise ValueError("the history holds a cycle")
    return counted
