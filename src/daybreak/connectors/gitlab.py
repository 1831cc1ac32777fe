"""GitLab's webhooks as facts: merge requests, pushes, deployments, deploying jobs of a pipeline. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    DeploymentStatus,
    Nothing,
    Provider,
    PullRequestSeen,
    PullRequestState,
    Reading,
    RepositorySeen,
    TagPushed,
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

SHORT_HASH = re.compile(r"[0-9a-f]{7,64}")
COMMIT_ADDRESS = re.compile(r"/([0-9a-f]{40}(?:[0-9a-f]{24})?)/?$")

STATUS_OF_DEPLOYMENT = {
    "running": DeploymentStatus.STARTED,
    "success": DeploymentStatus.FINISHED,
    "failed": DeploymentStatus.FAILED,
}
STATE = {"merged": PullRequestState.MERGED, "closed": PullRequestState.CLOSED}


def parse_gitlab(payload: Json) -> Reading:
    """`payload` is the decoded body, of any shape; its `object_kind` says which event it is."""
    kind = read_text(payload, "object_kind") or ""
    parse = PARSERS.get(kind)
    if parse is None:
        return Nothing(f"the event {kind!r} tells nothing about delivery")
    repository = _repository(payload)
    if repository is None:
        return Nothing("the event names no project")
    return parse(repository, payload)


def _repository(payload: Json) -> RepositorySeen | None:
    key = read_text(payload, "project", "path_with_namespace")
    if key is None:
        return None
    return RepositorySeen(
        provider=Provider.GITLAB,
        key=key,
        url=read_address(payload, "project", "web_url"),
        default_branch=read_text(payload, "project", "default_branch"),
    )


def _merge_request(repository: RepositorySeen, payload: Json) -> Reading:
    request = read_at(payload, "object_attributes")
    number = read_number(request, "iid")
    if number is None:
        return Nothing("the merge request has no number")
    action = read_text(request, "action") or ""
    state = STATE.get(read_text(request, "state") or "", PullRequestState.OPEN)
    created_at, seen_at = read_instant(request, "created_at"), read_instant(request, "updated_at")
    is_draft = read_truth(request, "draft") or read_truth(request, "work_in_progress") or False
    author = _author(request, payload)
    is_merged = state is PullRequestState.MERGED
    seen = PullRequestSeen(
        repository=repository,
        action=action,
        seen_at=seen_at,
        number=number,
        external_id=str(read_number(request, "id") or f"{repository.key}!{number}"),
        title=read_text(request, "title") or "",
        state=state,
        is_draft=is_draft,
        author=author,
        author_is_bot=is_bot_name(author),
        created_at=created_at,
        ready_at=None if is_draft else _ready_at(action, payload, created_at, seen_at),
        # The event has no field for these; it is sent when they happen.
        merged_at=read_instant(request, "merged_at") or (seen_at if action == "merge" else None),
        closed_at=read_instant(request, "closed_at") or (seen_at if action in {"close", "merge"} else None),
        base_branch=read_text(request, "target_branch"),
        base_sha=None,
        head_branch=read_text(request, "source_branch"),
        head_sha=read_hash(request, "last_commit", "id"),
        merge_sha=read_hash(request, "merge_commit_sha") if is_merged else None,
        squash_sha=read_hash(request, "squash_commit_sha") if is_merged else None,
        additions=None,
        deletions=None,
        changed_files=None,
        commit_count=None,
        labels=_labels(payload),
        url=read_address(request, "url"),
    )
    return (seen,)


def _author(request: Json, payload: Json) -> str | None:
    """`user` is whoever acted, so the author's name is known only when they acted themselves."""
    author, actor = read_number(request, "author_id"), read_number(payload, "user", "id")
    return read_text(payload, "user", "username") if author is not None and author == actor else None


def _ready_at(action: str, payload: Json, created_at: int | None, seen_at: int | None) -> int | None:
    if action == "open":
        return created_at
    was_draft = any(
        read_truth(payload, "changes", name, "previous") for name in ("draft", "work_in_progress")
    )
    return seen_at if was_draft else None


def _labels(payload: Json) -> tuple[str, ...]:
    return tuple(title for label in read_items(payload, "labels") if (title := read_text(label, "title")))


