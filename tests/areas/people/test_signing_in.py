"""Signing in: the pages, as a browser uses them."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from areas.people.members import PASSWORD, a_member, signed_in
from daybreak.app import Daybreak
from daybreak.areas.people.sign_in.passwords import hash_password
from daybreak.areas.people.sign_in.store import Secrets, save_secrets
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.clock import DAY, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database

HERE = {"Origin": "http://testserver"}
COOKIE = "daybreak-session"


@pytest.fixture
def browser(app: Daybreak) -> Iterator[TestClient]:
    """Keeps cookies, and says which site its pages are of."""
    with_pages = TestClient(app, headers=HERE, follow_redirects=False)
    yield with_pages
    with_pages.close()


def invited(api: Any, email: str = "ann@example.com", **given: Any) -> tuple[str, str]:
    """The id of a new member, and the path of their invitation."""
    body = [{"email": email, "role": "writer", **given}]
    [member] = api.post("/api/v2/members", body).json()["items"]
    return member["_id"], urlsplit(member["_links"]["invitation"]["href"]).path


def come_in(browser: Any, link: str, password: str = PASSWORD) -> Any:
    return browser.post(link, data={"password": password, "first_name": "Ann", "last_name": "Lee"})


def sign_in(browser: Any, password: str = PASSWORD, email: str = "ann@example.com", **more: str) -> Any:
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


def test_invitation__password_chosen__signs_in_once(api: Any, browser: Any) -> None:
    id, link = invited(api)
    assert "ann@example.com" in browser.get(link).text
    came = come_in(browser, link)
    assert (came.status_code, came.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Lax"} <= set(came.headers["set-cookie"].split("; "))
    me = browser.get("/api/v2/members/me").json()
    assert (me["_id"], me["firstName"], me["_pendingInvite"]) == (id, "Ann", False)
    assert "Ann Lee" in browser.get("/account").text
    assert come_in(browser, link).status_code == 404
    entry = api.get("/api/v2/auditlog").json()["items"][0]
    assert (entry["member"]["_id"], entry["subject"]["name"]) == (id, "Ann Lee")


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaa", "Annie12345", "x" * 2000])
def test_invitation__poor_password__is_refused(api: Any, browser: Any, password: str) -> None:
    _, link = invited(api, "annie@example.com")
    refused = come_in(browser, link, password)
    assert (refused.status_code, "password" in refused.text) == (400, True)
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize("email", ["a@example.com", "eva@example.com"])
def test_invitation__short_name_in_the_password__is_no_reason_to_refuse(
    api: Any, browser: Any, email: str
) -> None:
    _, link = invited(api, email)
    assert come_in(browser, link, "a new medieval tower").status_code == 303


def test_invitation__name_in_the_password__is_told(api: Any, browser: Any) -> None:
    _, link = invited(api, "annie@example.com")
    refused = come_in(browser, link, "this is annie's tower")
    assert (refused.status_code, "annie&#39; of your email" in refused.text) == (400, True), refused.text


def test_link__expired_or_replaced__does_not_work(api: Any, browser: Any, clock: FixedClock) -> None:
    id, link = invited(api)
    again = api.post(f"/api/v2/members/{id}/links").json()["_links"]["invitation"]["href"]
    assert browser.get(link).status_code == 404
    assert browser.get(urlsplit(again).path).status_code == 200
    clock.advance(7 * DAY)
    assert browser.get(urlsplit(again).path).status_code == 404


def test_sign_in__password__opens_a_session_that_ends(api: Any, browser: Any, clock: FixedClock) -> None:
    come_in(browser, invited(api)[1])
    browser.cookies.clear()
    assert browser.get("/api/v2/members/me").status_code == 401
    assert sign_in(browser, "another password").status_code == 401
    came = sign_in(browser, next="/docs")
    assert (came.status_code, came.headers["location"]) == (303, "/docs")
    assert browser.get("/api/v2/members/me").status_code == 200
    clock.advance(14 * DAY)
    assert browser.get("/api/v2/members/me").status_code == 401


def test_sign_in__wherever_it_should_lead__stays_here(api: Any, browser: Any) -> None:
    come_in(browser, invited(api)[1])
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert sign_in(browser, next=elsewhere).headers["location"] == "/"


def test_sign_in__cookie_that_was_there__is_not_the_session(api: Any, browser: Any) -> None:
    come_in(browser, invited(api)[1])
    browser.cookies.clear()
    browser.cookies.set(COOKIE, "chosen-by-somebody-else")
    came = sign_in(browser)
    secret = re.search(rf"{COOKIE}=([^;]+)", came.headers["set-cookie"])
    assert secret is not None
    assert secret[1] != "chosen-by-somebody-else"
    chosen = api.in_browser("chosen-by-somebody-else")
    assert chosen.get("/api/v2/members/me").status_code == 401


def test_sign_in__too_many_failures__waits_even_with_the_right_password(
    api: Any, browser: Any, clock: FixedClock
) -> None:
    come_in(browser, invited(api)[1])
    assert [sign_in(browser, "wrong password").status_code for _ in range(6)] == [401] * 5 + [429]
    assert sign_in(browser).status_code == 429
    clock.advance(15 * MINUTE)
    assert sign_in(browser).status_code == 303


def test_sign_in__nobody_of_that_name__is_told_the_same(api: Any, browser: Any) -> None:
    come_in(browser, invited(api)[1])
    known, unknown = sign_in(browser, "wrong password"), sign_in(browser, email="nobody@example.com")
    assert known.text.replace("ann@", "nobody@") == unknown.text


def test_sign_out__session__is_over(api: Any, browser: Any) -> None:
    come_in(browser, invited(api)[1])
    session = browser.cookies[COOKIE]
    assert browser.post("/sign-out").headers["location"] == "/sign-in"
    assert api.in_browser(session).get("/api/v2/members/me").status_code == 401


@pytest.mark.parametrize(
    "origin", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {}]
)
def test_session__request_of_another_site__changes_nothing(
    api: Any, app: Daybreak, database: Database, origin: dict[str, str]
) -> None:
    id, _ = invited(api, role="admin")
    session = signed_in(api, database, id).session
    other = TestClient(app, cookies={COOKIE: session}, headers=origin, follow_redirects=False)
    project = {"key": "web", "name": "Web"}
    assert other.post("/api/v2/projects", json=project).status_code == 403
    assert other.post("/account/password", data={"present": "x", "password": PASSWORD}).status_code == 403
    assert other.post("/sign-out").status_code == 403
    assert other.get("/api/v2/members/me").status_code == 200
    assert api.get("/api/v2/projects").json()["totalCount"] == 0


def test_session__secret_of_one__is_no_access_token(api: Any, database: Database) -> None:
    session = signed_in(api, database, ACCOUNT_ID).session
    assert api.in_browser(session).get("/api/v2/projects").status_code == 200
    assert api.as_token(session).get("/api/v2/projects").status_code == 401
    assert api.in_browser(api.token).get("/api/v2/projects").status_code == 401


def test_password__changed__ends_other_sessions(api: Any, browser: Any, database: Database) -> None:
    id, link = invited(api)
    come_in(browser, link)
    elsewhere = signed_in(api, database, id)
    assert elsewhere.get("/api/v2/members/me").status_code == 200
    wrong = browser.post("/account/password", data={"present": "wrong", "password": "a different phrase"})
    assert wrong.status_code == 401
    right = browser.post("/account/password", data={"present": PASSWORD, "password": "a different phrase"})
    assert right.status_code == 200
    assert elsewhere.get("/api/v2/members/me").status_code == 401
    assert browser.get("/api/v2/members/me").status_code == 200
    assert sign_in(browser).status_code == 401
    assert sign_in(browser, "a different phrase").status_code == 303


def secret_in(page: str) -> str:
    """What an authenticator app is to be given."""
    found = re.search(r'name="secret" value="([A-Z2-7]+)"', page)
    assert found is not None
    return found[1]


def begin_codes(browser: Any, clock: FixedClock) -> None:
    secret = secret_in(browser.get("/account/codes").text)
    begin = {"present": PASSWORD, "secret": secret, "code": pyotp.TOTP(secret).at(clock.at // SECOND)}
    assert browser.post("/account/codes", data=begin).status_code == 200


def test_second_factor__codes__are_asked_for_and_taken_once(
    api: Any, browser: Any, clock: FixedClock
) -> None:
    id, link = invited(api)
    come_in(browser, link)
    page = browser.get("/account/codes").text
    secret = secret_in(page)
    assert "data:image/svg" in page
    totp = pyotp.TOTP(secret)
    begin = {"present": PASSWORD, "secret": secret, "code": "000000"}
    mistyped = browser.post("/account/codes", data=begin)
    assert (mistyped.status_code, secret_in(mistyped.text)) == (401, secret)
    begun = browser.post("/account/codes", data=begin | {"code": totp.at(clock.at // SECOND)})
    recovery = re.findall(r"<code>([0-9a-f]{6}-[0-9a-f]{8})</code>", begun.text)
    assert len(recovery) == 10
    assert api.get(f"/api/v2/members/{id}").json()["mfa"] == "enabled"

    def answer(code: str) -> int:
        challenge = re.search(r'name="challenge" value="([^"]+)"', sign_in(browser).text)
        assert challenge is not None
        status: int = browser.post(
            "/sign-in/code", data={"challenge": challenge[1], "code": code}
        ).status_code
        return status

    browser.cookies.clear()
    assert answer(totp.at(clock.at // SECOND)) == 401
    assert browser.get("/api/v2/members/me").status_code == 401
    clock.advance(30 * SECOND)
    assert answer(totp.at(clock.at // SECOND)) == 303
    assert answer(recovery[0]) == 303
    assert answer(recovery[0]) == 401
    clock.advance(30 * SECOND)
    ended = browser.post("/account/codes/end", data={"present": PASSWORD})
    assert ended.status_code == 200
    assert sign_in(browser).status_code == 303


def test_reset__second_factor__is_asked_for_all_the_same(api: Any, browser: Any, clock: FixedClock) -> None:
    id, link = invited(api)
    come_in(browser, link)
    begin_codes(browser, clock)
    browser.cookies.clear()
    reset = api.post(f"/api/v2/members/{id}/links").json()["_links"]["password-reset"]["href"]
    came = come_in(browser, urlsplit(reset).path, "a different phrase")
    assert (came.status_code, "challenge" in came.text) == (200, True)
    assert browser.get("/api/v2/members/me").status_code == 401


def test_second_factor__without_the_password__is_neither_set_nor_replaced(
    api: Any, browser: Any, clock: FixedClock
) -> None:
    id, link = invited(api)
    come_in(browser, link)
    secret = pyotp.random_base32()
    begin = {"secret": secret, "code": pyotp.TOTP(secret).at(clock.at // SECOND)}
    for present in ({}, {"present": "wrong password"}):
        assert browser.post("/account/codes", data=begin | present).status_code == 401
        assert api.get(f"/api/v2/members/{id}").json()["mfa"] == "disabled"
    begin_codes(browser, clock)
    assert browser.post("/account/codes", data=begin).status_code == 401
    clock.advance(15 * MINUTE)
    browser.cookies.clear()
    assert "challenge" in sign_in(browser).text


@pytest.mark.parametrize("secret", ["!!!", "", "AAAA", "A" * 33, "a" * 32, "A" * 31 + "\u0660"])
def test_second_factor__secret_that_was_not_offered__answers_400(api: Any, browser: Any, secret: str) -> None:
    come_in(browser, invited(api)[1])
    refused = browser.post("/account/codes", data={"present": PASSWORD, "secret": secret, "code": "000000"})
    assert refused.status_code == 400
    assert secret_in(refused.text) != secret


def test_second_factor__member_without_a_password__is_not_offered_any(
    api: Any, app: Daybreak, database: Database
) -> None:
    id, _ = invited(api)
    session = signed_in(api, database, id).session
    at_provider = TestClient(app, cookies={COOKIE: session}, headers=HERE)
    assert "/account/codes" not in at_provider.get("/account").text


def test_reset__session_that_was_in_use__is_over(api: Any, browser: Any, database: Database) -> None:
    """Also where nothing else of the member changes."""
    id, link = invited(api, role="admin")
    come_in(browser, link)
    reset = api.post(f"/api/v2/members/{id}/links").json()["_links"]["password-reset"]["href"]
    stolen = signed_in(api, database, id)
    assert stolen.get("/api/v2/members/me").status_code == 200
    browser.cookies.clear()
    came = browser.post(urlsplit(reset).path, data={"password": "a different phrase"})
    assert came.status_code == 303
    assert stolen.get("/api/v2/members/me").status_code == 401
    assert stolen.post("/api/v2/tokens", {"name": "x", "role": "admin"}).status_code == 401
    assert browser.get("/api/v2/members/me").status_code == 200


@pytest.mark.parametrize("path", ["/account/password", "/account/codes/end", "/sign-in"])
def test_password__replaced_while_the_last_one_is_checked__stays_replaced(
    api: Any, app: Daybreak, browser: Any, database: Database, path: str
) -> None:
    """Whoever holds the last password is too late, however close."""
    id, link = invited(api)
    come_in(browser, link)
    data = {"present": PASSWORD, "password": "chosen by a thief", "email": "ann@example.com"}
    data |= {"password": PASSWORD} if path == "/sign-in" else {}
    weak = PasswordHasher(time_cost=1, memory_cost=1_024).hash(PASSWORD)
    with database.writing() as db:
        save_secrets(db, id, Secrets(weak))
    with ThreadPoolExecutor(1) as executor:
        with database.writing() as db:
            save_secrets(db, id, Secrets(hash_password("a different phrase")))
            late = executor.submit(browser.post, path, data=data)
            # Time to find the last password right, and to wait for this transaction to end.
            sleep(1)
        assert late.result().status_code == 401
    browser.cookies.clear()
    assert sign_in(browser, "a different phrase").status_code == 303


def test_own_account__whatever_is_done_about_signing_in__is_in_the_audit_log(
    api: Any, browser: Any, clock: FixedClock
) -> None:
    id, link = invited(api)

    def last() -> tuple[str, str]:
        clock.advance(SECOND)
        entry = api.get("/api/v2/auditlog", spec=f"member/{id}").json()["items"][0]
        return entry["accesses"][0]["action"], entry["member"]["_id"]

    come_in(browser, link)
    assert last() == ("choosePassword", id)
    begin_codes(browser, clock)
    assert last() == ("beginCodes", id)
    browser.post("/account/codes/end", data={"present": PASSWORD})
    assert last() == ("endCodes", id)
    browser.post("/account/password", data={"present": PASSWORD, "password": "a different phrase"})
    assert last() == ("changePassword", id)
    again = api.post(f"/api/v2/members/{id}/links").json()["_links"]["password-reset"]["href"]
    entries = api.get("/api/v2/auditlog", spec=f"member/{id}").json()["items"]
    assert entries[0]["accesses"][0]["action"] == "sendPasswordReset"
    clock.advance(SECOND)
    assert browser.post(urlsplit(again).path, data={"password": PASSWORD}).status_code == 303
    assert last() == ("choosePassword", id)


def test_pages__whatever_they_show__are_guarded(api: Any, browser: Any) -> None:
    _, link = invited(api, firstName="<script>alert(1)</script>")
    page = browser.get(link)
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "same-origin"
    assert page.headers["cache-control"] == "no-store"
    assert browser.get("/account").headers["location"] == "/sign-in?next=/account"
    assert browser.post("/sign-in", content=b"x" * 100_000).status_code == 400
    assert sign_in(browser, email="a\x00b").status_code == 400


def test_links__by_whom_may_not_be_that_member__are_refused(api: Any, database: Database) -> None:
    a_member(api, "bo@example.com")
    admin, _ = invited(api, role="admin")
    send = {"effect": "allow", "resources": ["member/*"], "actions": ["sendPasswordReset"]}
    api.post("/api/v2/roles", {"key": "helpers", "name": "x", "policy": [send]})
    token = api.post("/api/v2/tokens", {"serviceToken": True, "customRoleIds": ["helpers"]}).json()["token"]
    helper = api.as_token(token)
    assert helper.post(f"/api/v2/members/{admin}/links").status_code == 403
    assert helper.post(f"/api/v2/members/{ACCOUNT_ID}/links").status_code == 403
