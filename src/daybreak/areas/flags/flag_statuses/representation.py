"""Statuses as the API shows them."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from daybreak.areas.flags.evaluation_counts.model import Request
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.flags.flag_statuses.model import Status
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.clock import rfc_3339
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class FlagStatusShape(Shape):
    """A status, and what the flag's callers did last; absent while there are none."""

    name: str
    last_requested: str | msgspec.UnsetType = msgspec.UNSET
    default: Any = msgspec.UNSET


class LinkedFlagStatusShape(FlagStatusShape, kw_only=True):
    """A status that names its flag by its links."""

    links_: Links = msgspec.field(name="_links")


class FlagStatusesShape(Shape):
    """The statuses of the flags of a project in one environment."""

    items: list[LinkedFlagStatusShape]
    links_: Links = msgspec.field(name="_links")


class FlagStatusEverywhereShape(Shape):
    """The status of one flag in several environments, by their keys."""

    environments: dict[str, FlagStatusShape]
    key: str
    links_: Links = msgspec.field(name="_links")


def represent_status(status: Status, request: Request | None) -> FlagStatusShape:
    if request is None:
        return FlagStatusShape(status.value)
    return FlagStatusShape(status.value, rfc_3339(request.last_at), request.default)


def represent_linked(
    key: str, place: EnvironmentFact, status: Status, request: Request | None
) -> LinkedFlagStatusShape:
    shape = represent_status(status, request)
    return LinkedFlagStatusShape(
        name=shape.name,
        last_requested=shape.last_requested,
        default=shape.default,
        links_=links(
            parent=flag_path(place.project.key, key),
            self=path("/api/v2/flag-statuses/{p}/{e}/{f}", p=place.project.key, e=place.key, f=key),
        ),
    )


def represent_statuses(place: EnvironmentFact, items: Iterable[LinkedFlagStatusShape]) -> FlagStatusesShape:
    own = path("/api/v2/flag-statuses/{p}/{e}", p=place.project.key, e=place.key)
    return FlagStatusesShape(items=list(items), links_=links(self=own))


def represent_everywhere(
    project_key: str, key: str, statuses: Mapping[str, FlagStatusShape]
) -> FlagStatusEverywhereShape:
    return FlagStatusEverywhereShape(
        environments=dict(statuses),
        key=key,
        links_=links(
            parent=flag_path(project_key, key),
            self=path("/api/v2/flag-status/{p}/{f}", p=project_key, f=key),
        ),
    )