def _push(repository: RepositorySeen, payload: Json) -> Reading:
    reference, after = read_text(payload, "ref") or "", read_hash(payload, "after")
    if after is None:
        return Nothing("a branch was removed")
    if not reference.startswith(BRANCH):
        return Nothing(f"{reference!r} is not a branch")
    branch = reference.removeprefix(BRANCH)
    commits = parse_pushed_commits(payload)
    pushed = CommitsPushed(
        repository=repository,
        branch=branch,
        is_default_branch=branch == repository.default_branch,
        before=read_hash(payload, "before"),
        after=after,
        is_forced=False,  # GitLab does not tell
        # GitLab lists the last twenty commits only.
        is_complete=(read_number(payload, "total_commits_count") or 0) <= len(commits),
        commits=commits,
    )
    return (pushed,)


def _tag_push(repository: RepositorySeen, payload: Json) -> Reading:
    reference = read_text(payload, "ref") or ""
    # `after` is the tag's own object where it is annotated.
    sha = read_hash(payload, "checkout_sha")
    if sha is None or not reference.startswith(TAG):
        return Nothing("a tag was removed")
    times = [read_instant(item, "timestamp") for item in read_items(payload, "commits")]
    tag = TagPushed(repository, reference.removeprefix(TAG), sha, times[-1] if times else None)
    return (tag,)


def _deployment(repository: RepositorySeen, payload: Json) -> Reading:
    state = read_text(payload, "status") or ""
    status = STATUS_OF_DEPLOYMENT.get(state)
    if status is None:
        return Nothing(f"the deployment status {state!r} neither starts nor ends a deployment")
    # The job's id where there is one: a pipeline event tells of the same deployment and knows only that.
    job, own = read_number(payload, "deployable_id"), read_number(payload, "deployment_id")
    identity = f"job-{job}" if job is not None else own
    environment, sha = read_text(payload, "environment"), _deployed_sha(payload)
    time_ms = read_instant(payload, "status_changed_at")
    if identity is None or environment is None or sha is None or time_ms is None:
        return Nothing("the deployment lacks its id, commit, environment or time")
    tier = read_text(payload, "environment_tier")
    seen = DeploymentSeen(
        repository=repository,
        external_id=str(identity),
        status=status,
        time_ms=time_ms,
        environment=environment,
        is_production=None if tier is None else tier == "production",
        sha=sha,
        ref=read_text(payload, "ref"),
        task=None,
        url=read_address(payload, "deployable_url"),
    )
    return (seen,)


def _deployed_sha(payload: Json) -> str | None:
    """Only the address of the commit holds the full hash."""
    if match := COMMIT_ADDRESS.search(read_text(payload, "commit_url") or ""):
        return match[1]
    short = read_text(payload, "short_sha") or ""
    return short if SHORT_HASH.fullmatch(short) else None


def _pipeline(repository: RepositorySeen, payload: Json) -> Reading:
    sha = read_hash(payload, "object_attributes", "sha")
    reference = read_text(payload, "object_attributes", "ref")
    if sha is None:
        return Nothing("the pipeline lacks its commit")
    jobs = [_deploying_job(repository, sha, reference, job) for job in read_items(payload, "builds")]
    return tuple(job for job in jobs if job) or Nothing("no job of the pipeline has begun to deploy")


def _deploying_job(
    repository: RepositorySeen, sha: str, reference: str | None, job: Json
) -> DeploymentSeen | None:
    """A job deploys if it starts an environment; others only stop, prepare or look at one."""
    if read_text(job, "environment", "action") != "start":
        return None
    status = STATUS_OF_DEPLOYMENT.get(read_text(job, "status") or "")
    environment, identity = read_text(job, "environment", "name"), read_number(job, "id")
    time_ms = read_instant(job, "started_at" if status is DeploymentStatus.STARTED else "finished_at")
    if status is None or environment is None or identity is None or time_ms is None:
        return None
    tier = read_text(job, "environment", "deployment_tier")
    return DeploymentSeen(
        repository=repository,
        external_id=f"job-{identity}",
        status=status,
        time_ms=time_ms,
        environment=environment,
        is_production=None if tier is None else tier == "production",
        sha=sha,
        ref=reference,
        task=None,
        url=None,
    )


PARSERS: dict[str, Callable[[RepositorySeen, Json], Reading]] = {
    "merge_request": _merge_request,
    "push": _push,
    "tag_push": _tag_push,
    "deployment": _deployment,
    "pipeline": _pipeline,
}
