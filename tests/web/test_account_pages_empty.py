"""The account's pages on a server where nothing has been made yet: each teaches what would be there."""

import pytest
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/settings/teams", "No teams yet"),
        ("/settings/roles", "No custom roles yet"),
        ("/settings/webhooks", "No webhooks yet"),
    ],
)
def test_list__nothing_there__teaches_how_something_gets_there(page: Page, path: str, title: str) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    require_accessible(page)


def test_roles__nothing_there__an_example_leads_to_a_form_filled_in(page: Page) -> None:
    page.goto("/settings/roles")
    page.get_by_role("link", name="A team and its projects").click()
    expect(page.get_by_role("textbox", name="Key")).to_have_value("maintainer")
    expect(page.get_by_text("the projects of the role attribute project")).to_be_visible()
    require_accessible(page)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/settings/members", "Members"),
        ("/settings/tokens", "Access tokens"),
        ("/settings/tokens/new", "Create an access token"),
        ("/settings/webhooks/new", "Create a webhook"),
        ("/settings/audit-log", "Audit log"),
    ],
)
def test_page__on_a_new_server__is_accessible_at_a_phones_width(page: Page, path: str, title: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    require_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
