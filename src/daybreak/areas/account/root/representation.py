"""What the root of the API says of itself, of its caller and of the account."""

from typing import Literal

import msgspec

from daybreak.rest.call import Shape
from daybreak.rest.links import Links


class RootShape(Shape):
    """Where everything begins: a link to each collection."""

    links: Links


class CallerShape(Shape):
    """Who is calling: a token, or an environment by its SDK key or mobile key."""

    account_id: str
    auth_kind: str
    token_kind: str
    token_id: str | msgspec.UnsetType = msgspec.UNSET
    token_name: str | msgspec.UnsetType = msgspec.UNSET
    member_id: str | msgspec.UnsetType = msgspec.UNSET
    service_token: bool | msgspec.UnsetType = msgspec.UNSET
    environment_id: str | msgspec.UnsetType = msgspec.UNSET
    environment_name: str | msgspec.UnsetType = msgspec.UNSET
    project_id: str | msgspec.UnsetType = msgspec.UNSET
    project_name: str | msgspec.UnsetType = msgspec.UNSET


class VersionsShape(Shape):
    """The versions of the API, and the one this request spoke."""

    valid_versions: list[int]
    latest_version: int
    current_version: int
    beta: bool


class AddressesShape(Shape):
    """Public addresses of this server. It knows of none: that is up to whoever runs it."""

    addresses: list[str]
    outbound_addresses: list[str]


class AccountShape(Shape):
    """The account."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    organization: str


class AliveShape(Shape):
    """The process answers."""

    status: Literal["alive"]


class ReadyShape(Shape):
    """The process can do its work."""

    status: Literal["ready"]
