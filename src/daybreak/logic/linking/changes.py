"""What the new commits of a deployment amount to: pull requests, and commits that were in none.

Only the line of first parents, which the deployed branch itself went through, makes changes. What a merge
brought belongs to that merge: to its pull request, or to none if it only joined two branches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daybreak.logic.linking.graph import Commit
from daybreak.logic.linking.subjects import (
    NO_REMARKS,
    Remarks,
    Reverted,
    is_merge_subject,
    is_release_title,
    mentioned_pull_request,
    parse_reverted,
    plain_title,
)


@dataclass(frozen=True, slots=True)
class PullRequest:
    """What is known of a pull request from elsewhere than the history; None is unknown."""

    number: int
    title: str | None = None
    merge_sha: str | None = None
    head_sha: str | None = None
    commit_shas: frozenset[str] = frozenset()
    author_is_bot: bool | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One pull request, or one commit that was in none (`pull_request` is None).

    `sha` is the commit that landed it, `authored_at` that commit's, `first_authored_at` that of the first
    commit, unknown where a squash hid it. `paths` None: not known which files it touched.
    """

    pull_request: int | None
    sha: str
    commits: tuple[str, ...]
    title: str | None
    first_authored_at: int | None
    authored_at: int | None
    merged_at: int | None
    is_bot: bool
    reverted: Reverted
    paths: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A commit of the first-parent line with what it brought, and what it belongs to."""

    commit: Commit
    brought: tuple[Commit, ...]
    number: int | None
    is_landing: bool


def first_parent_line(new_commits: Sequence[Commit]) -> list[Commit]:
    """The new commits that the deployed branch itself went through, oldest first."""
    by_sha = {commit.sha: commit for commit in new_commits}
    # All are reachable from the deployed commit, so it alone has the highest generation.
    commit = max(new_commits, key=lambda each: each.generation, default=None)
    line = []
    while commit:
        line.append(commit)
        commit = by_sha.get(commit.parents[0]) if commit.parents else None
    return line[::-1]


def changes_of(
    new_commits: Sequence[Commit],
    pull_requests: Iterable[PullRequest] = (),
    remarks: Mapping[str, Remarks] | None = None,
) -> list[Change]:
    """The changes that the new commits of one deployment make up, in the order they landed."""
    known = {pull_request.number: pull_request for pull_request in pull_requests}
    said = remarks or {}
    own: list[_Candidate] = []
    grouped: dict[int, list[_Candidate]] = {}
    for candidate in _candidates(new_commits, known.values(), said):
        if candidate.number is not None:
            grouped.setdefault(candidate.number, []).append(candidate)
        elif len(candidate.commit.parents) < 2:  # a merge without a pull request changed nothing itself
            own.append(candidate)
    changes = [_change_of_commit(candidate, said) for candidate in own]
    changes += [
        _change_of_pull_request(known.get(number) or PullRequest(number), candidates, said)
        for number, candidates in grouped.items()
    ]
    position = {commit.sha: commit.generation for commit in new_commits}
    return sorted(changes, key=lambda change: position[change.sha])


def change_without_history(sha: str, pull_requests: Iterable[PullRequest]) -> Change | None:
    """The pull request that was merged as, or ended in, a deployed commit of which only the SHA is known."""
    for pull_request in pull_requests:
        if sha in {pull_request.merge_sha, pull_request.head_sha}:
            title = pull_request.title
            return Change(
                pull_request=pull_request.number,
                sha=sha,
                commits=(sha,),
                title=title,
                first_authored_at=None,
                authored_at=None,
                merged_at=None,
                is_bot=bool(pull_request.author_is_bot) or is_release_title(title or ""),
                reverted=parse_reverted(title or ""),
                paths=None,
            )
    return None


def _candidates(
    new_commits: Sequence[Commit], pull_requests: Iterable[PullRequest], said: Mapping[str, Remarks]
) -> list[_Candidate]:
    merged_as: dict[str, int] = {}
    part_of: dict[str, int] = {}
    for pull_request in pull_requests:
        if pull_request.merge_sha:
            merged_as.setdefault(pull_request.merge_sha, pull_request.number)
        for sha in (pull_request.head_sha, *pull_request.commit_shas):
            if sha:
                part_of.setdefault(sha, pull_request.number)
    candidates = []
    line = first_parent_line(new_commits)
    for commit, brought in zip(line, _brought_by(line, new_commits), strict=True):
        number = merged_as.get(commit.sha)
        if number is None:
            number = mentioned_pull_request(commit.subject, said.get(commit.sha, NO_REMARKS))
        is_landing = number is not None
        if number is None:
            number = part_of.get(commit.sha)
        candidates.append(_Candidate(commit, brought, number, is_landing))
    return candidates


def _brought_by(line: Sequence[Commit], new_commits: Sequence[Commit]) -> list[tuple[Commit, ...]]:
    """For each commit of the line the others that it was the first to make reachable."""
    by_sha = {commit.sha: commit for commit in new_commits}
    claimed = {commit.sha for commit in line}
    brought = []
    # Oldest first: what the first parent reaches is all claimed by then, so the rest came by this merge.
    for commit in line:
        found: list[Commit] = []
        waiting = list(commit.parents[1:])
        while waiting:
            sha = waiting.pop()
            if sha in by_sha and sha not in claimed:
                claimed.add(sha)
                found.append(by_sha[sha])
                waiting += by_sha[sha].parents
        brought.append(tuple(sorted(found, key=lambda each: (each.authored_at, each.sha))))
    return brought


def _change_of_commit(candidate: _Candidate, said: Mapping[str, Remarks]) -> Change:
    commit = candidate.commit
    return Change(
        pull_request=None,
        sha=commit.sha,
        commits=(commit.sha,),
        title=commit.subject,
        first_authored_at=commit.authored_at,
        authored_at=commit.authored_at,
        merged_at=commit.committed_at,
        is_bot=commit.is_bot,
        reverted=parse_reverted(commit.subject, said.get(commit.sha, NO_REMARKS)),
        paths=None if commit.paths is None else frozenset(commit.paths),
    )


def _change_of_pull_request(
    pull_request: PullRequest, candidates: Sequence[_Candidate], said: Mapping[str, Remarks]
) -> Change:
    landings = [candidate for candidate in candidates if candidate.is_landing]
    # The same pull request may land twice, as when it is picked to a second branch: the first time counts.
    # Without a landing, a branch was deployed before it was merged: its last commit stands for it.
    chosen = min(landings, key=lambda each: each.commit.committed_at, default=candidates[-1])
    landing = chosen.commit
    brought = [commit for candidate in candidates for commit in candidate.brought]
    commits = [*(candidate.commit for candidate in candidates), *brought]
    title = pull_request.title or _title_of(landing)
    # Whoever merged it need not be whoever wrote it; a squash is signed by its author.
    first_author_is_bot = chosen.brought[0].is_bot if chosen.brought else landing.is_bot
    author_is_bot = pull_request.author_is_bot
    return Change(
        pull_request=pull_request.number,
        sha=landing.sha,
        commits=tuple(commit.sha for commit in commits),
        title=title,
        first_authored_at=chosen.brought[0].authored_at if chosen.brought else None,
        authored_at=landing.authored_at,
        merged_at=landing.committed_at if landings else None,
        is_bot=(first_author_is_bot if author_is_bot is None else author_is_bot)
        or is_release_title(title or ""),
        reverted=_union(
            [parse_reverted(title or ""), *(_reverted(commit, said) for commit in commits)],
            pull_request.number,
        ),
        paths=_paths_of(candidates),
    )


def _title_of(landing: Commit) -> str | None:
    """A squash is called as its pull request was; a merge carries its own words."""
    return None if is_merge_subject(landing.subject) else plain_title(landing.subject)


def _reverted(commit: Commit, said: Mapping[str, Remarks]) -> Reverted:
    return parse_reverted(commit.subject, said.get(commit.sha, NO_REMARKS))


def _union(parts: Iterable[Reverted], number: int) -> Reverted:
    """What all parts take back; a number in a title may be the pull request's own."""
    every = list(parts)
    return Reverted(
        frozenset().union(*(part.shas for part in every)),
        frozenset().union(*(part.pull_requests for part in every)) - {number},
    )


def _paths_of(candidates: Iterable[_Candidate]) -> frozenset[str] | None:
    """What landed, seen from the deployed branch: a side branch also touches what it merged from there."""
    touched: set[str] = set()
    for candidate in candidates:
        if candidate.commit.paths is None:
            return None
        touched.update(candidate.commit.paths)
    return frozenset(touched)
