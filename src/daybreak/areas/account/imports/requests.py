"""Entries of an audit log as another account tells them. They are kept in these words, so what is left out
has a value.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from daybreak.rest.call import Body
from daybreak.rest.keys import Instant
from daybreak.rest.links import Links

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{24}$(?!\\n)")]


class _Linked(Body, kw_only=True):
    links_: Links = msgspec.field(name="_links", default_factory=dict)


class CameAccess(Body):
    """An action, and the resource it was done to."""

    action: str
    resource: str


class CameSubject(_Linked, kw_only=True):
    """Who did it."""

    name: str = ""
    avatar_url: str = ""


class CameAuthor(_Linked, kw_only=True):
    """The member who did it."""

    id: str = msgspec.field(name="_id", default="")
    email: str = ""
    first_name: str = ""
    last_name: str = ""


class CameToken(_Linked, kw_only=True):
    """The token it was done with."""

    id: str = msgspec.field(name="_id", default="")
    name: str = ""
    ending: str = ""
    service_token: bool = False


class CameTarget(_Linked, kw_only=True):
    """What it was done to."""

    name: str = ""
    resources: list[str] = msgspec.field(default_factory=list)


class CameParent(_Linked, kw_only=True):
    """What holds the target."""

    name: str = ""
    resource: str = ""


class CameSource(Body):
    """The account that the entry comes from."""

    source: str


class CameEntry(_Linked, kw_only=True):
    """An entry."""

    id: Id = msgspec.field(name="_id")
    date: Instant
    accesses: list[CameAccess] = msgspec.field(default_factory=list)
    kind: str
    name: str = ""
    description: str = ""
    short_description: str = ""
    comment: str = ""
    subject: CameSubject = msgspec.field(default_factory=CameSubject)
    title_verb: str = ""
    title: str = ""
    target: CameTarget = msgspec.field(default_factory=CameTarget)
    token: CameToken | UnsetType = UNSET
    member: CameAuthor | UnsetType = UNSET
    parent: CameParent | UnsetType = UNSET
    origin_: CameSource | UnsetType = msgspec.field(name="_origin", default=UNSET)
