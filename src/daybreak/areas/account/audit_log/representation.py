"""Entries of the audit log as the API shows them, told in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Row

from daybreak.areas.account.audit_log.model import MEMBER_KIND, TOKEN_KINDS
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.columns import Json
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, link, links, path

ENTRIES = "/api/v2/auditlog"
LONGEST_VALUE = 200


class AccessShape(Shape):
    """An action, and the resource it was done to."""

    action: str
    resource: str


class SubjectShape(Shape):
    """Who did it."""

    links_: Links = msgspec.field(name="_links")
    name: str
    avatar_url: str = ""


class MemberOfEntryShape(Shape):
    """The member who did it, as they were then."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    email: str
    first_name: str
    last_name: str


class UsedTokenShape(Shape):
    """The token it was done with. `ending` is the last four characters of its secret."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    name: str
    ending: str
    service_token: bool


class TargetShape(Shape):
    """What it was done to."""

    links_: Links = msgspec.field(name="_links")
    name: str
    resources: list[str]


class ParentShape(Shape):
    """What holds the target."""

    links_: Links = msgspec.field(name="_links")
    name: str
    resource: str


class OriginShape(Shape):
    """The account that an entry was carried over from: its address."""

    source: str


class EntryShape(Shape):
    """An entry of the audit log. The resource's versions come with a single entry only."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    account_id: str = msgspec.field(name="_accountId")
    date: int
    accesses: list[AccessShape]
    kind: str
    name: str
    description: str
    short_description: str
    comment: str
    subject: SubjectShape
    title_verb: str
    title: str
    target: TargetShape
    token: UsedTokenShape | msgspec.UnsetType = msgspec.UNSET
    member: MemberOfEntryShape | msgspec.UnsetType = msgspec.UNSET
    parent: ParentShape | msgspec.UnsetType = msgspec.UNSET
    delta: Any = msgspec.UNSET
    previous_version: Any = msgspec.UNSET
    current_version: Any = msgspec.UNSET
    origin_: OriginShape | msgspec.UnsetType = msgspec.field(name="_origin", default=msgspec.UNSET)


class BucketShape(Shape):
    """How many entries there are from `timestamp` on, up to the next bucket."""

    timestamp: int
    count: int


class CountsShape(Shape):
    """Entries counted in buckets of equal length; the buckets without entries are there too."""

    buckets: list[BucketShape]
    total_count: int
    bucket_interval_ms: int


def represent_entries(rows: Sequence[Row[Any]]) -> list[EntryShape]:
    return [_represent(row) for row in rows]


def represent_entry(row: Row[Any]) -> EntryShape:
    """With the resource's versions before and after."""
    shape = _represent(row)
    shape.delta = row.delta
    shape.previous_version = row.previous_version
    shape.current_version = row.current_version
    return shape


def represent_counts(counts: Mapping[int, int], *, start: int, end: int, interval: int) -> CountsShape:
    starts = enumerate(range(start, end, interval))
    buckets = [BucketShape(timestamp=at, count=counts.get(number, 0)) for number, at in starts]
    return CountsShape(buckets=buckets, total_count=sum(counts.values()), bucket_interval_ms=interval)


def _represent(row: Row[Any]) -> EntryShape:
    return _represent_own(row) if row.told is None else _represent_carried(row)


def _represent_carried(row: Row[Any]) -> EntryShape:
    """In the words of the account that it comes from."""
    here = links(self=path(ENTRIES + "/{id}", id=row.id), parent=ENTRIES)
    own = {"_id": row.id, "_accountId": ACCOUNT_ID, "date": row.at, "_links": row.told["_links"] | here}
    return msgspec.convert(row.told | own, EntryShape)


def _represent_own(row: Row[Any]) -> EntryShape:
    title = f"{row.title_verb} {row.name}".strip()
    return EntryShape(
        links_=links(self=path(ENTRIES + "/{id}", id=row.id), parent=ENTRIES, canonical=row.path),
        id=row.id,
        account_id=ACCOUNT_ID,
        date=row.at,
        accesses=[AccessShape(action=action, resource=row.address) for action in row.actions],
        kind=row.kind,
        name=row.name,
        description=_describe(row.delta),
        short_description=title[:1].upper() + title[1:],
        comment=row.comment,
        subject=SubjectShape(links_=_actor_links(row), name=row.actor_name),
        title_verb=row.title_verb,
        title=f"{row.actor_name} {title}",
        target=TargetShape(links_=links(canonical=row.path), name=row.name, resources=[row.address]),
        token=_represent_token(row) if row.actor_kind in TOKEN_KINDS else msgspec.UNSET,
        member=_represent_member(row.member) if row.member else msgspec.UNSET,
        parent=_represent_parent(row) if row.parent_path else msgspec.UNSET,
    )


def _actor_links(row: Row[Any]) -> Links:
    if row.actor_kind == MEMBER_KIND:
        return {"self": link(_member_path(row.actor_id))}
    if row.actor_kind not in TOKEN_KINDS:
        return {}
    return {"self": link(path("/api/v2/tokens/{id}", id=row.actor_id))}


def _member_path(id: str) -> str:
    return path("/api/v2/members/{id}", id=id)


def _represent_member(member: Mapping[str, Any]) -> MemberOfEntryShape:
    return MemberOfEntryShape(
        links_=links(self=_member_path(member["_id"])),
        id=member["_id"],
        email=member["email"],
        first_name=member["firstName"],
        last_name=member["lastName"],
    )


def _represent_token(row: Row[Any]) -> UsedTokenShape:
    return UsedTokenShape(
        links_=_actor_links(row),
        id=row.actor_id,
        name=row.actor_name,
        ending=row.actor_ending,
        service_token=row.actor_kind == "service-token",
    )


def _represent_parent(row: Row[Any]) -> ParentShape:
    return ParentShape(
        links_=links(canonical=row.parent_path),
        name=row.parent_name,
        resource=row.address.rpartition(":")[0],
    )


def _describe(delta: Json) -> str:
    """A line for each member that changed."""
    return "\n".join(_describe_operation(operation) for operation in delta or ())


def _describe_operation(operation: Mapping[str, Json]) -> str:
    name = operation["path"].removeprefix("/").replace("/", ".").replace("~1", "/").replace("~0", "~")
    if operation["op"] == "remove":
        return f"- `{name}` was removed"
    value = msgspec.json.encode(operation["value"]).decode()
    if len(value) > LONGEST_VALUE:
        value = value[:LONGEST_VALUE] + "…"
    return f"- `{name}` is now `{value}`"
