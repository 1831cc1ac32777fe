"""The roles that exist without anybody writing a policy, and the right of every member to own tokens.
They are written in the policy language itself, so that there is one kind of decision.

- reader: every action whose name begins with `view`, on everything, SDK keys included. Nothing else.
- writer: everything except administering the account, which is any action other than viewing on the account
  itself, members, teams, custom roles, access tokens (service tokens and those of members), webhooks,
  Relay Proxy configurations, integrations and OAuth clients.
- admin: everything except giving the account to another owner and deleting it.
- owner: everything.
- no_access: nothing.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from daybreak.logic.policy.address import ACCOUNT
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import Statement, parse_statements
from daybreak.logic.policy.wildcard import VIEWING

VIEWS: Final = f"{VIEWING}*"

ADMINISTERED: Final = (
    ACCOUNT,
    "member/*",
    "member/*:token/*",
    "team/*",
    "role/*",
    "service-token/*",
    "webhook/*",
    "relay-proxy-config/*",
    "integration/*",
    "oauth2-client/*",
)

_EVERYTHING: Final = {"effect": "allow", "resources": ["*"], "actions": ["*"]}

READER: Final = Policy(
    "reader", parse_statements([{"effect": "allow", "resources": ["*"], "actions": [VIEWS]}])
)
WRITER: Final = Policy(
    "writer",
    parse_statements(
        [
            _EVERYTHING,
            {"effect": "deny", "resources": list(ADMINISTERED), "notActions": [VIEWS]},
        ]
    ),
)
_KEPT_BY_THE_OWNER: Final = parse_statements(
    [{"effect": "deny", "resources": [ACCOUNT], "actions": ["updateAccountOwner", "deleteAccount"]}]
)
ADMIN: Final = Policy("admin", (*parse_statements([_EVERYTHING]), *_KEPT_BY_THE_OWNER))
OWNER: Final = Policy("owner", parse_statements([_EVERYTHING]))
NO_ACCESS: Final = Policy("no_access", ())

BUILT_IN_ROLES: Final[Mapping[str, Policy]] = MappingProxyType(
    {policy.role_name: policy for policy in (READER, WRITER, ADMIN, OWNER, NO_ACCESS)}
)


def written_policy(name: str, statements: Iterable[Statement]) -> Policy:
    """What a policy means that somebody has written. Whatever it allows, only the role of the owner gives the
    account to another owner, or deletes it: so an admin may hand out `*` on `*`, and nobody gains by it.
    """
    return Policy(name, (*statements, *_KEPT_BY_THE_OWNER))
