"""Links that are sent to people: whoever follows one may set the password of the member it was sent to."""

from daybreak.areas.people.members.model import Member
from daybreak.areas.people.sign_in.store import add_link
from daybreak.platform.clock import DAY, HOUR
from daybreak.platform.database import Transaction
from daybreak.platform.identifiers import digest, link_secret
from daybreak.platform.mail import Mail

INVITATION, RESET, SET_UP = "invitation", "password-reset", "set-up"

# How long each works.
LIFETIMES = {INVITATION: 7 * DAY, RESET: 4 * HOUR, SET_UP: 7 * DAY}

_INVITATION = """You are invited to work with feature flags and release scores in Daybreak.

Choose a password here, within seven days:
{link}
"""

_RESET = """Somebody, probably you, asked for a new password.

Choose one here, within four hours:
{link}

If it was not you, do nothing: the present password stays.
"""

_LETTERS = {
    INVITATION: ("You are invited to Daybreak", _INVITATION),
    RESET: ("A new password for Daybreak", _RESET),
}


class LinkSender:
    """Makes links and mails them where mail is configured."""

    def __init__(self, public_url: str, mail: Mail) -> None:
        self._public_url = public_url
        self._mail = mail

    @property
    def sends(self) -> bool:
        return self._mail.is_configured

    def send(self, db: Transaction, member: Member, purpose: str, now: int) -> str:
        """The link. It replaces what the member was sent before for the same purpose."""
        link = self.make(db, member.id, purpose, now)
        if self.sends:
            subject, letter = _LETTERS[purpose]
            self._mail.write(db, now, recipient=member.email, subject=subject, body=letter.format(link=link))
        return link

    def make(self, db: Transaction, member_id: str, purpose: str, now: int) -> str:
        """A link that is handed over by whoever asked for it."""
        secret = link_secret()
        expires_at = now + LIFETIMES[purpose]
        add_link(db, digest=digest(secret), member_id=member_id, purpose=purpose, expires_at=expires_at)
        return f"{self._public_url}/welcome/{secret}"
