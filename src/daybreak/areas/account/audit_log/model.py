"""An entry of the audit log as it is searched, and what a search may ask of it."""

from dataclasses import dataclass
from typing import Final

from daybreak.areas.account.audit_log.addresses import parse_address
from daybreak.logic.policy.address import Specifier, matches
from daybreak.logic.policy.decision import Policy
from daybreak.platform.access import Actor

# Callers of these kinds are tokens, which have a page of their own.
TOKEN_KINDS: Final = frozenset({"token", "service-token"})
# Somebody who is signed in.
MEMBER_KIND: Final = "member"
VIEW_ACTION: Final = "viewAuditLog"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What of an entry decides whether it is wanted: when, where and what happened."""

    id: str
    at: int
    address: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The entries that are wanted: those the caller may see, of the resources asked for.

    `specifier` names resources, `policy` must allow one of the entry's actions. Resources are matched with
    the keys and tags they had when it happened.
    """

    actor: Actor
    specifier: Specifier | None = None
    policy: Policy | None = None

    @property
    def is_everything(self) -> bool:
        return self.specifier is None and self.policy is None and self._sees_all

    @property
    def specifiers(self) -> tuple[Specifier, ...]:
        """What the address of every wanted entry matches at least one of; none at all says nothing."""
        if self.specifier is not None:
            return (self.specifier,)
        statements = self.policy.statements if self.policy else ()
        if any(statement.not_resources for statement in statements):
            return ()
        return tuple(specifier for statement in statements for specifier in statement.resources)

    def includes(self, occurrence: Occurrence) -> bool:
        address = parse_address(occurrence.address)
        if self.specifier is not None and not matches(self.specifier, address):
            return False
        if self.policy is not None and not any(
            self.policy.decide(action, address).allowed for action in occurrence.actions
        ):
            return False
        return self._sees_all or self.actor.may(VIEW_ACTION, address)

    @property
    def _sees_all(self) -> bool:
        return self.actor.role not in {"", "no_access"}


@dataclass(frozen=True, slots=True)
class Range:
    """Entries later than `after` and earlier than `before`, whose resource's name contains `text`, and, where
    `tokens` or `members` are given, that one of them wrote.

    `before_id` admits the entries at `before` itself with smaller ids, so that paging loses none of those
    that happened in the same millisecond.
    """

    after: int
    before: int
    before_id: str = ""
    text: str = ""
    tokens: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
