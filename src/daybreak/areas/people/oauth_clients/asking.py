"""What a client asks a member for, and whether it asks properly (RFC 6749 4.1.1, RFC 7636 4.3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from daybreak.areas.people.oauth_clients.model import OAuthClient

# From the least to the most.
SCOPES: Final = ("reader", "writer")
CHALLENGE_METHOD: Final = "S256"
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


class OAuthRefused(Exception):
    """An answer of the protocol's own: its error code, what a developer should know, the HTTP status."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a member. `given_uri` is the redirect URI as the client sent it, perhaps none."""

    client: OAuthClient
    given_uri: str
    scope: str
    state: str
    challenge: str

    def answered(self, issuer: str, **parameters: str) -> str:
        """Where the browser goes with the answer, which tells who gives it (RFC 9207)."""
        told = {**parameters, **({"state": self.state} if self.state else {}), "iss": issuer}
        return f"{self.client.redirect_uri}?{urlencode(told)}"


def read_scope(text: str) -> str:
    """The most that is asked for; without anything the least there is. Raises OAuthRefused."""
    named = text.split(" ") if text else [SCOPES[0]]
    unknown = [name for name in named if name not in SCOPES]
    if unknown:
        raise OAuthRefused("invalid_scope", f"There is no scope {unknown[0]!r}: know {', '.join(SCOPES)}")
    return max(named, key=SCOPES.index)


def read_asked(client: OAuthClient, given: Mapping[str, str]) -> Asked:
    """What a client asks for whose redirect URI has been checked. Raises OAuthRefused."""
    if given.get("response_type") != "code":
        raise OAuthRefused("unsupported_response_type", "response_type: code is the only one")
    challenge = given.get("code_challenge", "")
    if given.get("code_challenge_method") != CHALLENGE_METHOD or not _CHALLENGE.fullmatch(challenge):
        raise OAuthRefused(
            "invalid_request", "code_challenge is required, with code_challenge_method=S256 (RFC 7636)"
        )
    return Asked(
        client,
        given.get("redirect_uri", ""),
        read_scope(given.get("scope", "")),
        given.get("state", ""),
        challenge,
    )
