"""What callers may ask of charts."""

from typing import Annotated, Literal

import msgspec

from daybreak.platform.clock import DAY, MINUTE
from daybreak.rest.call import Query
from daybreak.rest.keys import Instant, Key

Keys = Annotated[tuple[Key, ...], msgspec.Meta(max_length=200, description="keys, separated by commas")]
Width = Annotated[int, msgspec.Meta(ge=MINUTE, le=366 * DAY, description="milliseconds of a rolling bucket")]
KnownMetrics = Annotated[str | None, msgspec.Meta(description="known: metrics")]


class ChartQuery(Query):
    """What every chart along time takes. Without bounds the seven days up to now."""

    application_key: Keys = ()
    start: Instant | None = msgspec.field(default=None, name="from")
    to: Instant | None = None
    bucket_type: Literal["rolling", "hour", "day"] = "rolling"
    bucket_ms: Width = DAY


class DeploymentFrequencyQuery(ChartQuery, kw_only=True):
    """Without an environment all of the project; without a project all of the account."""

    project_key: Key | None = None
    environment_key: Key | None = None
    group_by: Literal["application", "kind"] | None = None
    expand: KnownMetrics = None


class LeadTimeQuery(ChartQuery, kw_only=True):
    """Without an environment all of the project."""

    project_key: Key
    environment_key: Key | None = None
    group_by: Literal["stage", "application"] = "stage"
    expand: Annotated[str | None, msgspec.Meta(description="known: metrics, percentiles")] = None


class ReleaseFrequencyQuery(ChartQuery, kw_only=True):
    """How often what people are served was changed by flags."""

    project_key: Key
    environment_key: Key
    has_experiments: bool | None = None
    global_: Literal["include", "exclude"] = msgspec.field(default="include", name="global")
    group_by: Literal["impact"] | None = None
    expand: KnownMetrics = None


class FlagStatusQuery(Query):
    """How many flags have which status now."""

    project_key: Key
    environment_key: Key
    application_key: Keys = ()


class StaleFlagsQuery(FlagStatusQuery, kw_only=True):
    """How many temporary flags are stale now."""

    group_by: Literal["maintainer"] | None = None
    maintainer_id: Keys = ()
    maintainer_team_key: Keys = ()
    expand: KnownMetrics = None
