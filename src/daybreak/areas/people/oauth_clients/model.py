"""A program that members may let act for them."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from daybreak.logic.policy.address import Address
from daybreak.platform.errors import FieldFault, ValidationFailed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Nothing that would mean something in a header of the page that leads there.
_HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A client as stored: of its secret only the digest. Browsers are sent back to `redirect_uri` alone."""

    id: str
    name: str
    description: str
    redirect_uri: str
    secret_digest: str = field(repr=False)
    created_at: int
    version: int

    @property
    def address(self) -> Address:
        return Address.of(("oauth2-client", self.id))


def require_redirect_uri(text: str) -> str:
    """The address, if codes may be sent there. On loopback http will do: nobody listens in between.

    Raises:
        ValidationFailed: it is not absolute, not safe, or says more than where to go.

    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ValidationFailed(FieldFault("redirectUri", f"{text!r} is no address")) from None
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    if not is_safe or not host or not _HOST.fullmatch(host) or port == 0:
        reason = (
            "is an absolute https address, or an http one of this very machine: http://127.0.0.1:8080/back"
        )
        raise ValidationFailed(FieldFault("redirectUri", reason))
    if "?" in text or "#" in text or parts.username is not None or parts.password is not None:
        raise ValidationFailed(FieldFault("redirectUri", "has no query, no fragment and no password"))
    return text
