"""Passwords, kept as Argon2id hashes."""

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from daybreak.platform.errors import FieldFault, ValidationFailed

SHORTEST: Final = 10
LONGEST: Final = 1_024

# Names of fewer letters are in many a good password.
SHORTEST_NAME: Final = 4

# Each takes 64 MB and a core for a while: whoever tries many passwords at once has to wait.
HASHED_AT_ONCE: Final = 2

_hasher: Final = PasswordHasher()
_turn: Final = BoundedSemaphore(HASHED_AT_ONCE)


def require_good_password(password: str, email: str) -> None:
    """Raises ValidationFailed, saying what is wrong."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValidationFailed(FieldFault("password", f"takes {SHORTEST} characters at least"))
    if len(set(password)) < SHORTEST // 2:
        raise ValidationFailed(FieldFault("password", "is too easily guessed: use more different characters"))
    name = email.partition("@")[0].lower()
    if len(name) >= SHORTEST_NAME and name in password.lower():
        raise ValidationFailed(
            FieldFault("password", f"is too easily guessed: it holds {name!r} of your email")
        )


def hash_password(password: str) -> str:
    with _turn:
        return _hasher.hash(password)


def is_password(known_hash: str, password: str) -> bool:
    """Takes as long where there is no hash to compare with: nobody learns who has an account."""
    with _turn:
        try:
            return _hasher.verify(known_hash or _hash_of_nothing(), password[:LONGEST]) and bool(known_hash)
        except (Argon2Error, InvalidHashError):
            return False


def is_outdated(known_hash: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(known_hash)


@cache
def _hash_of_nothing() -> str:
    return _hasher.hash("")
