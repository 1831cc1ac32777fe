"""What callers may send about teams."""

from typing import Annotated

import msgspec

from daybreak.areas.people.members.requests import RoleAttributes, RoleNames
from daybreak.areas.people.teams.grants import GrantBody, MemberIds
from daybreak.rest.call import Body, Query
from daybreak.rest.keys import LongKey, Name, Text

Expand = Annotated[
    str | None, msgspec.Meta(description="known: members, roles, roleAttributes, projects, maintainers")
]


class NewTeam(Body):
    """A team to create."""

    key: LongKey
    name: Name
    description: Text | None = None
    custom_role_keys: RoleNames | None = None
    member_ids: MemberIds | None = msgspec.field(name="memberIDs", default=None)
    permission_grants: list[GrantBody] | None = None
    role_attributes: RoleAttributes | None = None


class TeamQuery(Query):
    """How much to show of a team."""

    expand: Expand = None


class TeamPageQuery(Query):
    """A page of what belongs to a team."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=1000, description="items of a page; 20")] | None = None
    offset: Annotated[int, msgspec.Meta(ge=0, le=10**9, description="items to skip")] = 0
