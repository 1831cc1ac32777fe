"""Changing who belongs to a segment, in a real browser, while others change it too."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from web.accessibility import require_accessible
from web.segment_seeds import make_segment, make_shop, visit
from web.sites import Calls


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    return make_shop(api, request.node.name)


def review(page: Page) -> Locator:
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Save the change")).to_be_enabled()
    return dialog


def save(page: Page) -> None:
    dialog = review(page)
    dialog.get_by_role("button", name="Save the change").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Review and save")).to_be_hidden()


def add_keys(page: Page, part: str, keys: str) -> None:
    field = page.get_by_role("region", name=part).get_by_label(re.compile("user keys"))
    field.fill(keys)
    field.press("Enter")


def add_rule(page: Page, attribute: str, value: str) -> Locator:
    rules = page.get_by_role("region", name="Rules", exact=True)
    rules.get_by_role("button", name="Add a rule").click()
    rule = rules.get_by_role("region").last
    rule.get_by_label("Attribute", exact=True).fill(attribute)
    rule.get_by_label("Values", exact=True).fill(value)
    rule.get_by_label("Values", exact=True).press("Enter")
    return rule


def test_segment__keys_and_rule_added__are_reviewed_in_words_and_saved(
    page: Page, api: Calls, project: str
) -> None:
    path = make_segment(api, project)
    visit(page, project, "segments/beta")
    expect(page.get_by_role("heading", name="Beta", level=1)).to_be_visible()
    require_accessible(page)
    add_keys(page, "Always in it", "ann, bob")
    add_keys(page, "Never in it", "bob")
    add_rule(page, "plan", "gold")
    dialog = review(page)
    expect(dialog.get_by_role("listitem")).to_have_text(
        [
            "Always have user ann in it",
            "Never have user bob in it",
            "Add a rule: user plan is one of gold; everybody who matches belongs to it",
        ]
    )
    require_accessible(page)
    dialog.get_by_label("Comment").fill("For the launch")
    dialog.get_by_role("button", name="Save the change").click()
    expect(dialog).to_be_hidden()
    segment = api.get(path)
    assert (segment["included"], segment["excluded"]) == (["ann"], ["bob"])
    assert segment["rules"][0]["clauses"][0]["values"] == ["gold"]


def test_segment__rule_for_a_share_added_and_changed__is_saved(page: Page, api: Calls, project: str) -> None:
    path = make_segment(api, project)
    visit(page, project, "segments/beta")
    rule = add_rule(page, "plan", "gold")
    rule.get_by_label("Percent of those that match").fill("10")
    save(page)
    [saved] = api.get(path)["rules"]
    assert saved["weight"] == 10_000
    rule.get_by_label("Percent of those that match").fill("20")
    expect(review(page).get_by_role("listitem")).to_have_text(
        ["Rule 1: 20 % of those who match belong to it, dealt by user"]
    )
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert api.get(path)["rules"] == [saved | {"weight": 20_000}]


def test_segment__rule_without_values__is_not_saved(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project)
    visit(page, project, "segments/beta")
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_role("button", name="Review and save").click()
    expect(page.get_by_text("Rule 1: Choose an attribute.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("No rules yet")).to_be_visible()


def test_segment__changed_by_somebody_else__keeps_the_edits(page: Page, api: Calls, project: str) -> None:
    path = make_segment(api, project)
    visit(page, project, "segments/beta")
    add_keys(page, "Always in it", "ann")
    api.instruct(path, {"kind": "addIncludedUsers", "values": ["eve"]})
    alert = page.get_by_role("alert").filter(has_text="Somebody else has changed this segment")
    expect(alert).to_contain_text("Always have user eve in it")
    require_accessible(page)
    save(page)
    assert sorted(api.get(path)["included"]) == ["ann", "eve"]
