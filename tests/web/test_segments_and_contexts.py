"""Groups of contexts, and single contexts with what they get and why, in a real browser."""

import json
import re
import time
from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site

SECONDS = 15
ANN = {"kind": "user", "key": "ann", "name": "Ann", "country": "NL", "plan": "gold"}
RULE = {"clauses": [{"attribute": "country", "op": "in", "values": ["NL", "DE"]}], "variation": 1}


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    """With one flag that is on, and serves something else in two countries."""
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": "Shop"})
    api.post(f"/api/v2/flags/{key}", {"key": "checkout", "name": "Checkout"})
    at = "/environments/production"
    api.patch(
        f"/api/v2/flags/{key}/checkout",
        [
            {"op": "replace", "path": f"{at}/on", "value": True},
            {"op": "add", "path": f"{at}/rules/-", "value": RULE},
        ],
    )
    return key


def tell(site: Site, project: str, *contexts: dict[str, Any]) -> None:
    """What an SDK does when it evaluates flags for somebody; returns when the server has learnt it."""
    environment = f"/api/v2/projects/{project}/environments/production"
    now = int(time.time() * 1000)
    events = [{"kind": "identify", "creationDate": now, "context": context} for context in contexts]
    key = site.api.get(environment)["apiKey"]
    requests.post(f"{site.address}/bulk", json=events, headers={"Authorization": key}, timeout=30)
    end = time.monotonic() + SECONDS
    while site.api.post(f"{environment}/context-instances/search", {})["totalCount"] < len(contexts):
        assert time.monotonic() < end, "the contexts were not learnt in time"
        time.sleep(0.05)


def visit(page: Page, project: str, path: str) -> None:
    page.goto(f"/projects/{project}/{path}{'&' if '?' in path else '?'}environment=production")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))


def make_segment(api: Calls, project: str, *instructions: Any, key: str = "beta", **more: Any) -> str:
    path = f"/api/v2/segments/{project}/production"
    api.post(path, {"key": key, "name": key.capitalize(), **more})
    if instructions:
        api.instruct(f"{path}/{key}", *instructions)
    return f"{path}/{key}"


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


def test_contexts__nothing_sent_yet__teach_how_they_come(page: Page, project: str) -> None:
    visit(page, project, "contexts")
    expect(page.get_by_role("heading", name="No contexts yet")).to_be_visible()
    expect(page.get_by_text("client.variation(")).to_be_visible()
    require_accessible(page)


def test_contexts__searched_and_filtered__stand_in_the_address(page: Page, site: Site, project: str) -> None:
    tell(site, project, ANN, {"kind": "device", "key": "till", "name": "Till"})
    visit(page, project, "contexts")
    expect(row(page, "Ann")).to_contain_text("country NL, plan gold")
    require_accessible(page)
    page.get_by_label("Search by key or attribute").fill("gol")
    expect(row(page, "Till")).to_be_hidden()
    expect(row(page, "Ann")).to_be_visible()
    expect(page).to_have_url(re.compile("query=gol"))
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="device").click()
    expect(page.get_by_role("heading", name="No context is like this")).to_be_visible()
    page.get_by_role("button", name="Take the filters away").click()
    expect(row(page, "Till")).to_be_visible()


def test_contexts__more_than_a_page__are_turned_over(page: Page, site: Site, project: str) -> None:
    tell(site, project, *({"kind": "user", "key": f"u{number}"} for number in range(21)))
    visit(page, project, "contexts")
    expect(page.get_by_text("21 in all")).to_be_visible()
    page.get_by_role("link", name="Seen before").click()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="Seen last").click()
    expect(page.get_by_role("row")).to_have_count(21)


def test_context__rule_matched__is_told_in_words(page: Page, site: Site, project: str) -> None:
    make_segment(site.api, project, {"kind": "addIncludedTargets", "contextKind": "user", "values": ["ann"]})
    tell(site, project, ANN | {"_meta": {"redactedAttributes": ["email"]}})
    visit(page, project, "contexts")
    page.get_by_role("link", name="Ann").click()
    expect(page.get_by_role("heading", name="Ann", level=1)).to_be_visible()
    gets = row(page, "Checkout")
    expect(gets).to_contain_text("Rule 1 matched: user country is one of NL, DE")
    expect(gets).to_contain_text("False")
    expect(page.get_by_role("row", name="email")).to_contain_text("private")
    expect(page.get_by_role("link", name="Beta")).to_be_visible()
    require_accessible(page)


def test_context__targeted_from_its_page__gets_the_variation(page: Page, site: Site, project: str) -> None:
    tell(site, project, ANN)
    visit(page, project, "contexts/user/ann")
    page.get_by_role("button", name="Target this context in checkout").click()
    dialog = page.get_by_role("dialog")
    require_accessible(page)
    dialog.get_by_label("True").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(row(page, "Checkout")).to_contain_text("It is targeted individually")
    page.get_by_label("Only where more than the default decides").check()
    expect(row(page, "Checkout")).to_be_visible()


