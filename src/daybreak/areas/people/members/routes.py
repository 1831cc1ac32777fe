"""Every URL of members."""

from functools import partial

from daybreak.areas.people.links import MEMBERS
from daybreak.areas.people.members import operations
from daybreak.areas.people.members.changing import HAND_OVER
from daybreak.areas.people.members.many import ACTIONS, patch_members
from daybreak.areas.people.members.representation import BulkShape, MemberShape
from daybreak.areas.people.members.requests import MemberQuery, NewMembers, TeamsOfMember
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.sign_in.links import LinkSender
from daybreak.platform.columns import Json
from daybreak.rest.crud import actions_of, list_query
from daybreak.rest.routing import Route
from daybreak.rest.semantic_patch import InstructionsBody

ONE = f"{MEMBERS}/{{id}}"
TAG = "Account members"


def member_routes(links: LinkSender) -> list[Route]:
    return [
        Route(
            method="GET",
            path=MEMBERS,
            run=operations.list_members,
            operation="getMembers",
            tag=TAG,
            summary="List members",
            action=MEMBER.view_action,
            specifier=MEMBER.specifier,
            query=list_query(MEMBER, default=20, most=1000),
            answer=list[MemberShape],
        ),
        Route(
            method="POST",
            path=MEMBERS,
            prepare=operations.prepare_invitations,
            run=partial(operations.invite_members, links=links),
            operation="postMembers",
            tag=TAG,
            summary="Invite members; the answer has their links where no mail is configured",
            action=f"{operations.CREATE} updateTeamMembers",
            specifier="member/* team/*",
            body=NewMembers,
            answer=list[MemberShape],
            status=201,
        ),
        Route(
            method="PATCH",
            path=MEMBERS,
            run=patch_members,
            operation="patchMembers",
            tag=TAG,
            summary="Change the roles of many members by instructions",
            action=" ".join(dict.fromkeys(ACTIONS.values())),
            specifier="member/*",
            body=InstructionsBody,
            answer=BulkShape,
        ),
        Route(
            method="GET",
            path=ONE,
            run=operations.read_member,
            operation="getMember",
            tag=TAG,
            summary="Read one member; `me` is the caller",
            action=MEMBER.view_action,
            specifier="member/*",
            query=MemberQuery,
            answer=MemberShape,
        ),
        Route(
            method="PATCH",
            path=ONE,
            run=operations.patch_member,
            operation="patchMember",
            tag=TAG,
            summary="Change a member by JSON patch or merge patch",
            action=f"{actions_of(MEMBER)} {HAND_OVER}",
            specifier="member/* acct",
            body=Json,
            answer=MemberShape,
        ),
        Route(
            method="DELETE",
            path=ONE,
            run=operations.delete_member,
            operation="deleteMember",
            tag=TAG,
            summary="Delete a member with their personal tokens",
            action="deleteMember",
            specifier="member/*",
            status=204,
        ),
        Route(
            method="POST",
            path=f"{ONE}/teams",
            run=operations.add_teams_of_member,
            operation="postMemberTeams",
            tag=TAG,
            summary="Add a member to teams",
            action="updateTeamMembers",
            specifier="team/*",
            body=TeamsOfMember,
            answer=MemberShape,
            status=201,
        ),
        Route(
            method="POST",
            path=f"{ONE}/links",
            run=partial(operations.send_link, links=links),
            operation="postMemberLink",
            tag=TAG,
            summary="Send a member another link to choose a password with",
            action=operations.SEND_LINK,
            specifier="member/*",
            answer=MemberShape,
            status=201,
        ),
    ]
