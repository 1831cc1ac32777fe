"""A member: a person, and the roles that say what they may do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from daybreak.logic.policy.address import Address
from daybreak.platform.account import ACCOUNT_ID

# There from the start, so that what is made before anybody signs in belongs to somebody.
FIRST_OWNER_ID: Final = ACCOUNT_ID

OWNER: Final = "owner"
ADMIN: Final = "admin"
NO_ACCESS: Final = "no_access"

# What mail takes without quotes (RFC 5322 3.2.3), and letters beyond ASCII.
_ATOM: Final = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LABEL: Final = r"[^\W_](?:[\w-]*[^\W_])?"
_EMAIL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
LONGEST_EMAIL: Final = 254


@dataclass(frozen=True, slots=True)
class Member:
    """A member as stored. Emails are in lower case: two that differ by that alone are one.

    Custom roles count in place of the role, where there are any. One who `is_invited` has never signed in;
    `is_verified` tells that the email is theirs. `created_at` is in Unix milliseconds.
    """

    id: str
    email: str
    first_name: str
    last_name: str
    role: str
    role_attributes: Mapping[str, list[str]]
    is_invited: bool
    is_verified: bool
    created_at: int
    version: int
    custom_role_ids: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As people read it."""
        return f"{self.first_name} {self.last_name}".strip() or self.email or "Owner"

    @property
    def address(self) -> Address:
        return member_address(self.id)


def member_address(id: str) -> Address:
    return Address.of(("member", id))


def parse_email(text: str) -> str | None:
    """The email as it is stored; None where it is none."""
    email = text.strip().lower()
    return email if len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email) else None
