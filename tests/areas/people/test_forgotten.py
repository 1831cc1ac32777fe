"""Asking for a new password: how often, and that it costs nobody their attempts to sign in."""

from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from areas.people.members import PASSWORD, a_member
from daybreak.app import Daybreak
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.mail import mails
from daybreak.settings import Settings

EMAIL = "ann@example.com"


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Mail is written down; nobody sends it."""
    return Settings(database_url=database_url, smtp_url="smtp://127.0.0.1:9")


def a_browser(app: Daybreak, address: str = "198.51.100.1") -> TestClient:
    headers = {"Origin": "http://testserver"}
    return TestClient(app, headers=headers, follow_redirects=False, client=(address, 40_000))


def forget(browser: TestClient, email: str = EMAIL) -> int:
    return browser.post("/forgotten", data={"email": email}).status_code


def sign_in(browser: TestClient, password: str) -> int:
    return browser.post("/sign-in", data={"email": EMAIL, "password": password}).status_code


def count_mails(database: Database) -> int:
    with database.reading() as db:
        return int(db.value(select(func.count()).select_from(mails)))


def test_forget__one_account_however_spelled__is_one_account(
    api: Any, app: Daybreak, database: Database, clock: FixedClock
) -> None:
    a_member(api, EMAIL)
    before, browser = count_mails(database), a_browser(app)
    spelled = [
        "ann@example.com",
        "Ann@Example.com",
        " ann@example.com",
        "ANN@EXAMPLE.COM",
        "ann@example.com ",
    ]
    assert [forget(browser, each) for each in spelled] == [200] * 5
    assert [forget(browser, each) for each in spelled] == [429] * 5
    assert count_mails(database) == before + 5
    assert forget(browser, "bo@example.com") == 200
    clock.advance(15 * MINUTE)
    assert forget(browser) == 200


def test_forget__as_often_as_one_may__leaves_the_attempts_to_sign_in(api: Any, app: Daybreak) -> None:
    a_member(api, EMAIL, password=PASSWORD)
    browser = a_browser(app)
    assert [forget(browser) for _ in range(5)] == [200] * 5
    assert [sign_in(browser, "a wrong password") for _ in range(4)] == [401] * 4
    assert sign_in(browser, PASSWORD) == 303


def test_forget__too_many_attempts_to_sign_in__still_helps(api: Any, app: Daybreak) -> None:
    a_member(api, EMAIL, password=PASSWORD)
    browser = a_browser(app)
    assert [sign_in(browser, "a wrong password") for _ in range(6)] == [401] * 5 + [429]
    assert forget(browser) == 200


def test_forget__from_many_places__fills_no_mailbox(api: Any, app: Daybreak, database: Database) -> None:
    a_member(api, EMAIL)
    before = count_mails(database)
    asked = [forget(a_browser(app, f"198.51.100.{number}")) for number in range(12)]
    assert asked == [200] * 10 + [429] * 2
    assert count_mails(database) == before + 10
