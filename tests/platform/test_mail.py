"""Mail that reaches a real server, now or when it is back."""

import re
import smtplib
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from starlette.testclient import TestClient

from areas.people.members import PASSWORD
from conftest import Api
from daybreak.app import Daybreak, build
from daybreak.areas.people.intake import create_service_token
from daybreak.areas.people.members.model import parse_email
from daybreak.platform.clock import DAY, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.jobs import Job
from daybreak.platform.mail import Mail, mails, send_by_smtp
from daybreak.settings import Settings
from mail_server import NAME, a_certificate, mail_server
from mail_server import PASSWORD as MAIL_PASSWORD


def a_program(port: int, database: Database, clock: FixedClock) -> tuple[Daybreak, Any]:
    """One that sends mail to that port, and an admin of it."""
    url = database.engine.url.render_as_string(hide_password=False)
    sender = "Daybreak <flags@acme.example>"
    app = build(
        Settings(database_url=url, smtp_url=f"smtp://127.0.0.1:{port}", mail_sender=sender), database, clock
    )
    with database.writing() as db:
        token = create_service_token(db, clock.now(), name="mailing", role="admin")
    return app, Api(app, database, clock, token)


def send_mail(app: Daybreak) -> None:
    for job in app.jobs.list_due():
        if job.name == "send mail":
            app.jobs.run(job)


def invite(api: Any) -> dict[str, Any]:
    made = api.post("/api/v2/members", [{"email": "ann@example.com", "role": "writer"}])
    assert made.status_code == 201
    [member] = made.json()["items"]
    found: dict[str, Any] = member
    return found


def test_invitation__mail_server__brings_a_link_that_works(database: Database, clock: FixedClock) -> None:
    with mail_server() as server:
        app, api = a_program(server.port, database, clock)
        assert "invitation" not in invite(api)["_links"], "whoever may invite need not see the link"
        assert server.mails == []
        send_mail(app)
        [mail] = server.mails
        send_mail(app)
        assert server.mails == [mail]
    assert (mail["To"], mail["From"]) == ("ann@example.com", "Daybreak <flags@acme.example>")
    [link] = re.findall(r"https?://\S+", mail.get_content())
    browser = TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False)
    came = browser.post(urlsplit(link).path, data={"password": PASSWORD, "first_name": "Ann"})
    assert came.status_code == 303
    assert browser.get("/api/v2/members/me").json()["email"] == "ann@example.com"


def test_invitation__mail_server_away_or_unwilling__arrives_later(
    database: Database, clock: FixedClock
) -> None:
    with mail_server() as server:
        app, api = a_program(server.port, database, clock)
        invite(api)
        server.refuses = True
        send_mail(app)
        server.refuses = False
        send_mail(app)
        assert server.mails == [], "it pauses after a failure"
        clock.advance(2 * MINUTE)
        # As after a restart: what is waiting is kept in the database.
        send_mail(
            build(Settings(database_url="", smtp_url=f"smtp://127.0.0.1:{server.port}"), database, clock)
        )
        assert len(server.mails) == 1


def test_invitation__nobody_listens_for_a_day__is_given_up(database: Database, clock: FixedClock) -> None:
    app, api = a_program(9, database, clock)
    invite(api)
    send_mail(app)
    clock.advance(DAY)
    send_mail(app)
    with mail_server() as server:
        clock.advance(MINUTE)
        send_mail(build(Settings(smtp_url=f"smtp://127.0.0.1:{server.port}"), database, clock))
        assert server.mails == []


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "flags@acme.example", "ann@example.com", "Hello"
    mail.set_content("Hello\n")
    return mail


def test_smtp__server_with_tls_and_password__gets_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, trusted = a_certificate(tmp_path)
    with mail_server(tls) as server:
        here = f"127.0.0.1:{server.port}"
        known = f"{NAME}:{quote(MAIL_PASSWORD, safe='')}"
        with pytest.raises(OSError, match="certificate verify failed"):
            send_by_smtp(f"smtp://{known}@{here}", a_mail())
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with pytest.raises(smtplib.SMTPAuthenticationError):
            send_by_smtp(f"smtp://{NAME}:wrong@{here}", a_mail())
        assert server.sessions == []
        send_by_smtp(f"smtp://{known}@{here}", a_mail())
        assert server.sessions == [(True, True)]


def test_smtp__server_without_tls_elsewhere__gets_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daybreak.platform.mail.LOOPBACK", frozenset[str]())
    with mail_server() as server:
        with pytest.raises(smtplib.SMTPNotSupportedError, match="no TLS"):
            send_by_smtp(f"smtp://ann:secret@127.0.0.1:{server.port}", a_mail())
        assert server.sessions == []


def waiting(database: Database, clock: FixedClock, *recipients: str) -> None:
    """Mails that are written down, to whatever addresses."""
    with database.writing() as db:
        for recipient in recipients:
            Mail("smtp://mail.example", "x").write(
                db, clock.now(), recipient=recipient, subject="Hello", body="Hello\n"
            )


def test_mail__address_that_cannot_be_written__keeps_no_other_waiting(
    database: Database, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server() as server:
        app, _ = a_program(server.port, database, clock)
        waiting(database, clock, "*@[", "ann@example.com\nBcc: eve@example.com", "ann@example.com")
        send_mail(app)
        assert [mail["To"] for mail in server.mails] == ["ann@example.com"]
        clock.advance(DAY)
        send_mail(app)
        assert len(server.mails) == 1
    assert "mail could not be written" in caplog.text
    with database.reading() as db:
        assert db.value(select(func.count()).select_from(mails)) == 0


def run_in_vain(job: Job, database: Database, clock: FixedClock) -> None:
    with database.writing() as db:
        job.run(db, clock.now())
        raise ZeroDivisionError


def test_mail__transaction_that_failed_afterwards__sends_none_twice(
    database: Database, clock: FixedClock
) -> None:
    with mail_server() as server:
        app, api = a_program(server.port, database, clock)
        invite(api)
        send_mail(app)
        assert len(server.mails) == 1
        clock.advance(SECOND)
        [job] = [job for job in app.jobs.list_due() if job.name == "send mail"]
        with pytest.raises(ZeroDivisionError):
            run_in_vain(job, database, clock)
        clock.advance(2 * MINUTE)
        send_mail(app)
        send_mail(app)
        assert len(server.mails) == 1


@pytest.mark.parametrize(
    "email", ["*@[", "ann@exa mple.com", "a..b@example.com", "<ann@example.com>", "ann@-x", "ann", '"a"@b']
)
def test_invitation__address_that_mail_does_not_take__answers_400(api: Any, email: str) -> None:
    assert api.post("/api/v2/members", [{"email": email, "role": "reader"}]).status_code == 400


@given(email=st.from_regex(r"\S{1,20}@\S{1,20}", fullmatch=True))
def test_parse_email__whatever_it_takes__can_be_written_to(email: str) -> None:
    taken = parse_email(email)
    if taken is not None:
        mail = EmailMessage()
        mail["To"] = taken
        assert mail["To"].addresses[0].addr_spec == taken
