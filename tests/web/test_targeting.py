"""Changing what a flag does, in a real browser, while a real SDK and other people watch."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ldclient
import pytest
from ldclient import Context
from ldclient.config import Config
from playwright.sync_api import Locator, Page, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site

SECONDS = 15


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": "Shop"})
    api.post(f"/api/v2/flags/{key}", {"key": "checkout", "name": "Checkout"})
    return key


@contextmanager
def sdk_of(site: Site, project: str) -> Iterator[ldclient.LDClient]:
    place = site.api.get(f"/api/v2/projects/{project}/environments/production")
    address = site.address
    config = Config(place["apiKey"], base_uri=address, stream_uri=address, events_uri=address)
    client = ldclient.LDClient(config)
    try:
        yield client
    finally:
        client.close()  # type: ignore[no-untyped-call]  # the SDK has few types


def open_targeting(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/flags/checkout/targeting?environment=production")
    expect(page.get_by_role("region", name="Default rule")).to_be_visible()


def switch(page: Page) -> Locator:
    return page.get_by_role("switch", name="The flag in Production")


def review(page: Page) -> Locator:
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Save the change")).to_be_enabled()
    return dialog


def save(page: Page, comment: str = "") -> None:
    dialog = review(page)
    if comment:
        dialog.get_by_label("Comment").fill(comment)
    dialog.get_by_role("button", name="Save the change").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Review and save")).to_be_hidden()


def choose(page: Page, part: str, option: str) -> None:
    page.get_by_role("region", name=part, exact=True).get_by_role(
        "combobox", name="Serve", exact=True
    ).first.click()
    page.get_by_role("option", name=option).click()


def configuration(api: Calls, project: str) -> Any:
    flag = api.get(f"/api/v2/flags/{project}/checkout", env="production")
    return flag["environments"]["production"]


def wait_until_served(client: ldclient.LDClient, key: str, expected: object) -> None:
    end = time.monotonic() + SECONDS
    while (served := client.variation("checkout", Context.create(key), None)) != expected:
        assert time.monotonic() < end, f"{key} still gets {served}"
        time.sleep(0.02)


def test_targeting__changed_while_an_sdk_watches__is_served(site: Site, page: Page, project: str) -> None:
    with sdk_of(site, project) as client:
        assert client.variation("checkout", Context.create("ann"), None) is False
        open_targeting(page, project)
        switch(page).check(force=True)
        choose(page, "Default rule", "False")
        page.get_by_role("combobox", name="True, user keys").fill("ann")
        page.keyboard.press("Enter")
        save(page, "for Ann first")
        wait_until_served(client, "ann", expected=True)
        assert client.variation("checkout", Context.create("bob"), None) is False
    spec = f"proj/{project}:env/production:flag/checkout"
    [entry, *_] = site.api.get("/api/v2/auditlog", spec=spec)["items"]
    assert entry["comment"] == "for Ann first"


def test_targeting__rollout__is_reviewed_in_words_and_saved(page: Page, api: Calls, project: str) -> None:
    open_targeting(page, project)
    choose(page, "Default rule", "A percentage rollout")
    page.get_by_label("Percent True").fill("25")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Percent False")).to_have_value("75 %")
    dialog = review(page)
    expect(dialog.get_by_text("Serve 25 % True, 75 % False to everybody else")).to_be_visible()
    require_accessible(page)
    dialog.get_by_role("button", name="Save the change").click()
    expect(dialog).to_be_hidden()
    rollout = {"variations": [{"variation": 0, "weight": 25_000}, {"variation": 1, "weight": 75_000}]}
    assert configuration(api, project)["fallthrough"] == {"rollout": rollout | {"contextKind": "user"}}


def test_targeting__rule__is_saved_as_it_was_put_together(page: Page, api: Calls, project: str) -> None:
    open_targeting(page, project)
    page.get_by_role("button", name="Add a rule").click()
    rule = page.get_by_role("region", name="Rule 1")
    rule.get_by_role("combobox", name="Attribute").fill("country")
    rule.get_by_role("combobox", name="Values").fill("NL")
    page.keyboard.press("Enter")
    rule.get_by_role("combobox", name="Values").fill("DE")
    page.keyboard.press("Enter")
    require_accessible(page)
    save(page)
    [saved] = configuration(api, project)["rules"]
    [clause] = saved["clauses"]
    assert (clause["attribute"], clause["op"], clause["values"]) == ("country", "in", ["NL", "DE"])


def test_targeting__what_cannot_be_saved__is_told_where_it_is(page: Page, project: str) -> None:
    open_targeting(page, project)
    page.get_by_role("button", name="Add a rule").click()
    choose(page, "Default rule", "A percentage rollout")
    page.get_by_label("Percent True").fill("25")
    page.get_by_role("button", name="Review and save").click()
    expect(page.get_by_text("Rule 1: Choose an attribute.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_targeting__environment_that_asks_for_a_comment__saves_with_one_only(
    page: Page, api: Calls, project: str
) -> None:
    place = f"/api/v2/projects/{project}/environments/production"
    api.patch(place, [{"op": "replace", "path": "/requireComments", "value": True}])
    open_targeting(page, project)
    switch(page).check(force=True)
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Save the change")).to_be_disabled()
    dialog.get_by_label("Comment").fill("because")
    dialog.get_by_role("button", name="Save the change").click()
    expect(dialog).to_be_hidden()
    assert configuration(api, project)["on"] is True


def test_targeting__two_people_at_different_places__both_changes_stand(
    site: Site, page: Page, api: Calls, project: str
) -> None:
    open_targeting(page, project)
    page.get_by_role("combobox", name="True, user keys").fill("mine")
    page.keyboard.press("Enter")
    with site.visited(site.owner()) as other:
        open_targeting(other, project)
        switch(other).check(force=True)
        save(other)
    expect(page.get_by_text("Somebody else has changed this flag")).to_be_visible()
    expect(switch(page)).to_be_checked()
    require_accessible(page)
    save(page)
    now = configuration(api, project)
    assert (now["on"], now["targets"]) == (
        True,
        [{"values": ["mine"], "variation": 0, "contextKind": "user"}],
    )


def test_targeting__changed_elsewhere_while_only_looked_at__follows(
    page: Page, api: Calls, project: str
) -> None:
    open_targeting(page, project)
    expect(switch(page)).not_to_be_checked()
    api.instruct(f"/api/v2/flags/{project}/checkout", {"kind": "turnFlagOn"}, environmentKey="production")
    expect(switch(page)).to_be_checked()
    expect(page.get_by_role("button", name="Review and save")).to_be_hidden()


def test_targeting__reader__looks_and_is_told_why_not_more(reader_page: Page, project: str) -> None:
    open_targeting(reader_page, project)
    expect(reader_page.get_by_text("You may look at this, and not change it.")).to_be_visible()
    expect(switch(reader_page)).to_be_disabled()
    expect(reader_page.get_by_role("button", name="Add a rule")).to_be_hidden()
    require_accessible(reader_page)


def test_targeting__session_that_has_ended__leads_to_signing_in_and_back(
    page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated += ["401 (Unauthorized)"]
    open_targeting(page, project)
    page.context.clear_cookies()
    page.get_by_role("link", name="Segments").click()
    page.wait_for_url("**/sign-in?next=*")
    page.get_by_label("Email").fill("owner@example.com")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Segments", exact=True)).to_be_visible()


def test_targeting__keyboard_alone__changes_a_rollout(page: Page, api: Calls, project: str) -> None:
    open_targeting(page, project)
    switch(page).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Review and save").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Save the change")).to_be_enabled()
    expect(page.get_by_label("Comment")).to_be_focused()
    page.keyboard.type("by keyboard")
    save_button = page.get_by_role("dialog").get_by_role("button", name="Save the change")
    for _ in range(6):
        page.keyboard.press("Tab")
        if save_button.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert configuration(api, project)["on"] is True


def test_targeting__phone__fits_and_works(page: Page, api: Calls, project: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_targeting(page, project)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    switch(page).check(force=True)
    save(page)
    assert configuration(api, project)["on"] is True


def test_flag_site__address_that_the_api_tells__leads_to_the_targeting(
    page: Page, api: Calls, project: str
) -> None:
    site_of_flag = api.get(f"/api/v2/flags/{project}/checkout")["environments"]["test"]["_site"]["href"]
    page.goto(site_of_flag)
    expect(page.get_by_role("switch", name="The flag in Test")).to_be_visible()


def test_targeting__prerequisite__is_searched_for_and_needed(page: Page, api: Calls, project: str) -> None:
    api.post(f"/api/v2/flags/{project}", {"key": "payments", "name": "New payments"})
    open_targeting(page, project)
    page.get_by_role("button", name="Add a prerequisite").click()
    page.get_by_role("combobox", name="Flag", exact=True).fill("payments")
    page.get_by_role("option", name="payments").click()
    page.get_by_role("combobox", name="has to serve").click()
    page.get_by_role("option", name="False").click()
    save(page)
    assert configuration(api, project)["prerequisites"] == [{"key": "payments", "variation": 1}]
    page.reload()
    expect(page.get_by_role("combobox", name="has to serve")).to_have_value("False")
