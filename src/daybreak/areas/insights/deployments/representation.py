"""Deployments as the API shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from daybreak.areas.insights.deployments.model import Deployment
from daybreak.rest.call import Shape
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import Links, links, path

DEPLOYMENTS_PATH = "/api/v2/engineering-insights/deployments"


class LeadTimeStagesShape(Shape, kw_only=True):
    """Means over the pull requests of a deployment. The stages add up to the total.

    The API wants a coding time: it holds whatever no known later stage accounts for.
    """

    coding_duration_ms: int
    review_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    wait_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    deploy_duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    total_lead_time_ms: int


class DeploymentShape(Shape, kw_only=True):
    """A deployment. A lead time of 0 means that none is known."""

    id: str
    application_key: str
    application_version: str
    started_at: int
    ended_at: int | msgspec.UnsetType = msgspec.UNSET
    duration_ms: int | msgspec.UnsetType = msgspec.UNSET
    status: str
    kind: str
    active: bool
    metadata: dict[str, Any]
    archived: bool
    environment_key: str
    number_of_contributors: int
    number_of_pull_requests: int
    lines_added: int
    lines_deleted: int
    lead_time: int
    lead_time_stages: LeadTimeStagesShape | msgspec.UnsetType = msgspec.UNSET
    pull_requests: Any = msgspec.UNSET
    flag_references: Any = msgspec.UNSET


class DeploymentEventShape(Shape):
    """Where the deployment is that an event told of."""

    links_: Links = msgspec.field(name="_links")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What representing deployments takes besides them, each by id."""

    environment_keys: Mapping[str, str]
    active: set[str]
    stages: Mapping[str, LeadTimeStagesShape]


def deployment_path(id: str) -> str:
    return path(f"{DEPLOYMENTS_PATH}/{{id}}", id=id)


def represent_event(id: str) -> DeploymentEventShape:
    return DeploymentEventShape(links_=links(self=deployment_path(id)))


def represent_stages(
    count: int, lead: int, review: int | None, wait: int | None, deploy: int | None
) -> LeadTimeStagesShape:
    """From sums over `count` pull requests; None is unknown for all of them."""
    later = [None if part is None else int(part) // count for part in (review, wait, deploy)]
    total = int(lead) // count
    shown = [msgspec.UNSET if part is None else part for part in later]
    return LeadTimeStagesShape(
        coding_duration_ms=total - sum(part or 0 for part in later),
        review_duration_ms=shown[0],
        wait_duration_ms=shown[1],
        deploy_duration_ms=shown[2],
        total_lead_time_ms=total,
    )


def represent_deployments(
    found: Sequence[Deployment], around: Surroundings, expanded: Expanded, now: int
) -> list[DeploymentShape]:
    pull_requests = expanded.get("pullRequests", {})
    flag_references = expanded.get("flagReferences", {})
    return [
        DeploymentShape(
            id=d.id,
            application_key=d.application_key,
            application_version=d.application_version,
            started_at=d.began_at,
            ended_at=msgspec.UNSET if d.ended_at is None else d.ended_at,
            duration_ms=msgspec.UNSET if d.ended_at is None else d.ended_at - d.began_at,
            status=d.status_at(now),
            kind=d.kind,
            active=d.id in around.active,
            metadata=dict(d.metadata),
            archived=d.is_archived,
            environment_key=around.environment_keys[d.environment_id],
            number_of_contributors=d.contributors,
            number_of_pull_requests=d.pull_requests,
            lines_added=d.lines_added,
            lines_deleted=d.lines_deleted,
            lead_time=d.lead_time or 0,
            lead_time_stages=around.stages.get(d.id, msgspec.UNSET),
            pull_requests=pull_requests.get(d.id, msgspec.UNSET),
            flag_references=flag_references.get(d.id, msgspec.UNSET),
        )
        for d in found
    ]
