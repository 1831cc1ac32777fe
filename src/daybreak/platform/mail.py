"""Mail to people: written down in the transaction that it belongs to, and sent after it, until it is gone."""

import logging
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import Index, Table, delete, func, select, update

from daybreak.platform.clock import DAY, MINUTE, SECOND
from daybreak.platform.columns import identifier, milliseconds, text
from daybreak.platform.database import Transaction, metadata
from daybreak.platform.identifiers import object_id
from daybreak.platform.instants import has_come
from daybreak.platform.jobs import Job
from daybreak.platform.observing import TellOutcome, ignore_outcome

logger = logging.getLogger(__name__)

mails = Table(
    "outgoing_mails",
    metadata,
    identifier(),
    text("recipient"),
    text("subject"),
    text("body"),
    milliseconds("created_at"),
    milliseconds("next_attempt_at"),
    Index("ix_outgoing_mails_next_attempt_at", "next_attempt_at"),
)

PAUSE = 2 * MINUTE
# Links in mails do not work for much longer.
GIVEN_UP_AFTER = DAY
AT_ONCE = 20
SECONDS_TO_ANSWER = 10
# Where nobody listens in between.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Send = Callable[[EmailMessage], None]


def read_oldest_mail(db: Transaction) -> int | None:
    """When the one that has waited longest was written, in Unix milliseconds."""
    at: int | None = db.value(select(func.min(mails.c.created_at)))
    return at


class Mail:
    """The way out. Without a server nothing is written down, and callers show what they would have sent."""

    def __init__(self, server: str, sender: str, tell_outcome: TellOutcome = ignore_outcome) -> None:
        self.is_configured = bool(server)
        self._server = server
        self._sender = sender
        self._tell_outcome = tell_outcome
        self._lock = Lock()
        self._taken: list[Any] = []
        self._sent: set[str] = set()
        self._forgotten: set[str] = set()

    def write(self, db: Transaction, now: int, *, recipient: str, subject: str, body: str) -> None:
        row = {
            "id": object_id(),
            "recipient": recipient,
            "subject": subject,
            "body": body,
            "created_at": now,
            "next_attempt_at": now,
        }
        db.insert(mails, [row])

    def job(self) -> Job:
        return Job(
            "send mail",
            SECOND,
            self._take,
            runs_everywhere=True,
            is_needed=self._is_needed,
            committed=self._send_taken,
        )

    def count_waiting(self, db: Transaction) -> int:
        return int(db.value(select(func.count()).select_from(mails)))

    def _is_needed(self, db: Transaction, now: int) -> bool:
        due = select(mails.c.id).where(has_come(mails.c.next_attempt_at, now, PAUSE)).limit(1)
        return bool(self._sent) or (self.is_configured and db.value(due) is not None)

    def _take(self, db: Transaction, now: int) -> None:
        """Forgets what was sent, and takes what is due: for a while no other process does."""
        with self._lock:
            self._forgotten = set(self._sent)
        mine = mails.c
        db.execute(delete(mails).where(mine.id.in_(self._forgotten)))
        db.execute(delete(mails).where(mine.created_at <= now - GIVEN_UP_AFTER))
        is_due = has_come(mine.next_attempt_at, now, PAUSE)
        due = select(mails).where(is_due).order_by(mine.next_attempt_at).limit(AT_ONCE)
        rows = db.rows(due.with_for_update())
        db.execute(
            update(mails).where(mine.id.in_([row.id for row in rows])).values(next_attempt_at=now + PAUSE)
        )
        self._taken = list(rows)

    def _compose(self, recipient: str, subject: str, body: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, recipient, subject
        message.set_content(body)
        return message

    def _send_taken(self) -> None:
        """Outside of the transaction: a server that takes its time keeps no writer waiting. What was sent is
        forgotten here when the database has forgotten it, or it would be sent again.
        """
        with self._lock:
            self._sent -= self._forgotten
        taken, self._taken = self._taken, []
        for row in taken:
            is_sent = self._is_sent(row)
            self._tell_outcome(is_sent)
            if is_sent:
                with self._lock:
                    self._sent.add(row.id)

    def _is_sent(self, row: Any) -> bool:
        try:
            send_by_smtp(self._server, self._compose(row.recipient, row.subject, row.body))
        except (OSError, smtplib.SMTPException) as error:
            logger.warning("mail was not sent and will be tried again", extra={"reason": str(error)})
            return False
        except Exception:
            # No address is so odd that it keeps those after it from their mail.
            logger.exception("mail could not be written and will be tried again")
            return False
        return True


def send_by_smtp(server: str, message: EmailMessage) -> None:
    """Raises OSError or SMTPException."""
    url = urlsplit(server)
    host, is_secure = url.hostname or "localhost", url.scheme == "smtps"
    context = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(host, url.port or 465, timeout=SECONDS_TO_ANSWER, context=context)
        if is_secure
        else smtplib.SMTP(host, url.port or 587, timeout=SECONDS_TO_ANSWER)
    )
    with connection:
        if not is_secure:
            # Only who has been greeted says what it can do.
            connection.ehlo_or_helo_if_needed()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
            elif url.username and host not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("the server takes no TLS: the password is not sent")
        if url.username:
            connection.login(unquote(url.username), unquote(url.password or ""))
        connection.send_message(message)
