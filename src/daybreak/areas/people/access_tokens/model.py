"""An access token: what a caller of the API is known by, and what it may do."""

from dataclasses import dataclass, field

from daybreak.logic.policy.address import Address
from daybreak.platform.columns import Json


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token as stored: of its secret only the digest and the last four characters.

    It has a role, custom roles or an inline role, never two of them. A service token belongs to nobody in
    particular, a personal one to its owner. Instants are in Unix milliseconds.
    """

    id: str
    owner_id: str
    name: str
    description: str
    role: str
    inline_role: list[dict[str, Json]]
    is_service: bool
    api_version: int
    digest: str = field(repr=False)
    ending: str
    created_at: int
    modified_at: int
    version: int
    custom_role_ids: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        if self.is_service:
            return Address.of(("service-token", self.id))
        return Address.of(("member", self.owner_id), ("token", self.id))
