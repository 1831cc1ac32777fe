"""Signing in, as a browser has it."""

import re

from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import OWNER, Calls, Site, sign_in


def test_sign_in__form_filled_in__leads_to_the_interface(visitor_page: Page, site: Site) -> None:
    visitor_page.goto("/")
    expect(visitor_page).to_have_url(re.compile("/sign-in"))
    require_accessible(visitor_page)
    with visitor_page.expect_request(f"{site.address}/"):
        sign_in(visitor_page, OWNER)
    expect(visitor_page).not_to_have_url(re.compile("/sign-in"))
    expect(visitor_page.get_by_role("navigation").first).to_be_visible()


def test_sign_in__wrong_password__says_so(visitor_page: Page, tolerated: list[str]) -> None:
    tolerated.append("401 (Unauthorized)")
    visitor_page.goto("/sign-in")
    sign_in(visitor_page, OWNER, "a wrong password")
    expect(visitor_page.get_by_role("alert")).to_be_visible()


def test_sign_in__page_deep_inside_asked_for__leads_there(visitor_page: Page, site: Site) -> None:
    visitor_page.goto("/settings/members?kind=x")
    sign_in(visitor_page, OWNER)
    expect(visitor_page).to_have_url(re.compile("^" + re.escape(f"{site.address}/settings/members")))


def test_pages__of_a_reader__are_the_readers(reader_page: Page, api: Calls) -> None:
    reader_page.goto("/account")
    expect(reader_page.get_by_text("reader@example.com")).to_be_visible()
    require_accessible(reader_page)
    assert api.get("/api/v2/members")["totalCount"] == 2
