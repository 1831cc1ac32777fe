"""Signing in with a real provider of OpenID Connect, over its own pages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from areas.people.members import a_member
from areas.people.providers import CLIENT, provider, sign_in_there
from daybreak.app import build
from daybreak.platform.clock import SystemClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

HERE = {"Origin": "http://testserver"}


@pytest.fixture(scope="module", params=[False, True], ids=["userinfo", "ID token"])
def issuer(request: pytest.FixtureRequest) -> Iterator[str]:
    with provider(tells_in_token=request.param) as running:
        yield running


@pytest.fixture
def settings(database_url: str, issuer: str) -> Settings:
    return Settings(
        database_url=database_url,
        public_url="http://testserver",
        openid_issuer=issuer,
        openid_client_id=CLIENT["clientId"],
        openid_client_secret=CLIENT["clientSecret"],
        openid_name="Acme",
    )


def a_browser(settings: Settings, database: Database) -> TestClient:
    # What a provider signs is dated by the clock on the wall.
    return TestClient(build(settings, database, SystemClock()), headers=HERE, follow_redirects=False)


def come_back(browser: TestClient, login: str) -> Any:
    left = browser.get("/sign-in/provider?next=/trust/oauth/allowed")
    assert left.status_code == 303
    return browser.get(sign_in_there(left.headers["location"], login))


def test_provider__member_with_that_email__is_signed_in(
    api: Any, settings: Settings, database: Database
) -> None:
    id = a_member(api, "ann@example.com", role="writer")
    browser = a_browser(settings, database)
    assert "Sign in with Acme" in browser.get("/sign-in").text
    back = come_back(browser, "ann")
    assert (back.status_code, back.headers.get("location")) == (303, "/trust/oauth/allowed")
    me = browser.get("/api/v2/members/me").json()
    assert (me["_id"], me["_pendingInvite"], me["role"]) == (id, False, "writer")
    browser.cookies.clear()
    patch = [{"op": "replace", "path": "/email", "value": "ann@other.example"}]
    api.patch(f"/api/v2/members/{id}", patch)
    assert come_back(browser, "ann").status_code == 303
    assert browser.get("/api/v2/members/me").json()["_id"] == id


@pytest.mark.parametrize("login", ["eve", "nobody", "bo"])
def test_provider__unverified_or_unknown__is_not_let_in(
    api: Any, settings: Settings, database: Database, login: str
) -> None:
    a_member(api, "ann@example.com", role="admin")
    browser = a_browser(settings, database)
    refused = come_back(browser, login)
    assert (refused.status_code, "set-cookie" in refused.headers) == (401, False)
    assert browser.get("/api/v2/members/me").status_code == 401


def test_provider__newcomer_where_they_get_a_role__becomes_a_member(
    api: Any, settings: Settings, database: Database
) -> None:
    welcoming = replace(settings, openid_role="reader")
    browser = a_browser(welcoming, database)
    assert come_back(browser, "bo").status_code == 303
    me = browser.get("/api/v2/members/me").json()
    assert (me["email"], me["firstName"], me["role"]) == ("bo@example.com", "Bo", "reader")


def test_provider__answer_in_another_browser_or_twice__is_refused(
    api: Any, settings: Settings, database: Database
) -> None:
    a_member(api, "ann@example.com", role="admin")
    browser, other = a_browser(settings, database), a_browser(settings, database)
    left = browser.get("/sign-in/provider")
    path = sign_in_there(left.headers["location"], "ann")
    assert other.get(path).status_code == 400
    other.get("/sign-in/provider")
    assert other.get(path).status_code == 401
    assert browser.get(path).status_code == 303
    assert browser.get(path).status_code == 401
    assert browser.get(path.replace("state=", "state=x")).status_code == 401


def test_provider__new_key__is_asked_for(api: Any, settings: Settings, database: Database) -> None:
    a_member(api, "ann@example.com", role="writer")
    with provider(tells_in_token=True, key="first") as issuer:
        browser = a_browser(replace(settings, openid_issuer=issuer), database)
        assert come_back(browser, "ann").status_code == 303
    port = urlsplit(issuer).port or 0
    with provider(tells_in_token=True, key="second", port=port) as same:
        assert same == issuer
        assert come_back(browser, "ann").status_code == 303


def test_provider__not_there__is_told(api: Any, settings: Settings, database: Database) -> None:
    gone = replace(settings, openid_issuer="http://127.0.0.1:9")
    assert a_browser(gone, database).get("/sign-in/provider").status_code == 503
