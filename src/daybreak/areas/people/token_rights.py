"""What access tokens may do by themselves; personal ones never more than their owner."""

from collections.abc import Mapping, Sequence

from daybreak.areas.people.access_tokens.model import AccessToken
from daybreak.areas.people.custom_roles.model import policy_of
from daybreak.areas.people.custom_roles.store import custom_roles_by_id
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES, written_policy
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.database import Transaction


def policies_of_token(
    db: Transaction, token: AccessToken, attributes: Mapping[str, Sequence[str]]
) -> tuple[Policy, ...]:
    """`attributes` fill in custom roles: those of the token's owner, none for a service token."""
    if token.role:
        return (BUILT_IN_ROLES[token.role],)
    if token.custom_role_ids:
        roles = custom_roles_by_id(db, token.custom_role_ids)
        return tuple(policy_of(roles[id], attributes) for id in token.custom_role_ids)
    return (written_policy("inline role", parse_statements(token.inline_role)),)
