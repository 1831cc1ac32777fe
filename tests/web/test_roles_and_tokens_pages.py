"""Custom roles and access tokens, as a browser has them."""

import re
from typing import Any

import requests
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls

VIEW_TEAMS = {"effect": "allow", "resources": ["team/*"], "actions": ["viewTeam"]}


def choose(page: Page, field: str, text: str) -> None:
    """Types into a field with proposals, and takes what was typed."""
    box = page.get_by_role("combobox", name=field, exact=True)
    box.fill(text)
    box.press("Enter")


def may(api: Calls, token: str, path: str) -> int:
    headers = {"Authorization": token}
    return requests.get(f"{api.address}/api/v2/{path}", headers=headers, timeout=30).status_code


def test_new_role__made_with_the_form__is_the_policy_of_the_api(page: Page, api: Calls) -> None:
    page.goto("/settings/roles/-new")
    page.get_by_role("textbox", name="Name").fill("Flag Flipper")
    page.get_by_role("radio", name="No access").check()
    page.get_by_role("button", name="Add a statement").click()
    choose(page, "Resources", "proj/*:env/test:flag/*")
    choose(page, "Actions", "updateOn")
    expect(
        page.get_by_text("Allows updateOn on all flags in the environment test in all projects")
    ).to_be_visible()
    page.get_by_role("heading", name="Create a custom role").click()
    require_accessible(page)
    page.get_by_role("button", name="Create a role").click()
    expect(page).to_have_url(re.compile("/settings/roles/flag-flipper$"))
    require_accessible(page)
    role = api.get("/api/v2/roles/flag-flipper")
    assert role["basePermissions"] == "no_access"
    assert role["policy"] == [
        {"effect": "allow", "resources": ["proj/*:env/test:flag/*"], "actions": ["updateOn"]}
    ]


def test_new_role__resources_named__proposes_the_actions_that_there_are_on_them(page: Page) -> None:
    page.goto("/settings/roles/-new")
    page.get_by_role("button", name="Add a statement").click()
    choose(page, "Resources", "team/*")
    page.get_by_role("combobox", name="Actions", exact=True).fill("update")
    expect(page.get_by_role("option", name="updateTeamName")).to_be_visible()
    expect(page.get_by_role("option", name="updateOn")).to_have_count(0)
    choose(page, "Actions", "updateOn")
    expect(page.get_by_text("No request needs updateOn on these resources")).to_be_visible()


def test_new_role__statement_not_complete__says_what_is_missing(page: Page) -> None:
    page.goto("/settings/roles/-new")
    page.get_by_role("textbox", name="Name").fill("Half")
    page.get_by_role("button", name="Add a statement").click()
    choose(page, "Resources", "proj")
    expect(page.get_by_text("proj needs a key, as in proj/*")).to_be_visible()
    page.get_by_role("button", name="Create a role").click()
    expect(page.get_by_text("Name at least one action.")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Statement 1 is not complete.")


def test_role__changed_as_json__is_reviewed_and_saved_with_a_comment(page: Page, api: Calls) -> None:
    api.post("/api/v2/roles", {"key": "team-viewer", "name": "Team viewer", "policy": [VIEW_TEAMS]})
    page.goto("/settings/roles/team-viewer")
    page.get_by_text("JSON", exact=True).click()
    text = page.get_by_role("textbox", name="Statements as JSON")
    text.fill("[{]")
    expect(page.get_by_text("This is no JSON")).to_be_visible()
    expect(page.get_by_role("radio", name="Form")).to_be_disabled()
    text.fill('[{"effect": "allow", "resources": ["role/*"], "actions": ["viewRole"]}]')
    page.get_by_text("Form", exact=True).click()
    require_accessible(page)
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("No longer: Allows viewTeam on all teams")
    expect(dialog).to_contain_text("New: Allows viewRole on all custom roles")
    dialog.get_by_role("textbox", name="Comment").fill("they asked for it")
    require_accessible(page)
    dialog.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("The role is changed")).to_be_visible()
    assert api.get("/api/v2/roles/team-viewer")["policy"][0]["actions"] == ["viewRole"]
    [entry] = api.get("/api/v2/auditlog", spec="role/team-viewer", limit=1)["items"]
    assert entry["comment"] == "they asked for it"


def test_role__held__names_who_and_cannot_be_deleted(page: Page, api: Calls) -> None:
    api.post("/api/v2/roles", {"key": "held", "name": "Held", "policy": [VIEW_TEAMS]})
    api.post("/api/v2/members", [{"email": "lou@example.com", "customRoles": ["held"]}])
    api.post("/api/v2/teams", {"key": "holders", "name": "Holders", "customRoleKeys": ["held"]})
    page.goto("/settings/roles")
    expect(page.get_by_role("row", name="Held held")).to_contain_text("1 member, 1 team")
    require_accessible(page)
    page.get_by_role("link", name="Held", exact=True).click()
    expect(page.get_by_role("link", name="Holders")).to_be_visible()
    expect(page.get_by_role("button", name="Delete the role")).to_be_disabled()
    page.get_by_role("link", name="All 1 members with this role").click()
    expect(page.get_by_role("row").filter(has_text="lou@example.com")).to_be_visible()


