"""Who is calling and what they may do: policies applied to addresses."""

from dataclasses import dataclass, field

from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Decision, Policy, decide
from daybreak.platform.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller of a request: a token, or the program itself.

    `ending` is the last four characters of the token's secret. `expires_at` (Unix ms) is when the credential
    stops.
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

    def decide(self, action: str, address: Address) -> Decision:
        return decide(self.policies, action, address)

    def may(self, action: str, address: Address) -> bool:
        return self.decide(action, address).allowed

    def require(self, actions: tuple[str, ...], address: Address) -> None:
        """Passes when every action is allowed.

        Raises:
            Forbidden: naming the first action that is not.

        """
        for action in actions:
            if not self.may(action, address):
                raise Forbidden(f"{self.name or self.kind} may not {action} on {address}")
