"""Groups of contexts, and single contexts with what they get and why, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from web.accessibility import require_accessible
from web.segment_seeds import ANN, make_segment, make_shop, row, tell, visit
from web.sites import Calls, Site


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    return make_shop(api, request.node.name)


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


def test_segment__described_anew__shows_it(page: Page, api: Calls, project: str) -> None:
    make_segment(api, project)
    visit(page, project, "segments/beta")
    page.get_by_role("button", name="Edit details").click()
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

    file = FilePayload(name="closed.csv", mimeType="text/csv", buffer=b"key\ncy\ndee\neve\n")
    with page.expect_file_chooser() as chooser:
        members.get_by_label("File").click()
    chooser.value.set_files(file)
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
    expect(reader_page.get_by_role("button", name="Edit details")).to_be_disabled()
    require_accessible(reader_page)
    visit(reader_page, project, "contexts/user/ann")
    expect(row(reader_page, "Checkout")).to_contain_text("Default rule")
    button = reader_page.get_by_role("button", name="Target this context in checkout")
    expect(button).to_have_attribute("aria-disabled", "true")
    require_accessible(reader_page)
