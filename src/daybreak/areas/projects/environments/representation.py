"""Environments as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.projects.environments.model import Environment
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class ApprovalSettingsShape(Shape):
    """Approvals are not required anywhere yet: the settings say so."""

    required: bool = False
    bypass_approvals_for_pending_changes: bool = False
    min_num_approvals: int = 1
    can_review_own_request: bool = False
    can_apply_declined_changes: bool = True
    auto_apply_approved_changes: bool = False
    service_kind: str = "launchdarkly"
    service_config: dict[str, Any] = msgspec.field(default_factory=dict)
    required_approval_tags: list[str] = msgspec.field(default_factory=list)


class EnvironmentShape(AccessibleShape, kw_only=True):
    """An environment with its keys."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    key: str
    name: str
    api_key: str
    mobile_key: str
    color: str
    default_ttl: int
    secure_mode: bool
    default_track_events: bool
    require_comments: bool
    confirm_changes: bool
    tags: list[str]
    critical: bool
    approval_settings: ApprovalSettingsShape


def environment_path(project_key: str, key: str) -> str:
    return path("/api/v2/projects/{project}/environments/{key}", project=project_key, key=key)


def represent_environments(
    environments: Sequence[Environment], project_keys: Mapping[str, str]
) -> list[EnvironmentShape]:
    """`project_keys` maps the ids of the environments' projects to their keys."""
    return [
        EnvironmentShape(
            links_=links(
                self=environment_path(project_keys[e.project_id], e.key),
                parent=path("/api/v2/projects/{key}", key=project_keys[e.project_id]),
            ),
            id=e.id,
            key=e.key,
            name=e.name,
            api_key=e.sdk_key,
            mobile_key=e.mobile_key,
            color=e.color,
            default_ttl=e.default_ttl,
            secure_mode=e.secure_mode,
            default_track_events=e.default_track_events,
            require_comments=e.require_comments,
            confirm_changes=e.confirm_changes,
            tags=list(e.tags),
            critical=e.critical,
            approval_settings=ApprovalSettingsShape(),
        )
        for e in environments
    ]
