"""What browsers send by themselves: the cookie of a session, and where a request comes from.

A cookie comes along with whatever another site makes a browser send. So what changes something counts only
where the browser says that this very site has sent it.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from daybreak.platform.errors import Forbidden

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionCookie:
    """The cookie of a session. Where the server is reached by https, browsers take it from nowhere else."""

    def __init__(self, address: str) -> None:
        self._is_secure = address.startswith("https://")
        self.name = "__Host-daybreak-session" if self._is_secure else "daybreak-session"

    def read(self, headers: Mapping[bytes, bytes]) -> str:
        """The secret of the session, or an empty text."""
        return read_cookie(headers, self.name)

    def write(self, secret: str, seconds: int) -> str:
        """The header that sets it; an empty secret takes it away."""
        return self.write_as(self.name, secret, seconds if secret else 0)

    def write_as(self, name: str, value: str, seconds: int) -> str:
        secure = "; Secure" if self._is_secure else ""
        return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"


def read_cookie(headers: Mapping[bytes, bytes], name: str) -> str:
    """A cookie's value, or an empty text. What else a browser sends along may look like anything."""
    for pair in headers.get(b"cookie", b"").decode("latin-1").split(";"):
        given, _, value = pair.partition("=")
        if given.strip() == name:
            return value.strip().strip('"')
    return ""


def require_same_origin(method: str, headers: Mapping[bytes, bytes], address: str) -> None:
    """Passes what changes nothing, and what a page of this site has sent.

    `address` is where the server is reached from elsewhere: a proxy may hide what the browser asked for.

    Raises:
        Forbidden: another site, or nobody can tell.

    """
    if method in SAFE_METHODS:
        return
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin:
        here = {headers.get(b"host", b"").decode("latin-1"), urlsplit(address).netloc}
        if urlsplit(origin).netloc in here - {""}:
            return
    elif headers.get(b"sec-fetch-site") == b"same-origin":
        return
    raise Forbidden(
        "This request was sent by another site: with a session only pages of this one may change anything"
    )