def test_context__other_attributes_tried__shows_what_would_be_different(
    page: Page, site: Site, project: str
) -> None:
    tell(site, project, ANN)
    visit(page, project, "contexts/user/ann")
    page.get_by_role("button", name="Try other attributes").click()
    page.get_by_label("Value: country").fill("FR")
    page.get_by_role("button", name="See what it gets").click()
    expect(row(page, "Checkout")).to_contain_text("instead of false")
    expect(row(page, "Checkout")).to_contain_text("Default rule")
    page.get_by_label("Only what would be different").check()
    expect(row(page, "Checkout")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Back to what was seen").click()
    expect(row(page, "Checkout")).to_contain_text("Rule 1 matched")


def test_context__seen_with_another_one__is_evaluated_together(page: Page, site: Site, project: str) -> None:
    together = {"kind": "multi", "user": {"key": "ann"}, "organization": {"key": "acme", "name": "Acme"}}
    tell(site, project, together)
    visit(page, project, "contexts/user/ann")
    page.get_by_role("link", name="organization Acme").click()
    expect(page.get_by_label("Context as JSON")).to_have_value(re.compile("acme"))
    expect(page.get_by_role("heading", name="What it would get in Production")).to_be_visible()


def test_context__key_with_a_slash__has_a_page(page: Page, site: Site, project: str) -> None:
    tell(site, project, {"kind": "user", "key": "a/b?c", "name": "Slashed"})
    visit(page, project, "contexts")
    page.get_by_role("link", name="Slashed").click()
    expect(page.get_by_text("with the key a/b?c")).to_be_visible()


def test_context__never_seen__is_tried_all_the_same(page: Page, project: str) -> None:
    visit(page, project, "contexts")
    page.get_by_role("link", name="Try a context").click()
    page.get_by_label("Value: country").fill("DE")
    page.get_by_role("button", name="See what it gets").click()
    expect(row(page, "Checkout")).to_contain_text("Rule 1 matched")
    require_accessible(page)
    page.get_by_text("JSON", exact=True).click()
    page.get_by_label("Context as JSON").fill('{"kind": "user"')
    page.get_by_role("button", name="See what it gets").click()
    expect(page.get_by_text("This is no JSON")).to_be_visible()
    page.get_by_label("Context as JSON").fill(json.dumps({"kind": "user", "key": "eve", "country": "FR"}))
    page.get_by_role("button", name="See what it gets").click()
    expect(row(page, "Checkout")).to_contain_text("Default rule")


def test_kinds__created_and_edited__are_listed(page: Page, api: Calls, project: str) -> None:
    visit(page, project, "contexts?tab=kinds")
    expect(page.get_by_role("row", name="user")).to_contain_text("there from the start")
    require_accessible(page)
    page.get_by_role("button", name="Create a kind").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Key").fill("user")
    dialog.get_by_label("Name").fill("Account")
    dialog.get_by_role("button", name="Create").click()
    expect(dialog.get_by_text("There is a kind with this key already.")).to_be_visible()
    dialog.get_by_label("Key").fill("account")
    require_accessible(page)
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Edit Account").click()
    dialog.get_by_label("Description").fill("Who pays")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("row", name="Account")).to_contain_text("Who pays")
    kinds = {kind["key"]: kind for kind in api.get(f"/api/v2/projects/{project}/context-kinds")["items"]}
    assert kinds["account"]["version"] == 2


