"""A flag's settings: its name, who looks after it, links, triggers and its end, in a real browser."""

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": "Shop"})
    api.post(f"/api/v2/flags/{key}", {"key": "checkout", "name": "Checkout", "tags": ["old"]})
    return key


def open_settings(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/flags/checkout/settings?environment=production")
    expect(page.get_by_role("button", name="Deprecate")).to_be_visible()


def confirm(page: Page, action: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=action, exact=True).click()
    expect(dialog).to_be_hidden()


def need(api: Calls, project: str) -> None:
    """Another flag needs the flag."""
    variation = api.get(f"/api/v2/flags/{project}/checkout")["variations"][0]["_id"]
    api.post(f"/api/v2/flags/{project}", {"key": "express", "name": "Express"})
    api.instruct(
        f"/api/v2/flags/{project}/express",
        {"kind": "addPrerequisite", "key": "checkout", "variationId": variation},
        environmentKey="production",
    )


def test_settings__changed__are_reviewed_in_words_and_saved(page: Page, api: Calls, project: str) -> None:
    [member] = api.post("/api/v2/members", [{"email": f"{project}@example.com", "role": "writer"}])["items"]
    open_settings(page, project)
    page.get_by_role("textbox", name="Description").fill("Pays at once")
    page.get_by_label("Permanent").check()
    page.get_by_label("Client-side SDKs").check()
    page.get_by_role("combobox", name="Looked after by").fill(project)
    page.get_by_role("option", name=f"{project}@example.com").click()
    expect(page.get_by_text("4 changes")).to_be_visible()
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_have_text(
        [
            "Describe it as “Pays at once”",
            "Make it permanent",
            "Let client-side SDKs ask for it",
            f"Let {project}@example.com look after it",
        ]
    )
    require_accessible(page)
    dialog.get_by_label("Comment").fill("It stays")
    confirm(page, "Save the change")
    expect(page.get_by_text(f"Looked after by {project}@example.com")).to_be_visible()
    expect(page.get_by_role("button", name="Review and save")).to_be_hidden()
    flag = api.get(f"/api/v2/flags/{project}/checkout")
    assert (flag["description"], flag["temporary"], flag["maintainerId"]) == (
        "Pays at once",
        False,
        member["_id"],
    )
    assert flag["clientSideAvailability"]["usingEnvironmentId"] is True


def test_settings__reader__is_told_by_the_server_before_anything_is_saved(
    reader_page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated.append("403 (Forbidden)")
    open_settings(reader_page, project)
    reader_page.get_by_role("textbox", name="Description").fill("Mine")
    reader_page.get_by_role("button", name="Review and save").click()
    dialog = reader_page.get_by_role("dialog")
    expect(dialog.get_by_text("may not updateDescription")).to_be_visible()
    expect(dialog.get_by_role("button", name="Save the change")).to_be_disabled()


def test_settings__deprecated_archived_restored__say_so(page: Page, api: Calls, project: str) -> None:
    open_settings(page, project)
    page.get_by_role("button", name="Deprecate").click()
    confirm(page, "Deprecate")
    expect(page.get_by_text("Deprecated", exact=True)).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    require_accessible(page)
    confirm(page, "Archive")
    expect(page.get_by_text("Archived", exact=True)).to_be_visible()
    assert api.get(f"/api/v2/flags/{project}/checkout")["archived"] is True
    page.get_by_role("button", name="Restore").click()
    confirm(page, "Restore")
    expect(page.get_by_text("Archived", exact=True)).to_have_count(0)


def test_settings__needed_by_another_flag__neither_archived_nor_deleted(
    page: Page, api: Calls, project: str
) -> None:
    need(api, project)
    open_settings(page, project)
    expect(page.get_by_role("link", name="Express in Production")).to_be_visible()
    expect(page.get_by_role("button", name="Archive")).to_be_disabled()
    expect(page.get_by_role("button", name="Delete", exact=True)).to_be_disabled()
    require_accessible(page)


def test_settings__deleted__its_key_is_asked_for(page: Page, api: Calls, project: str) -> None:
    open_settings(page, project)
    page.get_by_role("button", name="Delete", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Delete", exact=True)).to_be_disabled()
    dialog.get_by_label("Type checkout to confirm").fill("checkout")
    dialog.get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("heading", name="No flags yet")).to_be_visible()
    assert api.get(f"/api/v2/flags/{project}")["totalCount"] == 0


def test_links__added_twice__says_that_it_is_there(page: Page, project: str, tolerated: list[str]) -> None:
    tolerated.append("409 (Conflict)")
    open_settings(page, project)
    for title in ("Ticket 1", "The same"):
        page.get_by_role("button", name="Add a link").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("textbox", name="Address").fill("https://tickets.example.com/1")
        dialog.get_by_role("textbox", name="Title").fill(title)
        dialog.get_by_role("button", name="Add a link").click()
        if title == "Ticket 1":
            expect(dialog).to_be_hidden()
    expect(dialog.get_by_text("is linked to")).to_be_visible()
    require_accessible(page)
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("link", name="Ticket 1")).to_have_attribute(
        "href", "https://tickets.example.com/1"
    )
    page.get_by_role("button", name="Take the link Ticket 1 away").click()
    expect(page.get_by_text("There is no link yet.")).to_be_visible()


def test_triggers__created__turn_the_flag_by_an_address_shown_once(
    page: Page, api: Calls, project: str
) -> None:
    open_settings(page, project)
    page.get_by_role("button", name="Create a trigger").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Turns the flag on").check()
    dialog.get_by_label("Who will post").fill("my-monitor")
    require_accessible(page)
    dialog.get_by_role("button", name="Create").click()
    address = page.get_by_role("region", name="Address of the trigger")
    expect(address).to_contain_text("/webhook/triggers/")
    require_accessible(page)
    url = address.inner_text().strip()
    assert requests.post(url, timeout=30).ok
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    assert api.get(f"/api/v2/flags/{project}/checkout")["environments"]["production"]["on"] is True
    page.reload()
    row = page.get_by_role("row").filter(has_text="my-monitor")
    expect(row).to_contain_text("once")
    expect(page.get_by_text(re.compile("/webhook/triggers/"))).to_have_count(0)
    row.get_by_role("button", name="Disable").click()
    expect(row).to_contain_text("disabled")
    row.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("There is no trigger yet.")).to_be_visible()


def test_triggers__reader__may_not_create_one(reader_page: Page, project: str) -> None:
    open_settings(reader_page, project)
    button = reader_page.get_by_role("button", name="Create a trigger")
    expect(button).to_be_disabled()
    expect(reader_page.get_by_text("Your role does not allow updateOn")).to_be_visible()
    require_accessible(reader_page)
