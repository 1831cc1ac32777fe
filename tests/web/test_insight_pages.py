"""What reached users, page by page: deployments, lead times, releases, the health of flags, experiments."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site

DEMO = "/projects/demo"
INSIGHTS = "/api/v2/engineering-insights"
PLACE = {"projectKey": "demo", "environmentKey": "production"}
PAGES = {
    "deployments": "How often",
    "lead-time": "Where the time goes",
    "releases": "How often, and how much at once",
    "flag-health": "All flags by status",
    "experimentation": "Changes of flags",
}
FITS = "document.documentElement.scrollWidth === document.documentElement.clientWidth"
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
def demo_api(demo_site: Site) -> Calls:
    return demo_site.api


@pytest.fixture(scope="module")
def empty_project(site: Site) -> str:
    """The key of a project in which nothing has happened."""
    site.api.post("/api/v2/projects", {"key": "empty", "name": "Empty"})
    return "empty"


def open_page(page: Page, name: str, search: str = "", project: str = DEMO) -> None:
    page.goto(f"{project}/{name}{search}")
    expect(page.get_by_role("heading", name=PAGES[name], exact=True)).to_be_visible()


def open_whole(page: Page, name: str) -> None:
    """Until the chart and the scores are there too."""
    open_page(page, name)
    if name != "flag-health":
        expect(page.get_by_role("figure").get_by_role("img").locator("svg")).to_be_visible()
    expect(page.get_by_role("link", name="How this came about").first).to_be_visible()


def rows(page: Page, table: str) -> Locator:
    return page.get_by_role("table", name=table, exact=True).locator("tbody tr")


def a_deployment(api: Calls, project_key: str, **more: Any) -> str:
    """Tells of one and answers its id."""
    api.post("/api/v2/projects", {"key": project_key, "name": project_key})
    body = {
        "projectKey": project_key,
        "environmentKey": "production",
        "applicationKey": "web",
        "version": "1.0.0",
        "eventType": "finished",
    }
    told = api.post(f"{INSIGHTS}/deployment-events", {**body, **more})
    return str(told["_links"]["self"]["href"]).rsplit("/", 1)[-1]


@contextmanager
def needed_by(api: Calls, key: str, other: str) -> Iterator[None]:
    """While `other` has the flag as a prerequisite in production."""
    path, variation = f"/api/v2/flags/demo/{other}", api.get(f"/api/v2/flags/demo/{key}")["variations"][0]
    add = {"kind": "addPrerequisite", "key": key, "variationId": variation["_id"]}
    api.instruct(path, add, environmentKey="production")
    try:
        yield
    finally:
        api.instruct(path, {"kind": "removePrerequisite", "key": key}, environmentKey="production")


@pytest.mark.parametrize("name", PAGES)
def test_insight_pages__with_data__are_accessible_and_fit_a_phone(demo_page: Page, name: str) -> None:
    open_whole(demo_page, name)
    require_accessible(demo_page)
    demo_page.set_viewport_size(PHONE)
    open_whole(demo_page, name)
    assert demo_page.evaluate(FITS)


@pytest.mark.parametrize(
    ("name", "taught"),
    [
        ("deployments", "No deployments yet"),
        ("lead-time", "No changes were delivered in this time"),
        ("releases", "No flag changed what people get"),
        ("flag-health", "No temporary flags yet"),
        ("experimentation", "Not calculated: experiments cannot be made here yet"),
    ],
)
def test_insight_pages__of_an_empty_project__say_what_would_be_there(
    page: Page, empty_project: str, name: str, taught: str
) -> None:
    open_page(page, name, project=f"/projects/{empty_project}")
    expect(page.get_by_role("heading", name=taught)).to_be_visible()
    require_accessible(page)


def test_score_card__how__leads_to_the_explanation(demo_page: Page) -> None:
    open_page(demo_page, "deployments", "?application=api")
    demo_page.get_by_role("link", name="How this came about: failure rate").click()
    expect(demo_page.get_by_role("dialog").get_by_text("Failure rate")).to_be_visible()
    expect(demo_page).to_have_url(re.compile("application=.*api"))


def test_range__another__stands_in_the_address(demo_page: Page, demo_api: Calls) -> None:
    open_page(demo_page, "deployments")
    demo_page.get_by_text("52 weeks").click()
    expect(demo_page).to_have_url(re.compile("range=364"))
    year = round(time.time() * 1000) - 364 * 86_400_000
    total = demo_api.get(f"{INSIGHTS}/deployments", **PLACE, **{"from": year})["totalCount"]
    # The page's days are whole ones: a few deployments more or less than to the millisecond.
    counts = "|".join(str(total + more) for more in range(-4, 5))
    expect(demo_page.get_by_text(re.compile(r"^\d+ deployments$"))).to_have_text(re.compile(f"^({counts}) "))


def test_range__dates_of_a_link__are_shown_and_can_be_cleared(demo_page: Page) -> None:
    open_page(demo_page, "lead-time", "?from=1767225600000&to=1769904000000")
    expect(demo_page.get_by_text("1 Jan 2026 to 1 Feb 2026")).to_be_visible()
    demo_page.get_by_role("button", name="Clear the dates").click()
    expect(demo_page.get_by_role("radio", name="28 days")).to_be_checked()
    expect(demo_page).not_to_have_url(re.compile("from="))


def test_deployments__more_than_a_page__can_be_turned(demo_page: Page) -> None:
    open_page(demo_page, "deployments", "?range=364")
    expect(rows(demo_page, "All deployments")).to_have_count(20)
    first = rows(demo_page, "All deployments").first.inner_text()
    demo_page.get_by_role("button", name="Next page").click()
    expect(demo_page).to_have_url(re.compile("after="))
    expect(rows(demo_page, "All deployments").first).not_to_have_text(first)
    demo_page.get_by_role("button", name="Previous page").click()
    expect(demo_page).to_have_url(re.compile("before="))
    expect(rows(demo_page, "All deployments").first).to_contain_text(first.split("\n")[0])
    demo_page.go_back()
    expect(demo_page).to_have_url(re.compile("after="))


def test_deployments__status_chosen__lists_those_alone(demo_page: Page) -> None:
    open_page(demo_page, "deployments", "?range=364")
    demo_page.get_by_role("combobox", name="Status").click()
    demo_page.get_by_role("option", name="Failed").click()
    expect(demo_page).to_have_url(re.compile("status=failed"))
    expect(rows(demo_page, "All deployments").filter(has_text="Finished")).to_have_count(0)
    expect(rows(demo_page, "All deployments").first).to_contain_text("Failed")


def test_deployment__rolled_back__says_why_and_what_undid_it(demo_page: Page, demo_api: Calls) -> None:
    explained = demo_api.get(f"{INSIGHTS}/insights/scores", **PLACE, expand="explanation")["explanation"]
    failed = explained["deploymentFailureRate"]["failed"]
    undone = next(each for each in failed if each["reason"] == "rolledBack")
    demo_page.goto(f"{DEMO}/deployments/{undone['deployment']}")
    expect(demo_page.get_by_text("The next deployment went back to an older version.")).to_be_visible()
    expect(demo_page.get_by_role("table", name="Pull requests")).to_be_visible()
    require_accessible(demo_page)
    demo_page.get_by_role("link", name="The deployment that undid it").click()
    expect(demo_page).to_have_url(re.compile(undone["undoneBy"]))


def test_deployment__archived__counts_no_more_and_can_be_brought_back(page: Page, api: Calls) -> None:
    id = a_deployment(api, "archiving")
    page.goto(f"/projects/archiving/deployments/{id}")
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("This deployment is archived")).to_be_visible()
    assert api.get(f"{INSIGHTS}/deployments/{id}")["archived"]
    require_accessible(page)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("This deployment is archived")).to_be_hidden()
    assert not api.get(f"{INSIGHTS}/deployments/{id}")["archived"]


def test_deployment__archived_by_a_reader__says_what_is_not_allowed(
    reader_page: Page, api: Calls, tolerated: list[str]
) -> None:
    tolerated.append("403 (Forbidden)")
    id = a_deployment(api, "reading", eventType="failed")
    reader_page.goto(f"/projects/reading/deployments/{id}")
    reader_page.get_by_role("button", name="Archive").click()
    expect(reader_page.get_by_role("alert").filter(has_text="Not saved")).to_be_visible()
    expect(reader_page.get_by_role("button", name="Archive")).to_be_visible()


def test_lead_time__percentiles__are_another_chart(demo_page: Page) -> None:
    open_page(demo_page, "lead-time")
    expect(demo_page.get_by_role("img", name="stage by stage")).to_be_visible()
    demo_page.get_by_text("Percentiles").click()
    expect(demo_page.get_by_role("img", name="that half, 75 and 95 of 100")).to_be_visible()
    expect(demo_page).to_have_url(re.compile("show=percentiles"))
    expect(demo_page.get_by_text(re.compile(r"^\d+ changes took .* on average"))).to_be_visible()


def test_lead_time__sorted__shows_the_longest_first(demo_page: Page, demo_api: Calls) -> None:
    open_page(demo_page, "lead-time")
    demo_page.get_by_role("button", name="Lead time").click()
    expect(demo_page).to_have_url(re.compile("sort=-leadTime"))
    end = (int(time.time() // 86_400) + 1) * 86_400_000
    asked = {**PLACE, "from": end - 28 * 86_400_000, "to": end, "sort": "-leadTime", "limit": 1}
    longest = demo_api.get(f"{INSIGHTS}/pull-requests", **asked, status="deployed")["items"][0]
    first = rows(demo_page, "Pull requests").first
    expect(first.get_by_role("link", name=longest["title"])).to_have_attribute("href", longest["url"])
    expect(first.get_by_role("img", name=re.compile("Lead time: coding .*, review .*, wait"))).to_be_visible()
    first.get_by_role("link").last.click()
    expect(demo_page).to_have_url(re.compile("/deployments/"))


def test_lead_time__open_ones__are_not_delivered(demo_page: Page) -> None:
    open_page(demo_page, "lead-time")
    demo_page.get_by_role("combobox", name="State").click()
    demo_page.get_by_role("option", name="Open").click()
    expect(rows(demo_page, "Pull requests").first).to_contain_text("Not delivered here")
    demo_page.get_by_role("searchbox").fill("no such title")
    expect(demo_page.get_by_role("heading", name="No pull request is like this")).to_be_visible()


def test_releases__sorted_by_impact__show_the_largest_first(demo_page: Page) -> None:
    open_page(demo_page, "releases")
    demo_page.get_by_role("button", name="Impact").click()
    expect(demo_page).to_have_url(re.compile("sort=-impact"))
    first = rows(demo_page, "All changes").first
    expect(first).to_contain_text("100 % moved")
    expect(first.get_by_role("list", name="Served before and after")).to_contain_text("100 % after")
    require_accessible(demo_page)


def test_releases__size_chosen__lists_those_alone(demo_page: Page) -> None:
    open_page(demo_page, "releases", "?range=90")
    demo_page.get_by_role("combobox", name="Impact").click()
    demo_page.get_by_role("option", name="Small").click()
    expect(rows(demo_page, "All changes").filter(has_text="Large")).to_have_count(0)
    expect(rows(demo_page, "All changes").first).to_contain_text("Small")
    entry = rows(demo_page, "All changes").first.get_by_role("link", name="Audit log")
    entry.click()
    expect(demo_page).to_have_url(re.compile("/settings/audit-log.*spec="))


def test_flag_health__stale_flag__can_be_archived_and_that_undone(demo_page: Page, demo_api: Calls) -> None:
    open_page(demo_page, "flag-health")
    demo_page.get_by_role("button", name="Archive Summer sale").click()
    dialog = demo_page.get_by_role("dialog")
    expect(dialog).to_contain_text("answers with the default that stands in the code")
    require_accessible(demo_page)
    dialog.get_by_label("Comment").fill("The summer is over")
    dialog.get_by_role("button", name="Archive").click()
    expect(rows(demo_page, "Stale flags").filter(has_text="Summer sale")).to_have_count(0)
    assert demo_api.get("/api/v2/flags/demo/summer-sale")["archived"]
    demo_page.get_by_role("button", name="Undo: restore Summer sale").click()
    expect(rows(demo_page, "Stale flags").filter(has_text="Summer sale")).to_have_count(1)
    assert not demo_api.get("/api/v2/flags/demo/summer-sale")["archived"]


def test_flag_health__flag_that_others_need__is_not_archived(demo_page: Page, demo_api: Calls) -> None:
    with needed_by(demo_api, "old-cart", "banner-text"):
        open_page(demo_page, "flag-health")
        demo_page.get_by_role("button", name="Archive Old cart").click()
        dialog = demo_page.get_by_role("dialog")
        expect(dialog).to_contain_text("It is a prerequisite of Banner.")
        expect(dialog.get_by_role("button", name="Archive")).to_be_disabled()
        demo_page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_flag_health__grouped__names_who_looks_after_what(demo_page: Page) -> None:
    open_page(demo_page, "flag-health")
    expect(rows(demo_page, "Stale flags").first).to_contain_text("Everybody gets the same")
    demo_page.get_by_role("switch", name="Group by maintainer").click()
    expect(demo_page).to_have_url(re.compile("group=maintainer"))
    expect(demo_page.get_by_role("heading", name=re.compile("Nobody, \\d flags?"))).to_be_visible()
    require_accessible(demo_page)


def test_experimentation__none_yet__says_that_nothing_is_lost(demo_page: Page) -> None:
    open_page(demo_page, "experimentation")
    expect(demo_page.get_by_text("it costs nobody anything")).to_be_visible()
    expect(demo_page.get_by_text(re.compile(r"^0 %: 0 of \d+$"))).to_be_visible()
    expect(demo_page.get_by_role("table", name="What the score means")).to_contain_text("100 %")
