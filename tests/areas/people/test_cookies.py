"""The cookie of a session among whatever else a browser sends along."""

from typing import Any

import pytest

from areas.people.members import a_member, signed_in
from daybreak.platform.database import Database

ME = "/api/v2/members/me"


@pytest.mark.parametrize(
    "written",
    [
        'theme={"a":1}; daybreak-session={}',
        "daybreak-session={}; a[b]=c",
        "alone; daybreak-session={}",
        "==;;=; daybreak-session={};",
        "not-daybreak-session=x; daybreak-session={}; daybreak-session-x=y",
        'daybreak-session="{}"',
        "caf\u00e9=\u00e9; daybreak-session={}",
    ],
)
def test_session__other_cookies_of_any_form__are_no_hindrance(
    api: Any, database: Database, written: str
) -> None:
    session = signed_in(api, database, a_member(api, "ann@example.com")).session
    cookie = written.replace("{}", session).encode("latin-1")
    assert api.as_nobody().request("GET", ME, headers={"Cookie": cookie}).status_code == 200


@pytest.mark.parametrize(
    "written", ["daybreak-session", "daybreak-session=", "x=daybreak-session={}", "Daybreak-Session={}", ";"]
)
def test_session__not_the_cookie__is_none(api: Any, database: Database, written: str) -> None:
    session = signed_in(api, database, a_member(api, "ann@example.com")).session
    cookie = written.replace("{}", session)
    assert api.as_nobody().request("GET", ME, headers={"Cookie": cookie}).status_code == 401
