"""What callers may send about members."""

from typing import Annotated, Literal

import msgspec

from daybreak.logic.policy.attributes import SEPARATORS
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Body, Query

Email = Annotated[str, msgspec.Meta(max_length=254)]
PersonName = Annotated[str, msgspec.Meta(max_length=256)]
Password = Annotated[str, msgspec.Meta(max_length=1_024)]
RoleNames = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=256)]], msgspec.Meta(max_length=100)
]
TeamKeys = Annotated[
    list[Annotated[str, msgspec.Meta(min_length=1, max_length=256)]], msgspec.Meta(max_length=100)
]
MemberId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
AttributeName = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
AttributeValue = Annotated[str, msgspec.Meta(min_length=1, max_length=256)]
RoleAttributes = Annotated[
    dict[AttributeName, Annotated[list[AttributeValue], msgspec.Meta(max_length=100)]],
    msgspec.Meta(max_length=50),
]


class NewMember(Body):
    """A member to invite. A role, custom roles, or both say what they may do."""

    email: Email
    password: Password | None = None
    first_name: PersonName | None = None
    last_name: PersonName | None = None
    role: Literal["", "reader", "writer", "admin", "no_access"] | None = None
    custom_roles: RoleNames | None = None
    team_keys: TeamKeys | None = None
    role_attributes: RoleAttributes | None = None


NewMembers = Annotated[list[NewMember], msgspec.Meta(min_length=1, max_length=50)]


class MemberFields(Body):
    """What a patch of a member may change."""

    role: Literal["reader", "writer", "admin", "owner", "no_access"]
    custom_roles: RoleNames = msgspec.field(default_factory=list)
    role_attributes: RoleAttributes = msgspec.field(default_factory=dict)
    first_name: PersonName = ""
    last_name: PersonName = ""


class TeamsOfMember(Body):
    """The teams to add a member to."""

    team_keys: Annotated[TeamKeys, msgspec.Meta(min_length=1)]


class MemberQuery(Query):
    """How much to show of a member."""

    expand: Annotated[str | None, msgspec.Meta(description="known: customRoles, roleAttributes")] = None


def require_plain(attributes: RoleAttributes) -> RoleAttributes:
    """Raises ValidationFailed for a value that would say more than one part of a resource specifier."""
    for name, values in attributes.items():
        for value in values:
            if any(character in SEPARATORS for character in value) or value != value.strip():
                reason = f"{value!r} holds one of {SEPARATORS} or begins or ends with a space"
                raise ValidationFailed(FieldFault(f"roleAttributes.{name}", reason))
    return attributes
