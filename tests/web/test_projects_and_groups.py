"""Projects, their environments with their keys, and groups whose scores are followed, in a real browser."""

import re
import time

import pytest
import requests
from playwright.sync_api import Locator, Page, expect

from web.accessibility import require_accessible
from web.sites import Calls, Site

DAY = 86_400_000


@pytest.fixture
def project(api: Calls, request: pytest.FixtureRequest) -> str:
    key: str = f"shop-{abs(hash(request.node.name)) % 10**8}"
    api.post("/api/v2/projects", {"key": key, "name": f"Shop {key[5:]}"})
    return key


def deploy(api: Calls, project: str, version: str, days: float, application: str = "web") -> None:
    event = {
        "projectKey": project,
        "environmentKey": "production",
        "applicationKey": application,
        "version": version,
        "eventType": "finished",
        "eventTime": int(time.time() * 1000 + days * DAY),
    }
    api.post("/api/v2/engineering-insights/deployment-events", event)


def test_projects__created_renamed_deleted__are_listed_so(page: Page, project: str) -> None:
    page.goto("/settings/projects")
    page.get_by_role("button", name="Create a project").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(f"Copy of {project}")
    require_accessible(page)
    dialog.get_by_role("button", name="Create the project").click()
    expect(page).to_have_url(re.compile(f"/projects/copy-of-{project}/setup"))
    page.goto(f"/settings/projects?query={project}")
    require_accessible(page)
    page.get_by_role("button", name=f"Edit Copy of {project}").click()
    dialog.get_by_label("Name").fill(f"Twin of {project}")
    dialog.get_by_role("button", name="Save").click()
    page.get_by_role("button", name=f"Delete Twin of {project}").click()
    expect(dialog.get_by_role("button", name="Delete")).to_be_disabled()
    dialog.get_by_label("to confirm").fill(f"copy-of-{project}")
    dialog.get_by_role("button", name="Delete").click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("link", name=f"Twin of {project}", exact=True)).to_be_hidden()
    expect(page.get_by_text("1 to 1 of 1")).to_be_visible()


def test_projects__key_is_taken__says_so_beside_the_key(
    page: Page, project: str, tolerated: list[str]
) -> None:
    tolerated.append("409 (Conflict)")
    page.goto("/settings/projects")
    page.get_by_role("button", name="Create a project").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Another")
    dialog.get_by_label("Key").fill(project)
    dialog.get_by_role("button", name="Create the project").click()
    expect(dialog.get_by_label("Key")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_text(f"There is a project with the key '{project}' already")).to_be_visible()


def test_projects__of_a_reader__cannot_be_changed_and_say_why(reader_page: Page, project: str) -> None:
    reader_page.goto(f"/settings/projects?query={project}")
    delete = reader_page.get_by_role("button", name=re.compile("^Delete"))
    expect(delete).to_have_attribute("aria-disabled", "true")
    expect(delete).to_have_accessible_name(re.compile("Your role does not allow deleteProject"))
    require_accessible(reader_page)


