"""Custom roles, teams and members as another account shows them."""

from typing import Annotated

import msgspec

from daybreak.areas.people.custom_roles.requests import Category
from daybreak.areas.people.members.requests import Email, MemberId, PersonName, RoleAttributes
from daybreak.areas.people.teams.grants import Actions
from daybreak.rest.call import Body
from daybreak.rest.keys import Instant, LongKey, Name, Text
from daybreak.rest.policies import Statements

Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class CameRole(Body, kw_only=True):
    """A custom role. One that was made from a preset has that one's statements besides its own."""

    id: MemberId = msgspec.field(name="_id")
    key: LongKey
    name: Name
    description: Text = ""
    policy: Statements = msgspec.field(default_factory=list)
    preset_statements: Statements = msgspec.field(name="_presetStatements", default_factory=list)
    base_permissions: str | None = None
    resource_category: Category = ""


class RoleOfTeam(Body):
    """A custom role that a team shares."""

    key: LongKey


class RolesOfTeam(Body):
    """The custom roles that a team shares; the reader has put all pages together."""

    items: list[RoleOfTeam] = msgspec.field(default_factory=list)


class CameTeam(Body, kw_only=True):
    """A team. Who belongs to it is told by its members."""

    key: LongKey
    name: Name
    description: Text = ""
    creation_date: Instant = msgspec.field(name="_creationDate", default=0)
    last_modified: Instant = msgspec.field(name="_lastModified", default=0)
    version: Version = msgspec.field(name="_version", default=1)
    role_attributes: RoleAttributes = msgspec.field(default_factory=dict)
    roles: RolesOfTeam = msgspec.field(default_factory=RolesOfTeam)
    is_synced: bool = msgspec.field(name="_idpSynced", default=False)


class TeamOfMember(Body):
    """A team that a member belongs to."""

    key: LongKey


class GrantOfMember(Body):
    """What a member may do to a team, by a set of actions or by single ones."""

    resource: str
    action_set: str = ""
    actions: Actions = msgspec.field(default_factory=list)


class RoleOfMember(Body):
    """A custom role of a member, where it is shown by more than its id."""

    id: str = msgspec.field(name="_id", default="")
    key: str = ""


class CameMember(Body, kw_only=True):
    """A member, with the teams they belong to."""

    id: MemberId = msgspec.field(name="_id")
    email: Email = ""
    first_name: PersonName = ""
    last_name: PersonName = ""
    role: str = ""
    custom_roles: list[str | RoleOfMember] = msgspec.field(default_factory=list)
    role_attributes: RoleAttributes = msgspec.field(default_factory=dict)
    teams: list[TeamOfMember] = msgspec.field(default_factory=list)
    permission_grants: list[GrantOfMember] = msgspec.field(default_factory=list)
    creation_date: Instant = 0
    version: Version = 1

    @property
    def role_names(self) -> list[str]:
        """The ids of their custom roles there, or where these are not told the keys."""
        return [role if isinstance(role, str) else role.id or role.key for role in self.custom_roles]
