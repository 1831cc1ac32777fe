"""The audit log, as a browser has it."""

import re

import pytest
import requests
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site


@pytest.fixture(scope="module", autouse=True)
def history(site: Site) -> None:
    """A project whose name changes thirty times."""
    site.api.post("/api/v2/projects", {"key": "shop", "name": "Bakery"})
    for number in range(30):
        site.api.patch(
            "/api/v2/projects/shop", [{"op": "replace", "path": "/name", "value": f"Bakery {number}"}]
        )


def test_audit_log__open__tells_who_did_what_and_when(page: Page) -> None:
    page.goto("/settings/audit-log?query=Bakery")
    first = page.get_by_role("listitem").first
    expect(first).to_contain_text("updated the project Bakery 29")
    expect(first).to_contain_text("just now · update project name")
    require_accessible(page)


def test_audit_log__what_changed__shows_the_difference_and_is_in_the_address(page: Page) -> None:
    page.goto("/settings/audit-log?query=Bakery")
    page.get_by_role("button", name="What changed").first.click()
    expect(page.get_by_role("deletion")).to_have_text("Bakery 28")
    expect(page.get_by_role("insertion")).to_have_text("Bakery 29")
    expect(page).to_have_url(re.compile("entry=[0-9a-f]{24}"))
    require_accessible(page)


def test_audit_log__older__shows_the_next_page_and_back_again(page: Page) -> None:
    page.goto("/settings/audit-log?spec=proj/shop")
    expect(page.get_by_role("listitem").first).to_contain_text("Bakery 29")
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_role("listitem").first).to_contain_text("Bakery 9")
    expect(page.get_by_role("link", name="Older")).to_have_count(0)
    page.get_by_role("link", name="Newest").click()
    expect(page.get_by_role("listitem").first).to_contain_text("Bakery 29")


def test_audit_log__resources_named__only_those_are_listed(page: Page, api: Calls) -> None:
    api.post("/api/v2/flags/shop", {"key": "banner", "name": "Banner"})
    page.goto("/settings/audit-log")
    field = page.get_by_role("combobox", name="Resources")
    field.fill("proj/shop:env")
    expect(page.get_by_text("env needs a key, as in env/*")).to_be_visible()
    field.fill("proj/shop:env/*:flag/*")
    expect(page).to_have_url(re.compile("spec="))
    expect(page.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Banner").click()
    expect(page).to_have_url(re.compile("/projects/shop/flags/banner"))


def test_audit_log__days_named__both_ends_count(page: Page) -> None:
    page.goto("/settings/audit-log?query=Bakery")
    expect(page.get_by_role("listitem").first).to_be_visible()
    page.get_by_label("From").fill("2001-01-01")
    page.get_by_label("Up to").fill("2001-01-02")
    expect(page.get_by_role("heading", name="No entry is like this")).to_be_visible()
    expect(page).to_have_url(re.compile("after=97[0-9]{10}.*before=97[0-9]{10}|before=97.*after=97"))
    require_accessible(page)
    page.get_by_role("button", name="Take the filters away").click()
    expect(page.get_by_label("From")).to_have_value("")
    expect(page.get_by_role("listitem").first).to_be_visible()


def test_audit_log__refused_write__is_marked(page: Page, api: Calls) -> None:
    api.post("/api/v2/projects", {"key": "vault", "name": "Vault"})
    token = api.post("/api/v2/tokens", {"name": "weak", "role": "reader", "serviceToken": True})
    refused = requests.delete(
        f"{api.address}/api/v2/projects/vault", headers={"Authorization": token["token"]}, timeout=30
    )
    assert refused.status_code == 403
    page.goto("/settings/audit-log?query=proj/vault")
    entry = page.get_by_role("listitem").filter(has_text="was refused deleteProject")
    expect(entry.get_by_text("refused", exact=True)).to_be_visible()
    entry.get_by_role("link", name=re.compile("the token weak")).click()
    expect(page.get_by_role("button", name="Only by weak")).to_be_visible()
    expect(page.get_by_role("listitem")).to_have_count(1)
    require_accessible(page)


def test_audit_log__link_to_an_entry_of_another_page__shows_it_on_top(page: Page, api: Calls) -> None:
    oldest = api.get("/api/v2/auditlog", spec="proj/shop", q="Bakery 1", limit=20)["items"][-1]
    page.goto(f"/settings/audit-log?spec=proj/shop&entry={oldest['_id']}")
    linked = page.get_by_role("region", name="The entry of the link")
    expect(linked).to_contain_text("Bakery 1")
    expect(linked.get_by_role("deletion")).to_have_text("Bakery 0")