def test_projects__nothing_is_found__offers_all(page: Page, project: str) -> None:
    page.goto("/settings/projects?query=nothing-like-this")
    expect(page.get_by_role("heading", name="No project is like this")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Show all projects").click()
    expect(page.get_by_text(project)).to_be_visible()


def environment(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_environments__created_and_deleted__are_what_the_frame_offers(
    page: Page, api: Calls, project: str
) -> None:
    page.goto(f"/projects/{project}/environments?environment=production")
    page.get_by_role("button", name="Create an environment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Staging")
    require_accessible(page)
    dialog.get_by_role("button", name="Create").click()
    environment(page, "Staging").get_by_role("link", name="Show Staging").click()
    choice = page.get_by_role("combobox", name="Environment")
    expect(choice).to_have_value("Staging")
    expect(environment(page, "Staging").get_by_text("Shown now")).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Delete Staging").click()
    dialog.get_by_label("to confirm").fill("staging")
    dialog.get_by_role("button", name="Delete").click()
    expect(environment(page, "Staging")).to_be_hidden()
    expect(choice).to_have_value("Production")
    keys = [each["key"] for each in api.get(f"/api/v2/projects/{project}/environments")["items"]]
    assert keys == ["test", "production"]


def test_environments__edited__keeps_what_was_not_touched(page: Page, api: Calls, project: str) -> None:
    page.goto(f"/projects/{project}/environments")
    page.get_by_role("button", name="Edit Test").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Acceptance")
    dialog.get_by_label("Changes need a comment").check()
    dialog.get_by_label("Minutes that PHP keeps flags").fill("5")
    require_accessible(page)
    dialog.get_by_role("button", name="Save").click()
    expect(environment(page, "Acceptance")).to_contain_text("PHP keeps flags 5 min")
    stored = api.get(f"/api/v2/projects/{project}/environments/test")
    assert (stored["name"], stored["requireComments"], stored["defaultTtl"]) == ("Acceptance", True, 5)
    assert (stored["color"], stored["confirmChanges"], stored["critical"]) == ("417505", False, False)


def test_environments__key_is_shown__is_the_whole_key(page: Page, api: Calls, project: str) -> None:
    key = api.get(f"/api/v2/projects/{project}/environments/test")["apiKey"]
    page.goto(f"/projects/{project}/environments")
    test = environment(page, "Test")
    expect(test.get_by_role("row", name="SDK key")).to_contain_text(f"sdk-••••{key[-4:]}")
    expect(page.get_by_text(key)).to_be_hidden()
    test.get_by_role("button", name="Show: SDK key of Test").click()
    expect(test.get_by_text(key)).to_be_visible()


def test_environments__sdk_key_is_reset__lets_the_old_one_live_on(
    page: Page, api: Calls, site: Site, project: str
) -> None:
    old = api.get(f"/api/v2/projects/{project}/environments/test")["apiKey"]
    page.goto(f"/projects/{project}/environments")
    page.get_by_role("button", name="Reset the SDK key of Test").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("after a restart serve fallback values only")
    expect(dialog.get_by_role("combobox", name="How long the present key goes on working")).to_have_value(
        "1 day"
    )
    require_accessible(page)
    dialog.get_by_label("to confirm").fill("test")
    dialog.get_by_role("button", name="Reset").click()
    expect(dialog).to_be_hidden()
    new = api.get(f"/api/v2/projects/{project}/environments/test")["apiKey"]
    assert new != old
    for key in (old, new):
        answer = requests.get(f"{site.address}/sdk/latest-all", headers={"Authorization": key}, timeout=30)
        assert answer.status_code == 200


def test_environments__mobile_key_is_reset__ends_the_old_one_at_once(
    page: Page, api: Calls, project: str
) -> None:
    path = f"/api/v2/projects/{project}/environments/test"
    old = api.get(path)["mobileKey"]
    page.goto(f"/projects/{project}/environments")
    page.get_by_role("button", name="Reset the Mobile key of Test").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("to confirm").fill("test")
    dialog.get_by_role("button", name="Reset").click()
    expect(dialog).to_be_hidden()
    assert api.get(path)["mobileKey"] != old


def test_groups__none_yet__teaches_what_they_are_for(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/groups")
    expect(page.get_by_role("heading", name="No groups yet")).to_be_visible()
    expect(page.get_by_text("Compare a group with itself four weeks ago")).to_be_visible()
    require_accessible(page)


def test_groups__created_opened_changed_deleted__are_followed(page: Page, api: Calls, project: str) -> None:
    for days in (-40, -20, -10, -1):
        deploy(api, project, f"v{-days}", days)
    page.goto(f"/projects/{project}/groups?environment=production")
    page.get_by_role("button", name="Create a group").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(f"Team {project}")
    dialog.get_by_role("combobox", name="Applications").fill("web")
    page.keyboard.press("Enter")
    require_accessible(page)
    dialog.get_by_role("button", name="Create").click()
    expect(dialog).to_be_hidden()
    require_accessible(page)
    page.get_by_role("link", name=f"Team {project}").click()
    expect(page.get_by_role("heading", name=f"Team {project}")).to_be_visible()
    expect(page.get_by_role("row", name="Deployment frequency")).to_contain_text(
        re.compile("Fair.*on the 28 days before")
    )
    expect(page.get_by_role("img", name=re.compile("^Scores of the last year"))).to_be_visible()
    require_accessible(page)
    page.get_by_role("button", name="Edit").click()
    dialog.get_by_label("Name").fill(f"Crew {project}")
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=f"Crew {project}", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    dialog.get_by_label("to confirm").fill(f"team-{project}")
    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No groups yet")).to_be_visible()


def test_groups__sorted_by_a_score__stand_in_that_order(page: Page, api: Calls, project: str) -> None:
    for days in (-9, -6, -3, -1):
        deploy(api, project, f"v{-days}", days, "quick")
    deploy(api, project, "v1", -100, "slow")
    deploy(api, project, "v2", -20, "slow")
    for name, keys in (("Slow", ["slow"]), ("Quick", ["quick"])):
        body = {"key": f"{name.lower()}-{project}", "name": name, "applicationKeys": keys}
        place = {"projectKey": project, "environmentKey": "production"}
        api.post("/api/v2/engineering-insights/insights/group", {**body, **place})
    page.goto(f"/projects/{project}/groups")
    names = page.get_by_role("table", name="Groups").locator("tbody").get_by_role("link")
    expect(names).to_have_text(["Quick", "Slow"])
    page.get_by_role("button", name="Group", exact=True).click()
    expect(names).to_have_text(["Slow", "Quick"])
    expect(page).to_have_url(re.compile("sort=-name"))
