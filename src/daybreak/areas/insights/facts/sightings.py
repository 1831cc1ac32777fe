"""What connectors read, as facts to store: commits of a clone or a push, pull requests of a webhook. Pure."""

import re
from collections.abc import Collection, Iterator

from daybreak.areas.insights.facts.changes import (
    CLOSED,
    MERGED,
    OPEN,
    PULL_REQUEST,
    ChangeFact,
    change_id,
    represent_reverted,
)
from daybreak.areas.insights.facts.commits import CommitSighting
from daybreak.connectors.facts import CommitsPushed, PullRequestSeen, PullRequestState, PushedCommit
from daybreak.connectors.git.commits import GitCommit
from daybreak.connectors.message import MessageMarks
from daybreak.logic.linking.subjects import (
    Remarks,
    Reverted,
    is_bot,
    is_merge_subject,
    is_release_title,
    parse_reverted,
)

STATUS = {
    PullRequestState.OPEN: OPEN,
    PullRequestState.CLOSED: CLOSED,
    PullRequestState.MERGED: MERGED,
}
_FORBIDDEN_IN_KEYS = re.compile(r"[^A-Za-z0-9._-]+")


def git_sighting(commit: GitCommit, bot_names: Collection[str]) -> CommitSighting:
    return CommitSighting(
        sha=commit.sha,
        parents=commit.parents,
        # At the edge of a shallow clone nobody knows them: whoever knew them before knew better.
        is_certain=commit.parents_known,
        authored_at=commit.authored_at,
        committed_at=commit.committed_at,
        author=commit.author,
        is_bot=commit.author_is_bot or is_bot(commit.author, bot_names=bot_names),
        subject=commit.subject,
        remarks=_remarks(commit.marks),
        paths=commit.paths,
    )


def push_sightings(push: CommitsPushed, now: int, bot_names: Collection[str]) -> list[CommitSighting]:
    """The commits of a push with the parents that its order suggests: a push names none.

    What was listed before the merge of a pull request came with it; everything else follows on each other.
    """
    parents = dict(_infer_parents(push))
    return [
        CommitSighting(
            sha=commit.sha,
            parents=parents[commit.sha],
            is_certain=False,
            authored_at=now if commit.authored_at is None else commit.authored_at,
            committed_at=now if commit.authored_at is None else commit.authored_at,
            author=commit.author or "",
            is_bot=commit.author_is_bot or is_bot(commit.author or "", bot_names=bot_names),
            subject=commit.subject,
            remarks=_remarks(commit.marks),
            paths=commit.paths,
        )
        for commit in {each.sha: each for each in push.commits}.values()
    ]


def _infer_parents(push: CommitsPushed) -> Iterator[tuple[str, tuple[str, ...]]]:
    listed = list({each.sha: each for each in push.commits}.values())
    line = push.before if push.before not in {each.sha for each in listed} else None
    previous, side_is_open = line, False
    for commit in listed:
        if _is_merge(commit) and side_is_open and previous:
            yield commit.sha, (line, previous) if line else (previous,)
            line, side_is_open = commit.sha, False
        else:
            yield commit.sha, (previous,) if previous else ()
            side_is_open = True
        previous = commit.sha


def _is_merge(commit: PushedCommit) -> bool:
    is_merge_request = commit.marks.merge_request is not None and commit.subject.startswith("Merge branch ")
    return is_merge_subject(commit.subject) or is_merge_request


def _remarks(marks: MessageMarks) -> Remarks:
    reverted = Reverted(frozenset(marks.reverted_commits), frozenset(marks.reverted_pull_requests))
    return Remarks(marks.merge_request, reverted)


def pull_request_fact(
    repository_id: str,
    seen: PullRequestSeen,
    first_commit_at: int | None,
    now: int,
    bot_names: Collection[str],
) -> ChangeFact:
    external_id = str(seen.number)
    reverted = parse_reverted(seen.title)
    return ChangeFact(
        id=change_id(repository_id, PULL_REQUEST, external_id),
        repository_id=repository_id,
        kind=PULL_REQUEST,
        external_id=external_id,
        title=seen.title,
        author=seen.author or "",
        is_bot=seen.author_is_bot
        or is_bot(seen.author or "", bot_names=bot_names)
        or is_release_title(seen.title),
        status=STATUS[seen.state],
        first_commit_at=first_commit_at,
        created_at=seen.created_at,
        ready_at=seen.ready_at,
        merged_at=seen.merged_at,
        closed_at=seen.closed_at,
        listed_at=seen.merged_at or seen.closed_at or seen.created_at or seen.seen_at or now,
        # A squash that lands without a merge is what the pull request was merged as.
        merge_sha=seen.merge_sha or seen.squash_sha,
        head_sha=seen.head_sha,
        base_sha=seen.base_sha,
        reverted=represent_reverted(reverted),
        commit_shas=[seen.squash_sha] if seen.merge_sha and seen.squash_sha else None,
        seen_at=now if seen.seen_at is None else seen.seen_at,
        is_draft=seen.is_draft,
        files_changed=seen.changed_files or 0,
        lines_added=seen.additions or 0,
        lines_deleted=seen.deletions or 0,
        contributors=1 if seen.author else 0,
        is_partial=first_commit_at is None,
        url=seen.url or "",
    )


def application_key(repository_key: str) -> str:
    """What a repository is called as an application: the last part of its name."""
    name = _FORBIDDEN_IN_KEYS.sub("-", repository_key.rpartition("/")[2]).lstrip("._-")
    return name[:100] or "application"


def environment_keys(name: str) -> list[str]:
    """The keys an environment of this name may have, the likeliest first."""
    slug = _FORBIDDEN_IN_KEYS.sub("-", name.strip()).strip("._-").lower()
    return list(dict.fromkeys(key for key in (name, slug) if key))
