"""Who is calling and what they may do: policies applied to addresses."""

from dataclasses import dataclass, field

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Decision, Policy, decide
from daybreak.platform.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Person:
    """The member behind what is done, as the audit log names them for good."""

    id: str
    email: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller of a request: a token, a member who is signed in, or the program itself.

    A personal token may do what its own policies and those of its owner, `owner_policies`, both allow.
    `ending` is the last four characters of the token's secret. `role` is the built-in role that says
    everything about the actor, if one does. `expires_at` (Unix ms) is when the credential stops.
    `person` is the member who acts, in person or through a token.
    """

    kind: str
    id: str
    name: str
    policies: tuple[Policy, ...] = field(repr=False)
    ending: str = ""
    owner_id: str = ""
    is_service: bool = True
    role: str = ""
    api_version: int = 0
    expires_at: int | None = None
    owner_policies: tuple[Policy, ...] | None = field(default=None, repr=False)
    person: Person | None = None

    @property
    def policy_groups(self) -> tuple[tuple[Policy, ...], ...]:
        """Of each group at least one policy has to allow what is done."""
        return (self.policies,) if self.owner_policies is None else (self.policies, self.owner_policies)

    def decide(self, action: str, address: Address) -> Decision:
        decision = decide(self.policies, action, address)
        if self.owner_policies is None or not decision.allowed:
            return decision
        by_owner = decide(self.owner_policies, action, address)
        return decision if by_owner.allowed else by_owner

    def may(self, action: str, address: Address) -> bool:
        return self.decide(action, address).allowed

    def require(self, actions: tuple[str, ...], address: Address) -> None:
        """Passes when every action is allowed.

        Raises:
            Forbidden: naming the first action that is not.

        """
        for action in actions:
            if not self.may(action, address):
                message = f"{self.name or self.kind} may not {action} on {address}"
                raise Forbidden(message, action=action, address=str(address))
