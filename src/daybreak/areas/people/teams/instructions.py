"""What can be said of a team in a semantic patch. Pure: what names stand for is looked up before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from daybreak.areas.people.members.requests import (
    AttributeName,
    AttributeValue,
    RoleAttributes,
    RoleNames,
    require_plain,
)
from daybreak.areas.people.teams.grants import GrantBody, MemberIds, parse_grants
from daybreak.areas.people.teams.model import Team
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body
from daybreak.rest.keys import Name, Text
from daybreak.rest.semantic_patch import Instruction


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what there is of all that the instructions name: members by id, roles by key or id."""

    member_ids: frozenset[str]
    role_ids: Mapping[str, str]

    def require_members(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Each once. Raises InvalidRequest."""
        for id in ids:
            if id not in self.member_ids:
                raise InvalidRequest(f"there is no member {id!r}")
        return tuple(dict.fromkeys(ids))

    def require_roles(self, names: Sequence[str]) -> tuple[str, ...]:
        """Their ids, each once. Raises InvalidRequest."""
        for name in names:
            if name not in self.role_ids:
                raise InvalidRequest(f"there is no custom role {name!r}")
        return tuple(dict.fromkeys(self.role_ids[name] for name in names))


class Members(Body):
    """Some members, by their ids."""

    values: MemberIds


class Roles(Body):
    """Some custom roles, by their keys."""

    values: RoleNames


class NewName(Body):
    """What the team is to be called."""

    value: Name


class NewDescription(Body):
    """How the team is to be described."""

    value: Text


class Attribute(Body):
    """A role attribute and its values."""

    key: AttributeName
    values: list[AttributeValue]


class AttributeKey(Body):
    """A role attribute."""

    key: AttributeName


class Attributes(Body):
    """All role attributes."""

    value: RoleAttributes


def without(items: Sequence[Any], gone: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(item for item in items if item not in set(gone))


def together(items: Sequence[Any], more: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys([*items, *more]))


def _change_members(put: Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]) -> Any:
    def apply(team: Team, body: Members, cast: Cast) -> Team:
        return replace(team, member_ids=put(team.member_ids, cast.require_members(body.values)))

    return Instruction(Members, apply, "updateTeamMembers")


def _remove_members(team: Team, body: Members, cast: Cast) -> Team:  # noqa: ARG001 - whoever is gone may be named
    return replace(team, member_ids=without(team.member_ids, body.values))


def _change_roles(put: Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]) -> Any:
    def apply(team: Team, body: Roles, cast: Cast) -> Team:
        return replace(team, custom_role_ids=put(team.custom_role_ids, cast.require_roles(body.values)))

    return Instruction(Roles, apply, "updateTeamCustomRoles")


def _add_grants(team: Team, body: GrantBody, cast: Cast) -> Team:
    cast.require_members(body.member_ids or [])
    return replace(team, grants=together(team.grants, parse_grants(body)))


def _remove_grants(team: Team, body: GrantBody, cast: Cast) -> Team:  # noqa: ARG001 - as above
    return replace(team, grants=without(team.grants, parse_grants(body)))


def _set_attribute(*, is_new: bool) -> Any:
    def apply(team: Team, body: Attribute, cast: Cast) -> Team:  # noqa: ARG001 - as above
        if (body.key in team.role_attributes) is is_new:
            state = "has it already" if is_new else "does not have it"
            raise InvalidRequest(f"role attribute {body.key!r}: the team {state}")
        return _with_attributes(team, {**team.role_attributes, body.key: body.values})

    return Instruction(Attribute, apply, "updateTeamRoleAttributes")


def _remove_attribute(team: Team, body: AttributeKey, cast: Cast) -> Team:  # noqa: ARG001 - as above
    kept = {name: values for name, values in team.role_attributes.items() if name != body.key}
    return replace(team, role_attributes=kept)


def _with_attributes(team: Team, attributes: Mapping[str, list[str]]) -> Team:
    return replace(team, role_attributes=require_plain(msgspec.convert(dict(attributes), RoleAttributes)))


INSTRUCTIONS: Mapping[str, Instruction[Team, Cast]] = {
    "addMembers": _change_members(together),
    "removeMembers": Instruction(Members, _remove_members, "updateTeamMembers"),
    "replaceMembers": _change_members(lambda _, new: tuple(new)),
    "addCustomRoles": _change_roles(together),
    "removeCustomRoles": _change_roles(without),
    "addPermissionGrants": Instruction(GrantBody, _add_grants, "updateTeamPermissionGrants"),
    "removePermissionGrants": Instruction(GrantBody, _remove_grants, "updateTeamPermissionGrants"),
    "addRoleAttribute": _set_attribute(is_new=True),
    "updateRoleAttribute": _set_attribute(is_new=False),
    "removeRoleAttribute": Instruction(AttributeKey, _remove_attribute, "updateTeamRoleAttributes"),
    "replaceRoleAttributes": Instruction(
        Attributes, lambda team, body, _: _with_attributes(team, body.value), "updateTeamRoleAttributes"
    ),
    "updateName": Instruction(
        NewName, lambda team, body, _: replace(team, name=body.value), "updateTeamName"
    ),
    "updateDescription": Instruction(
        NewDescription, lambda team, body, _: replace(team, description=body.value), "updateTeamDescription"
    ),
}
