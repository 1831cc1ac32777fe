"""From a deployed commit to the changes it delivered: `graph` finds the commits, `changes` what they mean."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from daybreak.logic.linking.changes import (
    Change,
    PullRequest,
    change_without_history,
    changes_of,
    first_parent_line,
)
from daybreak.logic.linking.graph import Commit, CommitSource, new_commits, new_commits_in_sequence
from daybreak.logic.linking.subjects import NO_REMARKS, Remarks, mentioned_pull_request


class PullRequestSource(Protocol):
    def load(self, numbers: Collection[int], shas: Collection[str]) -> Iterable[PullRequest]:
        """The pull requests with these numbers, or with these merge, head or own commits."""
        ...


class RemarksSource(Protocol):
    def load(self, shas: Collection[str]) -> Mapping[str, Remarks]:
        """What the bodies of these commits say; silent ones are absent."""
        ...


def delivered_changes(
    tip: str,
    earlier_tips: Collection[str],
    commits: CommitSource,
    pull_requests: PullRequestSource,
    remarks: RemarksSource,
    delivered: Collection[int] = (),
) -> list[Change]:
    """The changes that reach an environment for the first time with the commit `tip`.

    `earlier_tips` are the commits of every earlier successful deployment of the same application there,
    `delivered` the pull requests that those already brought.
    """
    known = commits.load({tip, *earlier_tips})
    if tip not in known:
        changes = _changes_without_history(tip, pull_requests)
    elif before := [sha for sha in earlier_tips if sha in known]:
        changes = _changes_of(new_commits(tip, before, commits), pull_requests, remarks)
    else:
        changes = _changes_of(_own_commits(known[tip], commits), pull_requests, remarks)
    return [
        change for change in changes if change.pull_request is None or change.pull_request not in delivered
    ]


def delivered_changes_in_sequence(
    tips: Iterable[str], commits: CommitSource, pull_requests: PullRequestSource, remarks: RemarksSource
) -> Iterator[list[Change]]:
    """`delivered_changes` for a whole history of successful deployments, passing each commit once."""
    delivered: set[int] = set()
    has_baseline = False
    ordered = list(tips)
    for tip, fresh in zip(ordered, new_commits_in_sequence(ordered, commits), strict=True):
        known = commits.load({tip})
        if tip not in known:
            changes = _changes_without_history(tip, pull_requests)
        else:
            own = fresh if has_baseline else _own_commits(known[tip], commits)
            changes = _changes_of(own, pull_requests, remarks)
            has_baseline = True
        yield [change for change in changes if change.pull_request not in delivered]
        delivered.update(change.pull_request for change in changes if change.pull_request is not None)


def _own_commits(tip: Commit, commits: CommitSource) -> list[Commit]:
    """The commit itself and what it merged: a first deployment says nothing of when the rest arrived."""
    return new_commits(tip.sha, tip.parents[:1], commits)


def _changes_of(
    fresh: Sequence[Commit], pull_requests: PullRequestSource, remarks: RemarksSource
) -> list[Change]:
    said = remarks.load({commit.sha for commit in fresh})
    line = first_parent_line(fresh)
    mentioned = {mentioned_pull_request(each.subject, said.get(each.sha, NO_REMARKS)) for each in line}
    numbers = {number for number in mentioned if number is not None}
    return changes_of(fresh, pull_requests.load(numbers, {commit.sha for commit in line}), said)


def _changes_without_history(tip: str, pull_requests: PullRequestSource) -> list[Change]:
    change = change_without_history(tip, pull_requests.load((), {tip}))
    return [change] if change else []
