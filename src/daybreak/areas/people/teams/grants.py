"""What members are granted to do to a team, as callers say it when they make one or change one."""

from typing import Annotated, Literal

import msgspec

from daybreak.areas.people.members.requests import MemberId
from daybreak.areas.people.teams.model import ACTIONS_OF_SETS, Grant
from daybreak.platform.errors import FieldFault, ValidationFailed
from daybreak.rest.call import Body

MemberIds = Annotated[list[MemberId], msgspec.Meta(max_length=10_000)]
Action = Annotated[str, msgspec.Meta(pattern=r"^[a-zA-Z]+$(?!\n)", min_length=1, max_length=64)]
Actions = Annotated[list[Action], msgspec.Meta(max_length=100)]


class GrantBody(Body):
    """What members may do to the team: a set of actions, or single ones."""

    action_set: Literal["", "maintainTeam"] | None = None
    actions: Actions | None = None
    member_ids: MemberIds | None = msgspec.field(name="memberIDs", default=None)


def parse_grants(body: GrantBody) -> list[Grant]:
    """One for each member and action. Raises ValidationFailed."""
    if bool(body.action_set) == bool(body.actions):
        raise ValidationFailed(FieldFault("permissionGrants", "give either an actionSet or actions"))
    names = [body.action_set] if body.action_set else body.actions or []
    sets = [name for name in names if not body.action_set and name in ACTIONS_OF_SETS]
    if sets:
        raise ValidationFailed(FieldFault("actions", f"{sets[0]!r} is an actionSet"))
    return [Grant(member_id, name) for member_id in body.member_ids or [] for name in names]