def test_role__held_by_nobody__is_deleted_after_the_key_is_typed(page: Page, api: Calls) -> None:
    api.post("/api/v2/roles", {"key": "unused", "name": "Unused", "policy": [VIEW_TEAMS]})
    page.goto("/settings/roles/unused")
    page.get_by_role("button", name="Delete the role").click()
    page.get_by_label("Type unused to confirm").fill("unused")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/settings/roles$"))


def test_role__looked_at_by_a_reader__is_told_in_sentences(reader_page: Page, api: Calls) -> None:
    api.post("/api/v2/roles", {"key": "public", "name": "Public", "policy": [VIEW_TEAMS]})
    reader_page.goto("/settings/roles/public")
    expect(reader_page.get_by_text("Allows viewTeam on all teams")).to_be_visible()
    expect(reader_page.get_by_text("Your role does not allow updatePolicy")).to_be_visible()
    require_accessible(reader_page)


def test_new_token__with_a_policy_of_its_own__shows_a_secret_that_may_do_just_that(
    page: Page, api: Calls
) -> None:
    page.goto("/settings/tokens")
    page.get_by_role("link", name="Create a token").click()
    page.get_by_role("textbox", name="Name").fill("Team lister")
    page.get_by_role("radio", name="Service").check()
    page.get_by_role("radio", name="A policy of its own").check()
    page.get_by_role("button", name="Create a token").click()
    expect(page.get_by_role("alert")).to_contain_text("Add at least one statement")
    page.get_by_role("button", name="Add a statement").click()
    choose(page, "Resources", "team/*")
    choose(page, "Actions", "viewTeam")
    page.get_by_role("button", name="Create a token").click()
    expect(page.get_by_text("Copy the secret now")).to_be_visible()
    require_accessible(page)
    secret = page.get_by_role("region", name="Secret of the token").inner_text()
    assert (may(api, secret, "teams"), may(api, secret, "projects")) == (200, 200)
    assert may(api, secret, "roles/none") in {403, 404}
    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_text(secret)).to_have_count(0)
    expect(page.get_by_role("row").filter(has_text="Team lister")).to_contain_text("1 statement of its own")
    require_accessible(page)


def test_token__reset_with_a_day_for_the_old_secret__both_work(page: Page, api: Calls) -> None:
    made: Any = api.post("/api/v2/tokens", {"name": "renewed", "role": "reader", "serviceToken": True})
    page.goto("/settings/tokens")
    page.get_by_role("button", name="A new secret for renewed").click()
    page.get_by_role("radio", name="works for another day").check()
    require_accessible(page)
    page.get_by_role("button", name="Make a new secret").click()
    secret = page.get_by_role("region", name="Secret of the token").inner_text()
    assert secret != made["token"]
    assert (may(api, secret, "projects"), may(api, made["token"], "projects")) == (200, 200)
    page.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_token__changed_on_its_page__is_so_in_the_api(page: Page, api: Calls) -> None:
    made = api.post("/api/v2/tokens", {"name": "grown", "role": "reader", "serviceToken": True})
    page.goto(f"/settings/tokens/{made['_id']}")
    page.get_by_role("textbox", name="Name").fill("grown up")
    page.get_by_role("radio", name="Writer").check()
    page.get_by_role("combobox", name="Default API version").click()
    page.get_by_role("option", name="20220603").click()
    require_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="grown up", level=1)).to_be_visible()
    saved = api.get(f"/api/v2/tokens/{made['_id']}")
    assert (saved["role"], saved["defaultApiVersion"]) == ("writer", 20220603)


def test_token__deleted__after_its_name_is_typed(page: Page, api: Calls) -> None:
    made = api.post("/api/v2/tokens", {"name": "doomed", "role": "reader", "serviceToken": True})
    page.goto("/settings/tokens")
    page.get_by_role("button", name="Delete doomed").click()
    page.get_by_label("Type doomed to confirm").fill("doomed")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("row").filter(has_text="doomed")).to_have_count(0)
    assert may(api, made["token"], "projects") == 401


def test_tokens__of_all_members__are_shown_to_admins(page: Page, reader_page: Page, api: Calls) -> None:
    reader_page.goto("/settings/tokens/new")
    reader_page.get_by_role("textbox", name="Name").fill("of the reader")
    reader_page.get_by_role("button", name="Create a token").click()
    expect(reader_page.get_by_text("Copy the secret now")).to_be_visible()
    page.goto("/settings/tokens")
    expect(page.get_by_role("row").filter(has_text="First token")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="of the reader")).to_have_count(0)
    page.get_by_role("switch", name="Those of all members").click()
    expect(page.get_by_role("row").filter(has_text="of the reader")).to_contain_text("of Rae Reed")
    expect(page).to_have_url(re.compile("all=true"))
    assert api.get("/api/v2/tokens", showAll="true")["totalCount"] >= 2
