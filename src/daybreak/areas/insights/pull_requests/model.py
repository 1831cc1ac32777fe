"""A pull request as the providers and git tell of it, and one delivery of it to an environment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PullRequest:
    """`listed_at` is when it was merged or closed, else created: its place in lists."""

    id: str
    repository_id: str
    external_id: str
    title: str
    author: str
    status: str
    first_commit_at: int | None
    created_at: int | None
    merged_at: int | None
    listed_at: int
    merge_sha: str | None
    head_sha: str | None
    base_sha: str | None
    files_changed: int
    lines_added: int
    lines_deleted: int
    url: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A pull request reached an environment with this deployment. Durations are None where unknown."""

    change_id: str
    deployment_id: str
    ended_at: int
    lead_ms: int
    review_ms: int | None
    wait_ms: int | None
    deploy_ms: int | None
