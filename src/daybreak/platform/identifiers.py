"""Identifiers and secrets: object ids, uuids, tokens, SDK, mobile and relay keys."""

import hashlib
import secrets
import uuid
from threading import Lock

from daybreak.platform.clock import SystemClock


class _Ascending:
    """Ids that grow in the order in which one process makes them, so that what was made in one millisecond is
    listed in its order: 11 digits of time, 4 that count within a millisecond, 9 of chance.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = (0, 0)

    def __call__(self) -> str:
        now = SystemClock().now()
        with self._lock:
            at, count = self._last
            at, count = (at, count + 1) if now <= at else (now, 0)
            if count > _MOST_IN_A_MILLISECOND:
                at, count = at + 1, 0
            self._last = (at, count)
        return f"{at:011x}{count:04x}{secrets.randbits(36):09x}"


_MOST_IN_A_MILLISECOND = 0xFFFF
_ascending = _Ascending()


def object_id() -> str:
    """24 hexadecimal digits, the shape the API's clients validate."""
    return _ascending()


def unique_id() -> str:
    """A random UUID in text form."""
    return str(uuid.uuid4())


def access_token() -> str:
    return f"api-{uuid.uuid4()}"


def sdk_key() -> str:
    return f"sdk-{uuid.uuid4()}"


def mobile_key() -> str:
    return f"mob-{uuid.uuid4()}"


def relay_key() -> str:
    return f"rel-{uuid.uuid4()}"


def session_secret() -> str:
    """What a browser is known by while somebody is signed in."""
    return secrets.token_urlsafe(32)


def link_secret() -> str:
    """What makes a link that is sent to a person unguessable."""
    return secrets.token_urlsafe(32)


def webhook_secret() -> str:
    """What signs posts where nobody has named a secret."""
    return secrets.token_urlsafe(32)


def client_secret() -> str:
    """What an OAuth client proves itself with."""
    return secrets.token_urlsafe(32)


def grant_secret() -> str:
    """What uses what a member has allowed: a code, an access token, a refresh token."""
    return secrets.token_urlsafe(32)


def trigger_secret() -> str:
    """What makes the URL of a flag trigger unguessable."""
    return str(uuid.uuid4())


def digest(secret: str) -> str:
    """What is stored of a secret: SHA-256 in hexadecimal.

    The secrets are random with 122 bits, so a slow password hash would protect nothing.
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def stable_id(*parts: str) -> str:
    """24 hexadecimal digits that are the same for the same parts, in any process."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def stable_uuid(*parts: str) -> str:
    """As `stable_id`, in the shape of a UUID, for what the API's clients read as one."""
    return str(uuid.UUID(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]))
