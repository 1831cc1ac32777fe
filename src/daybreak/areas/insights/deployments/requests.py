"""What callers may send about deployments."""

from typing import Annotated, Any, Literal

import msgspec

from daybreak.rest.call import Body
from daybreak.rest.cursors import FeedQuery
from daybreak.rest.keys import Instant, Key, Name

Version = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-zA-Z0-9._-]+$(?!\n)",
        min_length=1,
        max_length=1000,
        description="letters, numbers, periods, hyphens and underscores",
    ),
]
VersionName = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
Kind = Literal["server", "browser", "mobile"]
Status = Literal["started", "finished", "failed", "timedOut", "custom"]
ExpandText = Annotated[str | None, msgspec.Meta(description="known: pullRequests, flagReferences")]
ApplicationKeys = Annotated[
    tuple[str, ...], msgspec.Meta(max_length=200, description="application keys, separated by commas")
]


class DeploymentEvent(Body):
    """A step of a deployment. Without `eventTime` it happens now."""

    project_key: Key
    environment_key: Key
    application_key: Key
    version: Version
    event_type: Literal["started", "failed", "finished", "custom"]
    application_name: Name | None = None
    application_kind: Kind | None = None
    version_name: VersionName | None = None
    event_time: Instant | None = None
    event_metadata: dict[str, Any] | None = None
    deployment_metadata: dict[str, Any] | None = None


class DeploymentFields(Body):
    """What a patch of a deployment may change."""

    archived: bool
    metadata: dict[str, Any]


class DeploymentsQuery(FeedQuery, kw_only=True):
    """Which deployments of an environment."""

    project_key: Key
    environment_key: Key
    application_key: ApplicationKeys = ()
    expand: ExpandText = None
    kind: Kind | None = None
    status: Status | None = None