def test_segments__none_yet__teach_and_let_one_be_created(page: Page, project: str) -> None:
    visit(page, project, "segments")
    expect(page.get_by_role("heading", name="No segments yet")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Create a segment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Gold customers")
    expect(dialog.get_by_role("textbox", name="Key")).to_have_value("gold-customers")
    require_accessible(page)
    dialog.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", name="Gold customers", level=1)).to_be_visible()


def test_segments__listed__tell_who_is_in_and_who_asks(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project, {"kind": "addIncludedUsers", "values": ["ann", "bob"]}, tags=["sales"])
    make_segment(api, project, key="closed", unbounded=True)
    clause = {"op": "segmentMatch", "attribute": "", "values": ["beta"]}
    rule = {"clauses": [clause], "variation": 0}
    path = "/environments/production/rules/-"
    api.patch(f"/api/v2/flags/{project}/checkout", [{"op": "add", "path": path, "value": rule}])
    visit(page, project, "segments")
    expect(row(page, "Beta")).to_contain_text("2 keys")
    expect(row(page, "Beta")).to_contain_text("1 flag")
    expect(row(page, "Closed")).to_contain_text("nobody yet")
    require_accessible(page)
    page.get_by_text("Lists", exact=True).click()
    expect(row(page, "Beta")).to_be_hidden()
    expect(row(page, "Closed")).to_be_visible()


def test_segment__keys_and_rule_added__are_reviewed_in_words_and_saved(
    page: Page, api: Calls, project: str
) -> None:
    path = make_segment(api, project)
    visit(page, project, "segments/beta")
    require_accessible(page)
    add_keys(page, "Always in it", "ann, bob")
    add_keys(page, "Never in it", "bob")
    add_rule(page, "plan", "gold")
    dialog = review(page)
    expect(dialog.get_by_role("listitem")).to_have_text(
        [
            "Always have user ann in it",
            "Never have user bob in it",
            "Add a rule: if user plan is one of gold, everybody belong to it",
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
        ["Rule 1: 20 % of them belong to it, dealt by user"]
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


def test_segment__described_anew__shows_it(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project)
    visit(page, project, "segments/beta")
    page.get_by_role("button", name="Name and description").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Early birds")
    dialog.get_by_label("Tags").fill("sales")
    dialog.get_by_label("Tags").press("Enter")
    require_accessible(page)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Early birds", level=1)).to_be_visible()
    expect(page.get_by_role("link", name="Tag: sales")).to_be_visible()


def test_segment__used_by_a_flag__is_not_deleted(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project)
    clause = {"op": "segmentMatch", "attribute": "", "values": ["beta"]}
    rules = "/environments/production/rules"
    flag = f"/api/v2/flags/{project}/checkout"
    rule = {"clauses": [clause], "variation": 0}
    api.patch(flag, [{"op": "add", "path": f"{rules}/-", "value": rule}])
    visit(page, project, "segments/beta")
    page.get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Checkout")).to_be_visible()
    require_accessible(page)
    dialog.get_by_role("button", name="Close").click()
    api.patch(flag, [{"op": "remove", "path": f"{rules}/1"}])
    expect(page.get_by_text("No flag asks for this segment yet.")).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type beta to confirm").fill("beta")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No segments yet")).to_be_visible()


def test_segment__not_there__says_so(page: Page, project: str, tolerated: list[str]) -> None:
    tolerated.append("404 (Not Found)")
    visit(page, project, "segments/nobody")
    expect(page.get_by_role("heading", name="There is no segment nobody here")).to_be_visible()
    require_accessible(page)


def test_list__keys_added_looked_up_imported__can_be_exported(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project, key="closed", unbounded=True)
    visit(page, project, "segments/closed")
    members = page.get_by_role("region", name="Members")
    members.get_by_label("Keys, one a line").fill("ann\nbob")
    members.get_by_role("button", name="Add", exact=True).click()
    expect(members).to_contain_text("2on the list")
    members.get_by_label("Key", exact=True).fill("ann")
    members.get_by_role("button", name="Look up").click()
    expect(members.get_by_text("ann is on the list.")).to_be_visible()
    require_accessible(page)

    file = {"name": "closed.csv", "mimeType": "text/csv", "buffer": b"key\ncy\ndee\neve\n"}
    with page.expect_file_chooser() as chooser:
        members.get_by_label("File").click()
    chooser.value.set_files(file)  # type: ignore[arg-type]
    members.get_by_label("Replace it").check()
    members.get_by_role("button", name="Import", exact=True).click()
    page.get_by_label("Type closed to confirm").fill("closed")
    page.get_by_role("dialog").get_by_role("button", name="Replace the list").click()
    expect(members.get_by_text("Imported: 3 keys.")).to_be_visible()
    expect(members).to_contain_text("3on the list")

    members.get_by_role("button", name="Prepare a file").click()
    link = members.get_by_role("link", name=re.compile("Download"))
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "closed.csv"
    lines = download.value.path().read_text().split()
    assert sorted(lines) == ["cy,true", "dee,true", "eve,true", "key,included"]


def test_segment__seen_by_a_reader__can_be_looked_at_only(
    reader_page: Page, api: Calls, project: str
) -> None:
    make_segment(api, project, {"kind": "addIncludedUsers", "values": ["ann"]})
    visit(reader_page, project, "segments/beta")
    expect(reader_page.get_by_text("You may look at this, and not change it.")).to_be_visible()
    expect(reader_page.get_by_role("button", name="Add a rule")).to_be_hidden()
    expect(reader_page.get_by_role("button", name="Name and description")).to_be_disabled()
    require_accessible(reader_page)
    visit(reader_page, project, "contexts/user/ann")
    expect(row(reader_page, "Checkout")).to_contain_text("Default rule")
    button = reader_page.get_by_role("button", name="Target this context in checkout")
    expect(button).to_have_attribute("aria-disabled", "true")
    require_accessible(reader_page)
