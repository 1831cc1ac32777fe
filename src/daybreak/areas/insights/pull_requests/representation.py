"""Pull requests as the API shows them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from daybreak.areas.insights.pull_requests.model import Delivery, PullRequest
from daybreak.rest.call import Shape

PULL_REQUESTS_PATH = "/api/v2/engineering-insights/pull-requests"


class PullRequestLeadTimeShape(Shape, kw_only=True):
    """Over the deployments that delivered it.

    The API wants a coding time: it holds whatever no known later stage accounts for.
    """

    coding_duration_ms: int
    review_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    avg_wait_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    max_wait_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    avg_deploy_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    max_deploy_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    avg_total_lead_time_ms: int
    max_total_lead_time_ms: int


class PullRequestShape(Shape, kw_only=True):
    """A pull request. Where no source told when it was created, that is the first time known of it."""

    id: str
    external_id: str
    title: str
    status: str
    author: str
    create_time: int
    merge_time: int | msgspec.UnsetType = msgspec.UNSET
    merge_commit_key: str | msgspec.UnsetType = msgspec.UNSET
    base_commit_key: str
    head_commit_key: str
    files_changed: int
    lines_added: int
    lines_deleted: int
    url: str
    deployments: Any = msgspec.UNSET
    flag_references: Any = msgspec.UNSET
    lead_time: PullRequestLeadTimeShape | msgspec.UnsetType = msgspec.UNSET


class PullRequestsShape(Shape):
    """The pull requests of something."""

    items: list[PullRequestShape]
    total_count: int


class DeploymentsShape(Shape):
    """The deployments that delivered a pull request."""

    items: Sequence[Any]
    total_count: int


def represent_pull_request(
    pull_request: PullRequest,
    *,
    status: str,
    deployments: Any = msgspec.UNSET,
    flag_references: Any = msgspec.UNSET,
    lead_time: PullRequestLeadTimeShape | msgspec.UnsetType = msgspec.UNSET,
) -> PullRequestShape:
    created = (pull_request.created_at, pull_request.first_commit_at, pull_request.listed_at)
    return PullRequestShape(
        id=pull_request.id,
        external_id=pull_request.external_id,
        title=pull_request.title,
        status=status,
        author=pull_request.author,
        create_time=next(instant for instant in created if instant is not None),
        merge_time=msgspec.UNSET if pull_request.merged_at is None else pull_request.merged_at,
        merge_commit_key=pull_request.merge_sha or msgspec.UNSET,
        base_commit_key=pull_request.base_sha or "",
        head_commit_key=pull_request.head_sha or "",
        files_changed=pull_request.files_changed,
        lines_added=pull_request.lines_added,
        lines_deleted=pull_request.lines_deleted,
        url=pull_request.url,
        deployments=deployments,
        flag_references=flag_references,
        lead_time=lead_time,
    )


def represent_lead_time(deliveries: Sequence[Delivery]) -> PullRequestLeadTimeShape:
    """Of a pull request that was delivered at least once. Means are whole milliseconds, rounded down."""
    total = _mean([delivery.lead_ms for delivery in deliveries])
    review = _mean([delivery.review_ms for delivery in deliveries])
    waits = [delivery.wait_ms for delivery in deliveries]
    deploys = [delivery.deploy_ms for delivery in deliveries]
    wait, deploy = _mean(waits), _mean(deploys)
    return PullRequestLeadTimeShape(
        coding_duration_ms=max(0, (total or 0) - (review or 0) - (wait or 0) - (deploy or 0)),
        review_duration_ms=_shown(review),
        avg_wait_duration_ms=_shown(wait),
        max_wait_duration_ms=_shown(_longest(waits)),
        avg_deploy_duration_ms=_shown(deploy),
        max_deploy_duration_ms=_shown(_longest(deploys)),
        avg_total_lead_time_ms=total or 0,
        max_total_lead_time_ms=_longest([delivery.lead_ms for delivery in deliveries]) or 0,
    )


def _mean(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) // len(known) if known else None


def _longest(values: Sequence[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _shown(value: int | None) -> int | msgspec.UnsetType:
    return msgspec.UNSET if value is None else value
