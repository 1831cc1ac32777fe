"""GitHub's webhooks as facts: pull requests, pushes, deployments, workflow runs, releases. Pure."""

from __future__ import annotations

from collections.abc import Callable

from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    DeploymentStatus,
    Fact,
    Nothing,
    Provider,
    PullRequestSeen,
    PullRequestState,
    Reading,
    ReleasePublished,
    RepositorySeen,
    TagPushed,
    WorkflowRunSeen,
)
from daybreak.connectors.payload import (
    Json,
    read_address,
    read_at,
    read_hash,
    read_instant,
    read_items,
    read_number,
    read_text,
    read_truth,
)
from daybreak.connectors.pushes import BRANCH, TAG, is_bot_name, parse_pushed_commits

LISTED_AT_MOST = 2048  # commits in one push event

# `inactive` is missing on purpose: the deployment was superseded, it did not fail.
STATUS_OF_STATE = {
    "in_progress": DeploymentStatus.STARTED,
    "success": DeploymentStatus.FINISHED,
    "failure": DeploymentStatus.FAILED,
    "error": DeploymentStatus.FAILED,
}
STATUS_OF_CONCLUSION = {
    "success": DeploymentStatus.FINISHED,
    "failure": DeploymentStatus.FAILED,
    "timed_out": DeploymentStatus.FAILED,
    "startup_failure": DeploymentStatus.FAILED,
}


def parse_github(event: str, payload: Json) -> Reading:
    """`event` is X-GitHub-Event; `payload` the decoded body, of any shape."""
    parse = PARSERS.get(event)
    if parse is None:
        return Nothing(f"the event {event!r} tells nothing about delivery")
    repository = _repository(payload)
    if repository is None:
        return Nothing("the event names no repository")
    fact = parse(repository, payload)
    return fact if isinstance(fact, Nothing) else (fact,)


def _repository(payload: Json) -> RepositorySeen | None:
    key = read_text(payload, "repository", "full_name")
    if key is None:
        return None
    return RepositorySeen(
        provider=Provider.GITHUB,
        key=key,
        url=read_address(payload, "repository", "html_url"),
        default_branch=read_text(payload, "repository", "default_branch"),
    )


def _pull_request(repository: RepositorySeen, payload: Json) -> PullRequestSeen | Nothing:
    pull = read_at(payload, "pull_request")
    number = read_number(pull, "number") or read_number(payload, "number")
    if number is None:
        return Nothing("the pull request has no number")
    action = read_text(payload, "action") or ""
    created_at, seen_at = read_instant(pull, "created_at"), read_instant(pull, "updated_at")
    merged_at = read_instant(pull, "merged_at")
    is_merged = read_truth(pull, "merged") or merged_at is not None
    is_draft = read_truth(pull, "draft") or False
    return PullRequestSeen(
        repository=repository,
        action=action,
        seen_at=seen_at,
        number=number,
        external_id=str(read_number(pull, "id") or f"{repository.key}#{number}"),
        title=read_text(pull, "title") or "",
        state=_state(pull, is_merged=is_merged),
        is_draft=is_draft,
        author=read_text(pull, "user", "login"),
        author_is_bot=_is_bot(pull),
        created_at=created_at,
        ready_at=None if is_draft else {"opened": created_at, "ready_for_review": seen_at}.get(action),
        merged_at=merged_at,
        closed_at=read_instant(pull, "closed_at"),
        base_branch=read_text(pull, "base", "ref"),
        base_sha=read_hash(pull, "base", "sha"),
        head_branch=read_text(pull, "head", "ref"),
        head_sha=read_hash(pull, "head", "sha"),
        merge_sha=read_hash(pull, "merge_commit_sha") if is_merged else None,
        squash_sha=None,  # GitHub names a squash commit in merge_commit_sha
        additions=read_number(pull, "additions"),
        deletions=read_number(pull, "deletions"),
        changed_files=read_number(pull, "changed_files"),
        commit_count=read_number(pull, "commits"),
        labels=tuple(name for label in read_items(pull, "labels") if (name := read_text(label, "name"))),
        url=read_address(pull, "html_url"),
    )


def _state(pull: Json, *, is_merged: bool) -> PullRequestState:
    if is_merged:
        return PullRequestState.MERGED
    return PullRequestState.CLOSED if read_text(pull, "state") == "closed" else PullRequestState.OPEN


def _is_bot(pull: Json) -> bool:
    return read_text(pull, "user", "type") == "Bot" or is_bot_name(read_text(pull, "user", "login"))


