"""What a webhook can tell, in plain values. None always means: this event does not say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from daybreak.connectors.message import MessageMarks


class Provider(StrEnum):
    GITHUB = "github"
    GITLAB = "gitlab"


class DeploymentStatus(StrEnum):
    STARTED = "started"
    FINISHED = "finished"
    FAILED = "failed"


class PullRequestState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Nothing:
    """The event is understood, or not, but changes nothing; the reason is for whoever looks why."""

    reason: str


@dataclass(frozen=True, slots=True)
class RepositorySeen:
    provider: Provider
    key: str
    url: str | None
    default_branch: str | None


@dataclass(frozen=True, slots=True)
class PullRequestSeen:
    """How a pull request (or merge request) stood at `seen_at`; older sightings must not undo newer ones.

    `merge_sha` is given only once merged: before that, providers name a trial merge that nobody deploys.
    `ready_at` is given only by the event that made it ready; `is_draft` takes it away again.
    """

    repository: RepositorySeen
    action: str
    seen_at: int | None
    number: int
    external_id: str
    title: str
    state: PullRequestState
    is_draft: bool
    author: str | None
    author_is_bot: bool
    created_at: int | None
    ready_at: int | None
    merged_at: int | None
    closed_at: int | None
    base_branch: str | None
    base_sha: str | None
    head_branch: str | None
    head_sha: str | None
    merge_sha: str | None
    squash_sha: str | None
    additions: int | None
    deletions: int | None
    changed_files: int | None
    commit_count: int | None
    labels: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class PushedCommit:
    sha: str
    authored_at: int | None
    author: str | None
    author_is_bot: bool
    subject: str
    marks: MessageMarks
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitsPushed:
    """Commits that came to a branch. They are not the change set of any deployment.

    `before` is None for a new branch. Not `is_complete`: the provider listed only some of the commits.
    """

    repository: RepositorySeen
    branch: str
    is_default_branch: bool
    before: str | None
    after: str
    is_forced: bool
    is_complete: bool
    commits: tuple[PushedCommit, ...]


@dataclass(frozen=True, slots=True)
class TagPushed:
    """The name `tag` now means the commit `sha`: versions that carry this name can be resolved."""

    repository: RepositorySeen
    tag: str
    sha: str
    time_ms: int | None


@dataclass(frozen=True, slots=True)
class DeploymentSeen:
    """One step of one deployment. The same `external_id` comes back for each step of it.

    `sha` may be short where the provider sends no more.
    """

    repository: RepositorySeen
    external_id: str
    status: DeploymentStatus
    time_ms: int
    environment: str
    is_production: bool | None
    sha: str
    ref: str | None
    task: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class WorkflowRunSeen:
    """One attempt of one workflow run; which workflow deploys, and where to, only its owner can say.

    `external_id` holds the attempt, for a re-run keeps the run's id.
    """

    repository: RepositorySeen
    external_id: str
    status: DeploymentStatus
    time_ms: int
    started_at: int | None
    workflow: str
    path: str | None
    event: str | None
    branch: str | None
    sha: str
    attempt: int
    url: str | None


@dataclass(frozen=True, slots=True)
class ReleasePublished:
    """A version got a public name. It is no deployment unless its receiver has been told that releases are.

    The commit is what the tag names, known from `TagPushed` or git. `target` is only where the provider
    would have put the tag had there been none: a branch, or a commit.
    """

    repository: RepositorySeen
    external_id: str
    tag: str
    name: str | None
    target: str | None
    time_ms: int
    is_prerelease: bool
    url: str | None


Fact = PullRequestSeen | CommitsPushed | TagPushed | DeploymentSeen | WorkflowRunSeen | ReleasePublished
Reading = tuple[Fact, ...] | Nothing
