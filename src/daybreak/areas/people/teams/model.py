"""A team: members who share roles, and those who may look after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements

# The set of actions of those who look after a team. What its roles are is not up to them.
MAINTAIN: Final = "maintainTeam"
ACTIONS_OF_SETS: Final[Mapping[str, tuple[str, ...]]] = {
    MAINTAIN: ("viewTeam", "updateTeamName", "updateTeamDescription", "updateTeamMembers")
}


class Grant(NamedTuple):
    """A member may do something to the team: `action` is an action, or names a set of them."""

    member_id: str
    action: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team as stored. Instants are in Unix milliseconds."""

    id: str
    key: str
    name: str
    description: str
    role_attributes: Mapping[str, list[str]]
    created_at: int
    modified_at: int
    version: int
    member_ids: tuple[str, ...] = ()
    custom_role_ids: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()

    @property
    def address(self) -> Address:
        return Address.of(("team", self.key))

    @property
    def maintainer_ids(self) -> tuple[str, ...]:
        return tuple(grant.member_id for grant in self.grants if grant.action == MAINTAIN)

    def actions_granted_to(self, member_id: str) -> list[str]:
        return [grant.action for grant in self.grants if grant.member_id == member_id]


def policy_of_grants(team_key: str, actions: list[str]) -> Policy:
    """What grants of these actions and sets of actions permit."""
    single = [each for action in actions for each in ACTIONS_OF_SETS.get(action, (action,))]
    statement = {"effect": "allow", "resources": [f"team/{team_key}"], "actions": single}
    return Policy("team permissions", parse_statements([statement]))