def _push(repository: RepositorySeen, payload: Json) -> CommitsPushed | TagPushed | Nothing:
    reference, after = read_text(payload, "ref") or "", read_hash(payload, "after")
    if after is None or read_truth(payload, "deleted"):
        return Nothing("a branch or tag was removed")
    if reference.startswith(TAG):
        # `after` is the tag's own object where it is annotated.
        return TagPushed(
            repository=repository,
            tag=reference.removeprefix(TAG),
            sha=read_hash(payload, "head_commit", "id") or after,
            time_ms=read_instant(payload, "head_commit", "timestamp"),
        )
    if not reference.startswith(BRANCH):
        return Nothing(f"{reference!r} is neither a branch nor a tag")
    branch = reference.removeprefix(BRANCH)
    commits = parse_pushed_commits(payload)
    return CommitsPushed(
        repository=repository,
        branch=branch,
        is_default_branch=branch == repository.default_branch,
        before=read_hash(payload, "before"),
        after=after,
        is_forced=read_truth(payload, "forced") or False,
        is_complete=len(commits) < LISTED_AT_MOST,
        commits=commits,
    )


def _deployment(_repository: RepositorySeen, _payload: Json) -> Nothing:
    return Nothing("a deployment was asked for; its statuses tell what came of it")


def _deployment_status(repository: RepositorySeen, payload: Json) -> DeploymentSeen | Nothing:
    deployment, report = read_at(payload, "deployment"), read_at(payload, "deployment_status")
    state = read_text(report, "state") or ""
    status = STATUS_OF_STATE.get(state)
    if status is None:
        return Nothing(f"the deployment state {state!r} neither starts nor ends a deployment")
    if read_truth(deployment, "transient_environment"):
        return Nothing("the environment is transient")
    sha, identity = read_hash(deployment, "sha"), read_number(deployment, "id")
    environment = read_text(report, "environment") or read_text(deployment, "environment")
    time_ms = read_instant(report, "created_at") or read_instant(report, "updated_at")
    if sha is None or identity is None or environment is None or time_ms is None:
        return Nothing("the deployment lacks its id, commit, environment or time")
    return DeploymentSeen(
        repository=repository,
        external_id=str(identity),
        status=status,
        time_ms=time_ms,
        environment=environment,
        is_production=read_truth(deployment, "production_environment"),
        sha=sha,
        ref=read_text(deployment, "ref"),
        task=read_text(deployment, "task"),
        url=read_address(report, "log_url") or read_address(report, "target_url"),
    )


def _workflow_run(repository: RepositorySeen, payload: Json) -> WorkflowRunSeen | Nothing:
    run = read_at(payload, "workflow_run")
    stage, conclusion = read_text(run, "status") or "", read_text(run, "conclusion") or ""
    started_at = read_instant(run, "run_started_at") or read_instant(run, "created_at")
    if stage == "in_progress":
        status, time_ms = DeploymentStatus.STARTED, started_at
    elif stage == "completed" and conclusion in STATUS_OF_CONCLUSION:
        status, time_ms = STATUS_OF_CONCLUSION[conclusion], read_instant(run, "updated_at")
    else:
        return Nothing(f"the workflow run is {conclusion or stage or 'in no known state'}")
    sha, identity = read_hash(run, "head_sha"), read_number(run, "id")
    if sha is None or identity is None or time_ms is None:
        return Nothing("the workflow run lacks its id, commit or time")
    attempt = read_number(run, "run_attempt") or 1
    return WorkflowRunSeen(
        repository=repository,
        external_id=f"{identity}-{attempt}",
        status=status,
        time_ms=time_ms,
        started_at=started_at,
        workflow=read_text(run, "name") or read_text(payload, "workflow", "name") or "",
        path=read_text(run, "path") or read_text(payload, "workflow", "path"),
        event=read_text(run, "event"),
        branch=read_text(run, "head_branch"),
        sha=sha,
        attempt=attempt,
        url=read_address(run, "html_url"),
    )


def _release(repository: RepositorySeen, payload: Json) -> ReleasePublished | Nothing:
    release = read_at(payload, "release")
    # The same publication is also sent as `created`, `released` and `prereleased`.
    if read_text(payload, "action") != "published" or read_truth(release, "draft"):
        return Nothing("the release is not newly published")
    tag, identity = read_text(release, "tag_name"), read_number(release, "id")
    time_ms = read_instant(release, "published_at") or read_instant(release, "created_at")
    if tag is None or identity is None or time_ms is None:
        return Nothing("the release lacks its id, tag or time")
    return ReleasePublished(
        repository=repository,
        external_id=str(identity),
        tag=tag,
        name=read_text(release, "name"),
        target=read_text(release, "target_commitish"),
        time_ms=time_ms,
        is_prerelease=read_truth(release, "prerelease") or False,
        url=read_address(release, "html_url"),
    )


PARSERS: dict[str, Callable[[RepositorySeen, Json], Fact | Nothing]] = {
    "pull_request": _pull_request,
    "push": _push,
    "deployment": _deployment,
    "deployment_status": _deployment_status,
    "workflow_run": _workflow_run,
    "release": _release,
}
