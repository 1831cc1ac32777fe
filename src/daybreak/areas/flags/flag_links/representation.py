"""Flag links as the API shows them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.flags.flag_links.model import FlagLink
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class TimestampShape(Shape):
    """An instant, written in four ways."""

    milliseconds: int
    seconds: int
    rfc3339: str
    simple: str


class LinkingMemberShape(Shape, kw_only=True):
    """The member who linked."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    first_name: str
    last_name: str


class FlagLinkShape(Shape, kw_only=True):
    """A flag link. `_timestamp` is of what it leads to, `_createdAt` of the link."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    key_: str = msgspec.field(name="_key")
    integration_key_: str | msgspec.UnsetType = msgspec.field(name="_integrationKey", default=msgspec.UNSET)
    deep_link_: str = msgspec.field(name="_deepLink")
    timestamp_: TimestampShape = msgspec.field(name="_timestamp")
    title: str
    description: str
    metadata_: Mapping[str, str] = msgspec.field(name="_metadata")
    created_at_: int = msgspec.field(name="_createdAt")
    member_: LinkingMemberShape = msgspec.field(name="_member")


def flag_link_path(project_key: str, flag_key: str, id: str) -> str:
    return path("/api/v2/flag-links/projects/{p}/flags/{f}/{id}", p=project_key, f=flag_key, id=id)


def represent_flag_link(
    flag_link: FlagLink, project_key: str, flag_key: str, member: MemberSummaryShape
) -> FlagLinkShape:
    return FlagLinkShape(
        links_=links(
            self=flag_link_path(project_key, flag_key, flag_link.id),
            parent=flag_path(project_key, flag_key),
        ),
        id=flag_link.id,
        key_=flag_link.key,
        integration_key_=flag_link.integration_key or msgspec.UNSET,
        deep_link_=flag_link.deep_link,
        timestamp_=_represent_instant(flag_link.timestamp),
        title=flag_link.title,
        description=flag_link.description,
        metadata_=flag_link.metadata,
        created_at_=flag_link.created_at,
        member_=LinkingMemberShape(
            links_=member.links_, id=member.id, first_name=member.first_name, last_name=member.last_name
        ),
    )


def _represent_instant(at: int) -> TimestampShape:
    written = _EPOCH + timedelta(milliseconds=at)
    return TimestampShape(
        milliseconds=at,
        seconds=at // 1000,
        rfc3339=written.strftime("%Y-%m-%dT%H:%M:%SZ"),
        simple=written.strftime("%Y-%m-%d %H:%M:%S"),
    )
