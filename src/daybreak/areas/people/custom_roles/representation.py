"""Custom roles as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.people.custom_roles.model import CustomRole
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class AssignedShape(Shape):
    """How many hold a role."""

    members_count: int
    teams_count: int


class CustomRoleShape(AccessibleShape, kw_only=True):
    """A custom role."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    key: str
    name: str
    description: str
    policy: list[dict[str, Any]]
    base_permissions: str
    resource_category: str | msgspec.UnsetType = msgspec.UNSET
    assigned_to: AssignedShape


def custom_role_path(key: str) -> str:
    return path("/api/v2/roles/{key}", key=key)


def represent_custom_roles(
    roles: Sequence[CustomRole], members: Mapping[str, int], teams: Mapping[str, int]
) -> list[CustomRoleShape]:
    """`members` and `teams` count the holders of each role, by its id."""
    return [
        CustomRoleShape(
            links_=links(self=custom_role_path(role.key), parent="/api/v2/roles"),
            id=role.id,
            key=role.key,
            name=role.name,
            description=role.description,
            policy=role.policy,
            base_permissions=role.base_permissions,
            resource_category=role.resource_category or msgspec.UNSET,
            assigned_to=AssignedShape(
                members_count=members.get(role.id, 0), teams_count=teams.get(role.id, 0)
            ),
        )
        for role in roles
    ]
