"""One-time codes: a second factor that changes every half minute, and codes on paper for when it is lost."""

import re
import secrets
from typing import Final

import pyotp

from daybreak.areas.people.sign_in.store import Secrets, save_secrets, take_code_step
from daybreak.platform.clock import SECOND
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import digest

STEP: Final = 30 * SECOND
RECOVERY_CODES: Final = 10
_ISSUER: Final = "Daybreak"
_SECRET: Final = re.compile(r"[A-Z2-7]{32}")


def new_secret() -> str:
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether it can be one that was made here."""
    return _SECRET.fullmatch(text) is not None


def provisioning_url(secret: str, email: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def matching_step(secret: str, code: str, now: int) -> int | None:
    """The time step that a code is of, the present one or a neighbour, as clocks differ; or None."""
    totp = pyotp.TOTP(secret)
    present = now // STEP
    for step in (present, present - 1, present + 1):
        if secrets.compare_digest(totp.at(step * STEP // SECOND).encode(), code.strip().encode()):
            return step
    return None


def take_code(db: Transaction, member_id: str, known: Secrets, code: str, now: int) -> bool:
    """Whether the code is right and was not taken before: a recovery code is taken once, and so is a step."""
    step = matching_step(known.code_secret, code, now)
    if step is not None:
        return take_code_step(db, member_id, step)
    given = digest(code.strip().lower())
    if given not in known.recovery_digests:
        return False
    left = tuple(each for each in known.recovery_digests if each != given)
    save_secrets(
        db,
        member_id,
        Secrets(known.password_hash, known.code_secret, known.last_code_step, left),
    )
    return True


def new_recovery_codes() -> list[str]:
    """Each of 50 random bits."""
    return [f"{secrets.token_hex(3)}-{secrets.token_hex(4)}" for _ in range(RECOVERY_CODES)]
