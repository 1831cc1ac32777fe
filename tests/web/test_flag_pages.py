"""The list of flags and the pages of a flag besides its targeting, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from web.accessibility import require_accessible
from web.sites import Calls

PAGES = ("variations", "insights", "history", "code-references", "settings")
PLANS = [{"value": "small", "name": "Small"}, {"value": "large", "name": "Large"}, {"value": "none"}]


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    """With a boolean flag and one of texts."""
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": "Shop"})
    api.post(f"/api/v2/flags/{key}", {"key": "checkout", "name": "Checkout"})
    api.post(f"/api/v2/flags/{key}", {"key": "plan", "name": "Plan", "variations": PLANS, "tags": ["paid"]})
    return key


def visit(page: Page, project: str, path: str) -> None:
    page.goto(f"/projects/{project}/{path}{'&' if '?' in path else '?'}environment=production")


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has_text=name)


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option, exact=True).click()


def submit(page: Page, name: str) -> Locator:
    """The dialog, whose form was sent."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=name, exact=True).click()
    return dialog


def require_loaded(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)


def require_sound(page: Page) -> None:
    """Nobody is kept out, and a phone shows it without being moved sideways."""
    require_loaded(page)
    require_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    require_loaded(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    require_accessible(page)


@pytest.mark.parametrize("name", PAGES)
def test_flag_pages__with_data__are_accessible_and_fit_a_phone(demo_page: Page, name: str) -> None:
    demo_page.goto(f"/projects/demo/flags/banner-text/{name}?environment=production")
    expect(demo_page.get_by_role("heading", level=2).first).to_be_visible()
    expect(demo_page.get_by_role("link", name=name.replace("-", " "))).to_have_attribute(
        "aria-current", "page"
    )
    require_sound(demo_page)


def test_flags__with_data__are_accessible_and_fit_a_phone(demo_page: Page) -> None:
    demo_page.goto("/projects/demo/flags?environment=production")
    expect(demo_page.get_by_role("img", name=re.compile(r"[\d,]+ evaluations")).first).to_be_visible()
    require_sound(demo_page)


def test_flags__of_an_empty_project__say_what_flags_are(page: Page, api: Calls) -> None:
    api.post("/api/v2/projects", {"key": "bare", "name": "Bare"})
    visit(page, "bare", "flags")
    expect(page.get_by_role("heading", name="No flags yet")).to_be_visible()
    require_accessible(page)


def test_flags__filters__stand_in_the_address(page: Page, api: Calls, project: str) -> None:
    api.instruct(f"/api/v2/flags/{project}/checkout", {"kind": "archiveFlag"})
    visit(page, project, "flags")
    expect(page.get_by_role("link", name="Plan")).to_be_visible()
    expect(page.get_by_role("link", name="Checkout")).to_have_count(0)
    choose(page, "State", "Archived")
    expect(page.get_by_role("link", name="Checkout")).to_be_visible()
    expect(page).to_have_url(re.compile("state=archived"))
    choose(page, "Tag", "paid")
    expect(page.get_by_role("heading", name="No flag is like this")).to_be_visible()
    page.reload()
    expect(page.get_by_role("combobox", name="Tag")).to_have_value("paid")
    page.get_by_role("button", name="Take the filters away").click()
    expect(page.get_by_role("link", name="Plan")).to_be_visible()


def test_new_flag__only_a_name__is_boolean_and_off(page: Page, api: Calls, project: str) -> None:
    visit(page, project, "flags/new")
    page.get_by_label("Name").first.fill("New prices, 2nd try")
    expect(page.get_by_role("textbox", name="Key")).to_have_value("new-prices-2nd-try")
    page.get_by_role("button", name="Create the flag").click()
    page.wait_for_url("**/flags/new-prices-2nd-try/targeting*")
    made = api.get(f"/api/v2/flags/{project}/new-prices-2nd-try")
    assert (made["kind"], made["temporary"], made["environments"]["production"]["on"]) == (
        "boolean",
        True,
        False,
    )


def test_new_flag__values_of_another_type__are_told_beside_them(page: Page, api: Calls, project: str) -> None:
    visit(page, project, "flags/new")
    page.get_by_label("Name").first.fill("Limit")
    page.get_by_text("Number", exact=True).click()
    values = page.get_by_label("Value")
    values.nth(0).fill("ten")
    values.nth(1).fill("5")
    page.get_by_role("button", name="Create the flag").click()
    expect(page.get_by_text("This is no number.")).to_be_visible()
    expect(values.nth(0)).to_be_focused()
    require_accessible(page)
    values.nth(0).fill("5")
    expect(page.get_by_text("There is a variation with this value already.")).to_be_visible()
    values.nth(0).fill("10")
    page.get_by_label("Permanent").check()
    page.get_by_role("button", name="Create the flag").click()
    page.wait_for_url("**/flags/limit/targeting*")
    made = api.get(f"/api/v2/flags/{project}/limit")
    assert [each["value"] for each in made["variations"]] == [10, 5]
    assert made["defaults"] == {"onVariation": 0, "offVariation": 1}
    assert made["temporary"] is False


def test_new_flag__key_is_taken__says_so_beside_the_key(
    page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated.append("409 (Conflict)")
    visit(page, project, "flags/new")
    page.get_by_label("Name").first.fill("Checkout")
    page.get_by_role("button", name="Create the flag").click()
    expect(page.get_by_text("There is a flag with the key 'checkout' already")).to_be_visible()
    expect(page.get_by_role("textbox", name="Key")).to_be_focused()


def test_flag__that_is_not_there__leads_back_to_the_list(
    page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated.append("404 (Not Found)")
    visit(page, project, "flags/gone/variations")
    expect(page.get_by_role("heading", name="There is no flag gone")).to_be_visible()
    require_accessible(page)
    page.get_by_role("link", name="All flags of the project").click()
    expect(page.get_by_role("link", name="Plan")).to_be_visible()


def test_variations__added_and_changed__are_those_of_the_api(page: Page, api: Calls, project: str) -> None:
    visit(page, project, "flags/plan/variations")
    page.get_by_role("button", name="Add a variation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Value").fill("huge")
    dialog.get_by_label("Name").fill("Huge")
    dialog.get_by_label("Comment").fill("For the largest customers")
    require_accessible(page)
    expect(submit(page, "Add a variation")).to_be_hidden()
    expect(row(page, "Huge")).to_be_visible()
    page.get_by_role("button", name="Change Small").click()
    page.get_by_role("dialog").get_by_label("Value").fill("tiny")
    expect(page.get_by_text("A new value is served at once")).to_be_visible()
    expect(submit(page, "Save")).to_be_hidden()
    expect(row(page, "tiny")).to_be_visible()
    flag = api.get(f"/api/v2/flags/{project}/plan")
    assert [each["value"] for each in flag["variations"]] == ["tiny", "large", "none", "huge"]
    spec = f"proj/{project}:env/*:flag/plan"
    comments = [each["comment"] for each in api.get("/api/v2/auditlog", spec=spec)["items"]]
    assert "For the largest customers" in comments


def test_variations__one_that_is_served__says_why_it_stays(
    page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated.append("400 (Bad Request)")
    visit(page, project, "flags/plan/variations")
    expect(row(page, "Small").get_by_text("by default")).to_be_visible()
    page.get_by_role("button", name="Delete Small").click()
    dialog = submit(page, "Delete")
    expect(dialog.get_by_text("a variation is in use")).to_be_visible()
    require_accessible(page)
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Delete Large").click()
    expect(submit(page, "Delete")).to_be_hidden()
    expect(row(page, "Large")).to_have_count(0)


def test_variations__defaults__are_what_new_environments_begin_with(
    page: Page, api: Calls, project: str
) -> None:
    visit(page, project, "flags/plan/variations")
    choose(page, "When it is on", "Large")
    page.get_by_role("button", name="Save the defaults").click()
    expect(page.get_by_text("The defaults are saved")).to_be_visible()
    expect(page.get_by_role("button", name="Save the defaults")).to_be_disabled()
    assert api.get(f"/api/v2/flags/{project}/plan")["defaults"] == {"onVariation": 1, "offVariation": 2}


def test_history__change__tells_who_why_and_the_difference(page: Page, api: Calls, project: str) -> None:
    api.instruct(
        f"/api/v2/flags/{project}/checkout",
        {"kind": "turnFlagOn"},
        environmentKey="production",
        comment="Everything is tested",
    )
    visit(page, project, "flags/checkout/history")
    entry = page.get_by_role("listitem").filter(has_text="Turned it on")
    expect(entry).to_contain_text("in Production")
    expect(entry).to_contain_text("“Everything is tested”")
    entry.get_by_role("button", name="What changed").click()
    difference = entry.get_by_role("group", name=re.compile(r"environments .* on$"))
    expect(difference.locator("del")).to_have_text("false")
    expect(difference.locator("ins")).to_have_text("true")
    require_accessible(page)
    page.reload()
    expect(difference).to_be_visible()


def test_history__another_environment__is_told_of_when_asked(page: Page, api: Calls, project: str) -> None:
    path = f"/api/v2/flags/{project}/checkout"
    api.instruct(path, {"kind": "turnFlagOn"}, environmentKey="test")
    api.instruct(path, {"kind": "updateName", "value": "Pay"})
    visit(page, project, "flags/checkout/history")
    expect(page.get_by_text("Renamed it")).to_be_visible()
    expect(page.get_by_text("Turned it on")).to_have_count(0)
    page.get_by_text("All environments", exact=True).click()
    expect(page.get_by_text("Turned it on")).to_be_visible()
    expect(page).to_have_url(re.compile("everywhere=true"))


def test_history__more_than_a_page__can_be_turned(page: Page, api: Calls, project: str) -> None:
    for number in range(20):
        api.instruct(f"/api/v2/flags/{project}/checkout", {"kind": "addTags", "values": [f"t{number}"]})
    visit(page, project, "flags/checkout/history")
    expect(page.get_by_role("listitem")).to_have_count(20)
    page.get_by_role("link", name="Older").click()
    expect(page.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_text("Created it")).to_be_visible()
    page.get_by_role("link", name="Newest").click()
    expect(page.get_by_role("listitem")).to_have_count(20)


def test_insights__of_a_flag_in_use__tell_what_was_served(demo_page: Page) -> None:
    demo_page.goto("/projects/demo/flags/banner-text/insights?environment=production")
    shares = demo_page.get_by_role("table", name="What was served")
    expect(shares.get_by_role("row", name=re.compile(r"Bonjour [\d,]+ [\d.]+ %"))).to_be_visible()
    expect(demo_page.get_by_role("img", name="Evaluations in Production, 28 days")).to_be_visible()
    statuses = demo_page.get_by_role("table", name="In every environment")
    expect(statuses.get_by_role("row", name=re.compile("Production .* Active"))).to_be_visible()
    demo_page.get_by_text("90 days", exact=True).click()
    expect(demo_page).to_have_url(re.compile("range=90"))
    releases = demo_page.get_by_role("table", name="Releases of the flag")
    expect(releases.get_by_text(re.compile(r"[\d.]+ % moved")).first).to_be_visible()
    releases.get_by_role("link", name=re.compile("^Difference")).last.click()
    expect(demo_page.get_by_role("listitem").first.locator("ins").first).to_be_visible()


def test_insights__nobody_asked__show_how_to_ask(page: Page, project: str) -> None:
    visit(page, project, "flags/checkout/insights")
    expect(page.get_by_role("heading", name="Nobody asked for the flag in this time")).to_be_visible()
    expect(page.get_by_text('client.variation("checkout", context, false)')).to_be_visible()
    require_accessible(page)


def scan(api: Calls, project: str, repository: str, **branches: list[Any]) -> None:
    """What ld-find-code-refs tells after it has scanned."""
    address = f"https://git.example.com/{repository}"
    template = address + "/blob/${sha}/${filePath}#L${lineNumber}"
    body = {"name": repository, "type": "gitlab", "sourceLink": address, "hunkUrlTemplate": template}
    api.post("/api/v2/code-refs/repositories", body)
    for name, lines in branches.items():
        hunks = [
            {
                "startingLineNumber": number,
                "lines": text,
                "projKey": project,
                "flagKey": "checkout",
                "aliases": ["CHECKOUT"],
            }
            for number, text in lines
        ]
        references = [{"path": "src/pay.py", "hunks": hunks}] if hunks else []
        api.put(
            f"/api/v2/code-refs/repositories/{repository}/branches/{name}",
            {"name": name, "head": "0a1b2c3d4e5f", "syncTime": 1_700_000_000_000, "references": references},
        )


def test_code_references__nothing_scanned__show_the_command(page: Page, project: str) -> None:
    page.route("**/api/v2/code-refs/repositories?*", lambda route: route.fulfill(json={"items": []}))
    visit(page, project, "flags/checkout/code-references")
    expect(page.get_by_role("region", name="Scanning a repository")).to_contain_text(
        f"--projKey {project} --repoName"
    )
    require_accessible(page)


def test_code_references__scanned__show_lines_where_they_stand(page: Page, api: Calls, project: str) -> None:
    text = 'def pay():\n    if on(CHECKOUT, "checkout"):'
    scan(api, project, f"web-{project}", main=[(9, text)], next=[(40, "CHECKOUT = 1")])
    scan(api, project, f"api-{project}", main=[])
    visit(page, project, "flags/checkout/code-references")
    repository = page.get_by_role("region", name=f"web-{project} on GitLab")
    lines = repository.get_by_role("group", name="src/pay.py: Line 10")
    expect(lines.locator("mark")).to_have_text(["CHECKOUT", "checkout"])
    expect(repository.get_by_role("link", name="Open src/pay.py, line 10")).to_have_attribute(
        "href", f"https://git.example.com/web-{project}/blob/0a1b2c3d4e5f/src/pay.py#L10"
    )
    expect(page.get_by_text("without a mention of the flag")).to_contain_text(f"api-{project}")
    require_sound(page)
    choose(page, f"Branch of web-{project}", "next")
    expect(repository.get_by_role("group", name="src/pay.py: Line 40")).to_be_visible()


def test_code_references__last_mention_went__name_the_commit(page: Page, api: Calls, project: str) -> None:
    scan(api, project, f"old-{project}", main=[])
    commit = {
        "revision": "f00dfeed0123",
        "message": "Take it out\n\nNobody needs it.",
        "time": 1_700_000_000_000,
    }
    api.post(
        f"/api/v2/code-refs/repositories/old-{project}/branches/main/extinction-events",
        [{**commit, "projKey": project, "flagKey": "checkout"}],
    )
    visit(page, project, "flags/checkout/code-references")
    expect(page.get_by_role("heading", name="No default branch mentions the flag")).to_be_visible()
    expect(row(page, "f00dfeed01")).to_contain_text("Take it out")
