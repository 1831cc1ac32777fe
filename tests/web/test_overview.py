"""The page that people see first: what the scores say, and why."""

import re

from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site

OVERVIEW = "/projects/demo/overview"


def open_overview(page: Page, address: str = OVERVIEW) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", name="Overall")).to_be_visible()


def test_home__signed_in__leads_to_an_overview(demo_page: Page) -> None:
    demo_page.goto("/")
    demo_page.wait_for_url("**/projects/*/overview*")
    expect(demo_page.get_by_role("heading", name="Overall")).to_be_visible()


def test_overview__metric__opens_what_it_was_made_of(demo_page: Page) -> None:
    open_overview(demo_page)
    require_accessible(demo_page)
    demo_page.get_by_role("button", name=re.compile("^Lead time")).click()
    drawer = demo_page.get_by_role("dialog")
    expect(drawer.get_by_text("Where that stands on the scale")).to_be_visible()
    expect(drawer.get_by_text("Days covered")).to_be_visible()
    expect(demo_page).to_have_url(re.compile("metric=leadTime"))
    require_accessible(demo_page)
    drawer.get_by_role("link", name="pull requests").click()
    demo_page.wait_for_url("**/projects/demo/lead-time*")


def test_overview__explanation__can_be_linked_to(demo_page: Page) -> None:
    demo_page.goto(f"{OVERVIEW}?metric=deploymentFailureRate")
    drawer = demo_page.get_by_role("dialog")
    expect(drawer.get_by_text("To reach the next tier")).to_be_visible()
    demo_page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(demo_page).not_to_have_url(re.compile("metric="))


def test_overview__scores__are_those_of_the_api(demo_site: Site, demo_page: Page) -> None:
    asked = {"projectKey": "demo", "environmentKey": "production"}
    open_overview(demo_page)
    told = demo_site.api.get("/api/v2/engineering-insights/insights/scores", **asked)["scores"]
    card = demo_page.get_by_role("button", name=re.compile("^Deployment frequency"))
    expect(card).to_contain_text(str(told["deploymentFrequency"]["score"]))
    trend = demo_page.get_by_role("img", name="Scores of the last year")
    expect(trend).to_be_visible()


def test_overview__application__stands_in_the_address(demo_page: Page) -> None:
    open_overview(demo_page)
    demo_page.get_by_role("combobox", name="Applications").click()
    demo_page.get_by_role("option", name="mobile").click()
    expect(demo_page).to_have_url(re.compile("application="))
    demo_page.reload()
    expect(demo_page.get_by_text("mobile", exact=True).first).to_be_visible()


def test_overview__nothing_recorded__says_why_there_is_no_score(page: Page, api: Calls) -> None:
    api.post("/api/v2/projects", {"key": "bare", "name": "Bare"})
    open_overview(page, "/projects/bare/overview")
    expect(page.get_by_text("nothing was recorded before the end of the period").first).to_be_visible()
    require_accessible(page)


def test_overview__phone_and_dark__fits_and_is_accessible(demo_page: Page) -> None:
    demo_page.set_viewport_size({"width": 390, "height": 844})
    demo_page.emulate_media(color_scheme="dark")
    open_overview(demo_page)
    assert demo_page.evaluate("document.documentElement.scrollWidth") == 390
    require_accessible(demo_page)
    demo_page.get_by_role("button", name="Open the navigation").click()
    demo_page.get_by_role("link", name="Flags", exact=True).click()
    expect(demo_page.get_by_role("heading", name="Flags", exact=True)).to_be_visible()


def test_overview__environment__is_kept_from_page_to_page(page: Page, api: Calls) -> None:
    api.post("/api/v2/projects", {"key": "two", "name": "Two"})
    open_overview(page, "/projects/two/overview?environment=test")
    page.get_by_role("link", name="Flags", exact=True).click()
    expect(page).to_have_url(re.compile("environment=test"))
    expect(page.get_by_role("combobox", name="Environment")).to_have_value("Test")
