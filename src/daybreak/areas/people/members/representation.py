"""Members as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.people.links import MEMBERS, member_path, team_path
from daybreak.areas.people.members.model import Member
from daybreak.areas.people.members.store import Sighting
from daybreak.areas.people.teams.model import MAINTAIN, Team
from daybreak.rest.call import Shape
from daybreak.rest.links import HTML, Links, link, links


class LastSeenShape(Shape):
    """With which token a member was last seen."""

    token_id: str


class TeamOfMemberShape(Shape):
    """A team that a member belongs to."""

    links_: Links = msgspec.field(name="_links")
    key: str
    name: str
    custom_role_keys: list[str]


class GrantShape(Shape):
    """What a member may do to a team besides what their roles permit."""

    resource: str
    action_set: str | msgspec.UnsetType = msgspec.UNSET
    actions: list[str] | msgspec.UnsetType = msgspec.UNSET


class MemberShape(Shape, kw_only=True):
    """A member. `mfa` tells whether a one-time code is asked for at sign-in."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    first_name: str
    last_name: str
    role: str
    email: str
    pending_invite_: bool = msgspec.field(name="_pendingInvite")
    verified_: bool = msgspec.field(name="_verified")
    custom_roles: list[str]
    mfa: str
    excluded_dashboards: list[str]
    last_seen_: int = msgspec.field(name="_lastSeen")
    last_seen_metadata_: LastSeenShape | msgspec.UnsetType = msgspec.field(
        name="_lastSeenMetadata", default=msgspec.UNSET
    )
    teams: list[TeamOfMemberShape]
    permission_grants: list[GrantShape]
    creation_date: int
    version: int
    role_attributes: Mapping[str, list[str]] | msgspec.UnsetType = msgspec.UNSET


class MemberSummaryShape(Shape):
    """A member where something else is shown."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    first_name: str
    last_name: str
    role: str
    email: str


def represent_member(
    member: Member,
    *,
    sighting: Sighting | None,
    has_second_factor: bool,
    teams: Sequence[Team],
    role_keys: Mapping[str, str],
    grants: Sequence[Team],
    attributes: Mapping[str, list[str]] | msgspec.UnsetType,
) -> MemberShape:
    """`teams` are those the member belongs to, `grants` those it was granted something for."""
    return MemberShape(
        links_=links(self=member_path(member.id), parent=MEMBERS),
        id=member.id,
        first_name=member.first_name,
        last_name=member.last_name,
        role=member.role,
        email=member.email,
        pending_invite_=member.is_invited,
        verified_=member.is_verified,
        custom_roles=list(member.custom_role_ids),
        mfa="enabled" if has_second_factor else "disabled",
        excluded_dashboards=[],
        last_seen_=sighting.seen_at if sighting else 0,
        last_seen_metadata_=LastSeenShape(token_id=sighting.token_id)
        if sighting and sighting.token_id
        else msgspec.UNSET,
        teams=[
            TeamOfMemberShape(
                links_=links(self=team_path(team.key)),
                key=team.key,
                name=team.name,
                custom_role_keys=[role_keys[id] for id in team.custom_role_ids],
            )
            for team in teams
        ],
        permission_grants=[shape for team in grants for shape in _represent_grants(member.id, team)],
        creation_date=member.created_at,
        version=member.version,
        role_attributes=attributes,
    )


def _represent_grants(member_id: str, team: Team) -> list[GrantShape]:
    granted = team.actions_granted_to(member_id)
    single = [action for action in granted if action != MAINTAIN]
    shapes = [GrantShape(resource=str(team.address), action_set=MAINTAIN)] if MAINTAIN in granted else []
    return [*shapes, GrantShape(resource=str(team.address), actions=single)] if single else shapes


def represent_summary(member: Member) -> MemberSummaryShape:
    return MemberSummaryShape(
        links_=links(self=member_path(member.id)),
        id=member.id,
        first_name=member.first_name,
        last_name=member.last_name,
        role=member.role,
        email=member.email,
    )


def with_link(shape: MemberShape, name: str, href: str) -> MemberShape:
    """With a link to a page for people."""
    shape.links_ = {**shape.links_, name: link(href, HTML)}
    return shape


class BulkShape(Shape):
    """Of a change of many members: the ids of those changed, and what stood in the way of the others."""

    members: list[str]
    errors: list[dict[str, Any]]
