"""Users as the API shows them."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import UNSET, UnsetType

from daybreak.areas.flags.contexts.model import Context
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.clock import rfc_3339
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

# What users have at their top level; everything else is theirs under `custom`.
STANDARD: Final = ("key", "name", "email", "firstName", "lastName", "country", "avatar", "ip", "anonymous")


class UserShape(AccessibleShape, kw_only=True):
    """A user. `sortValue` is what a sorted list has sorted it by."""

    last_ping: str
    environment_id: str
    user: dict[str, Any]
    links_: Links = msgspec.field(name="_links")
    sort_value: str | int | UnsetType = UNSET


class UserAttributesShape(Shape):
    """The names of attributes that users have."""

    private: list[str]
    custom: list[str]
    standard: list[str]


class ForgottenUserShape(Shape):
    """What is told of a user that is deleted: nothing of its attributes."""

    key: str


def users_path(place: EnvironmentFact) -> str:
    return path("/api/v2/users/{p}/{e}", p=place.project.key, e=place.key)


def user_search_path(place: EnvironmentFact) -> str:
    return path("/api/v2/user-search/{p}/{e}", p=place.project.key, e=place.key)


def user_path(place: EnvironmentFact, key: str) -> str:
    return path("/api/v2/users/{p}/{e}/{u}", p=place.project.key, e=place.key, u=key)


def represent_user(place: EnvironmentFact, context: Context, sort_value: str | int | None) -> UserShape:
    own = user_path(place, context.key)
    return UserShape(
        last_ping=rfc_3339(context.last_seen),
        environment_id=place.id,
        user=_as_user(context.document),
        sort_value=UNSET if sort_value is None else sort_value,
        links_=links(parent=users_path(place), self=own, settings=f"{own}/flags"),
    )


def _as_user(document: Mapping[str, Any]) -> dict[str, Any]:
    user = {name: document[name] for name in STANDARD if name in document}
    custom = {name: value for name, value in document.items() if name not in {*STANDARD, "kind"}}
    return user | {"custom": custom} if custom else user
