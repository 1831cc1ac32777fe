"""What members may do, all things considered: their roles, those of their teams, what they were granted for
single teams, and what everybody may do with what is their own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.people.custom_roles.model import CustomRole, policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.areas.people.members.model import NO_ACCESS, Member
from daybreak.areas.people.teams.model import Team, policy_of_grants
from daybreak.areas.people.teams.store import teams_granted_to, teams_of_members
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.database import Transaction

# The actions that go with a personal token.
WITH_TOKENS = "*AccessToken*"


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may do: by what they were given, and with what is their own. `role` is the built-in role
    that says everything, if one does.
    """

    given: tuple[Policy, ...]
    own: Policy
    role: str = ""

    @property
    def policies(self) -> tuple[Policy, ...]:
        return (*self.given, self.own)


@dataclass(frozen=True, slots=True)
class Holder:
    """A member and their teams: what says which roles they hold, and what these are filled in with."""

    member: Member
    teams: Sequence[Team] = ()

    @property
    def attributes(self) -> dict[str, list[str]]:
        return attributes_of(self.member, self.teams)

    @property
    def shared_role_ids(self) -> list[str]:
        """The roles that come by teams alone."""
        shared = {id for team in self.teams for id in team.custom_role_ids}
        return sorted(shared - set(self.member.custom_role_ids))


def rights_of(db: Transaction, members: Sequence[Member]) -> dict[str, Rights]:
    """By member. As many queries for one as for a hundred."""
    holders = read_holders(db, members)
    granted = teams_granted_to(db, [member.id for member in members])
    roles = _read_roles(db, holders)
    return {each.member.id: _rights(each, granted.get(each.member.id, ()), roles) for each in holders}


def read_holders(db: Transaction, members: Sequence[Member]) -> list[Holder]:
    teams = teams_of_members(db, [member.id for member in members])
    return [Holder(member, teams.get(member.id, ())) for member in members]


def newly_given(db: Transaction, before: Sequence[Holder], after: Sequence[Holder]) -> list[Policy]:
    """What the roles of somebody permit after a change that they did not before it, role by role. A role is
    another one where its attributes are filled in otherwise.
    """
    roles = _read_roles(db, [*before, *after])
    known = {each.member.id: _role_policies(each, roles) for each in before}
    new: list[Policy] = []
    for holder in after:
        had = known.get(holder.member.id, ())
        new += [each for each in _role_policies(holder, roles) if each not in had and each not in new]
    return new


def _read_roles(db: Transaction, holders: Sequence[Holder]) -> dict[str, CustomRole]:
    ids = {id for each in holders for id in (*each.member.custom_role_ids, *each.shared_role_ids)}
    return custom_roles_by_id(db, ids)


def _rights(holder: Holder, granted: Sequence[Team], roles: Mapping[str, CustomRole]) -> Rights:
    member = holder.member
    grants = [policy_of_grants(team.key, team.actions_granted_to(member.id)) for team in granted]
    # Whoever may do nothing by their role sees what is their own.
    is_plain = not member.custom_role_ids and not holder.shared_role_ids and member.role != NO_ACCESS
    given = (*_role_policies(holder, roles), *grants)
    return Rights(given, own_policy(member.id), member.role if is_plain else "")


def _role_policies(holder: Holder, roles: Mapping[str, CustomRole]) -> tuple[Policy, ...]:
    """A member's custom roles count in place of their built-in one; those of teams come on top."""
    own, attributes = holder.member.custom_role_ids, holder.attributes
    by_roles = tuple(policy_of(roles[id], attributes) for id in (*own, *holder.shared_role_ids))
    return by_roles if own else (BUILT_IN_ROLES[holder.member.role], *by_roles)


def owned_attributes(db: Transaction, member: Member) -> dict[str, list[str]]:
    """See `attributes_of`."""
    return attributes_of(member, teams_of_members(db, [member.id]).get(member.id, ()))


def attributes_of(member: Member, teams: Collection[Team]) -> dict[str, list[str]]:
    """The member's role attributes and those of their teams, together."""
    return together_by_name(member.role_attributes, *(team.role_attributes for team in teams))


def together_by_name(*several: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Each name with all of its values."""
    together: dict[str, list[str]] = {}
    for attributes in several:
        for name, values in attributes.items():
            known = together.setdefault(name, [])
            known += [value for value in values if value not in known]
    return together


def own_policy(member_id: str) -> Policy:
    """Everybody sees themselves, says what they are called, and makes and ends their own tokens."""
    mine = f"member/{member_id}"
    return Policy(
        "own account",
        parse_statements(
            [
                {"effect": "allow", "resources": [mine], "actions": ["viewMember", "updateMemberName"]},
                {"effect": "allow", "resources": [f"{mine}:token/*"], "actions": [WITH_TOKENS]},
            ]
        ),
    )
