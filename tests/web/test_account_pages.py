"""Members, teams and the audit log, as a browser has them."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls


@pytest.fixture
def invite(api: Calls) -> Any:
    """Invites somebody with a role or more."""

    def invite(email: str, **more: Any) -> Any:
        [member] = api.post("/api/v2/members", [{"email": email, **({"role": "reader"} | more)}])["items"]
        return member

    return invite


def row_of(page: Page, text: str) -> Any:
    return page.get_by_role("row").filter(has_text=text)


def test_members__two_invited__shows_their_links_to_hand_over(page: Page, api: Calls) -> None:
    page.goto("/settings/members")
    page.get_by_role("button", name="Invite members").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Email addresses").fill("amy@example.com, ben@example.com")
    dialog.get_by_role("radio", name="Writer").check()
    require_accessible(page)
    dialog.get_by_role("button", name="Invite 2 members").click()
    link = page.get_by_role("region", name="Link for ben@example.com")
    expect(link).to_contain_text("/welcome/")
    require_accessible(page)
    page.get_by_role("button", name="Done").click()
    expect(row_of(page, "ben@example.com")).to_contain_text("invited")
    expect(row_of(page, "ben@example.com")).to_contain_text("Writer")
    assert api.get("/api/v2/members", filter="email:amy@example.com")["items"][0]["role"] == "writer"


def test_members__invited_twice__says_so_beside_the_addresses(
    page: Page, invite: Any, tolerated: list[str]
) -> None:
    tolerated.append("400 (Bad Request)")
    invite("cleo@example.com")
    page.goto("/settings/members")
    page.get_by_role("button", name="Invite members").click()
    page.get_by_role("combobox", name="Email addresses").fill("cleo@example.com")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("There are members already with these emails: cleo@example.com")).to_be_visible()


def test_members__searched_and_filtered__are_in_the_address(page: Page, invite: Any) -> None:
    invite("dan@example.com")
    invite("dora@example.com", role="admin")
    page.goto("/settings/members")
    page.get_by_role("searchbox", name="Search by name or email").fill("d@example")
    expect(page.get_by_role("heading", name="No member is like this")).to_be_visible()
    page.get_by_role("button", name="Take the filters away").click()
    page.get_by_role("combobox", name="Role").click()
    page.get_by_role("option", name="Admin").click()
    expect(row_of(page, "dora@example.com")).to_be_visible()
    expect(row_of(page, "dan@example.com")).to_have_count(0)
    expect(page).to_have_url(re.compile("role=admin"))
    require_accessible(page)


def test_members__sorted_by_last_seen__asks_the_server_for_that_order(page: Page, invite: Any) -> None:
    invite("eve@example.com")
    page.goto("/settings/members")
    page.get_by_role("button", name="Last seen").click()
    expect(page.get_by_role("columnheader", name="Last seen")).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile("sort=-lastSeen"))


def test_members__given_another_role__may_do_what_it_allows(page: Page, api: Calls, invite: Any) -> None:
    member = invite("fay@example.com")
    page.goto("/settings/members?query=fay")
    page.get_by_role("button", name="Change what fay@example.com may do").click()
    page.get_by_role("radio", name="Admin").check()
    page.get_by_role("button", name="Add a role attribute").click()
    page.get_by_role("textbox", name="Name, such as project").fill("project")
    page.get_by_role("combobox", name="Values of project").fill("shop")
    page.get_by_role("combobox", name="Values of project").press("Enter")
    require_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(row_of(page, "fay@example.com")).to_contain_text("Admin")
    saved = api.get(f"/api/v2/members/{member['_id']}", expand="roleAttributes")
    assert (saved["role"], saved["roleAttributes"]) == ("admin", {"project": ["shop"]})


def test_members__given_more_than_one_has__says_why_not(
    reader_page: Page, invite: Any, tolerated: list[str]
) -> None:
    tolerated.append("403 (Forbidden)")
    invite("gus@example.com")
    reader_page.goto("/settings/members?query=gus")
    reader_page.get_by_role("button", name="Change what gus@example.com may do").click()
    reader_page.get_by_role("radio", name="Admin").check()
    reader_page.get_by_role("button", name="Save").click()
    expect(reader_page.get_by_role("dialog").get_by_role("alert")).to_contain_text("updateRole")


def test_members__new_link__is_shown_once(page: Page, invite: Any) -> None:
    invite("hal@example.com")
    page.goto("/settings/members?query=hal")
    page.get_by_role("button", name="A new sign-in link for hal@example.com").click()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("region", name="Link for hal@example.com")).to_contain_text("/welcome/")


def test_members__removed__after_the_email_is_typed(page: Page, api: Calls, invite: Any) -> None:
    invite("ida@example.com")
    page.goto("/settings/members?query=ida")
    page.get_by_role("button", name="Remove ida@example.com").click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Delete")
    expect(confirm).to_be_disabled()
    page.get_by_label("Type ida@example.com to confirm").fill("ida@example.com")
    confirm.click()
    expect(page.get_by_role("heading", name="No member is like this")).to_be_visible()
    assert api.get("/api/v2/members", filter="email:ida@example.com")["totalCount"] == 0


def test_teams__created_in_the_dialog__leads_to_its_page(page: Page, api: Calls, invite: Any) -> None:
    invite("jan@example.com")
    page.goto("/settings/teams")
    page.get_by_role("button", name="Create a team").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("The Shop")
    dialog.get_by_role("combobox", name="Members").fill("jan@")
    page.get_by_role("option", name="jan@example.com").click()
    dialog.get_by_role("button", name="Create a team").click()
    expect(page).to_have_url(re.compile("/settings/teams/the-shop$"))
    expect(row_of(page, "jan@example.com")).to_be_visible()
    require_accessible(page)
    page.goto("/settings/teams?query=shop")
    expect(row_of(page, "The Shop")).to_contain_text("1")
    require_accessible(page)
    assert api.get("/api/v2/teams/the-shop", expand="members")["members"]["totalCount"] == 1


def test_teams__key_taken__says_so_beside_it(page: Page, api: Calls, tolerated: list[str]) -> None:
    tolerated.append("409 (Conflict)")
    api.post("/api/v2/teams", {"key": "taken", "name": "Taken"})
    page.goto("/settings/teams")
    page.get_by_role("button", name="Create a team").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Taken")
    dialog.get_by_role("button", name="Create a team").click()
    expect(dialog.get_by_text("There is a team with the key 'taken' already")).to_be_visible()


def test_team__changed_in_every_part__is_so_in_the_api(page: Page, api: Calls, invite: Any) -> None:
    invite("kim@example.com", firstName="Kim", lastName="Cho")
    statement = {"effect": "allow", "resources": ["team/*"], "actions": ["viewTeam"]}
    api.post("/api/v2/roles", {"key": "looker", "name": "Looker", "policy": [statement]})
    api.post("/api/v2/teams", {"key": "orders", "name": "Orders"})
    page.goto("/settings/teams/orders")
    expect(page.get_by_role("heading", name="Nobody is in this team yet")).to_be_visible()
    require_accessible(page)

    page.get_by_role("button", name="Add members").click()
    page.get_by_role("combobox", name="Members").fill("kim")
    page.get_by_role("option", name="Kim Cho (kim@example.com)").click()
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(row_of(page, "Kim Cho")).to_be_visible()

    page.get_by_role("button", name="Add maintainers").click()
    page.get_by_role("combobox", name="Members").fill("kim")
    page.get_by_role("option", name="Kim Cho (kim@example.com)").click()
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(page.get_by_role("button", name="Kim Cho no longer looks after the team")).to_be_visible()

    page.get_by_role("combobox", name="Custom roles").click()
    page.get_by_role("option", name="Looker").click()
    page.get_by_role("button", name="Save what the team may do").click()
    expect(page.get_by_text("The team is changed").first).to_be_visible()

    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Name").fill("Orders and returns")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Orders and returns", level=1)).to_be_visible()
    team = api.get("/api/v2/teams/orders", expand="members,maintainers,roles")
    assert team["members"]["totalCount"] == 1
    assert [each["firstName"] for each in team["maintainers"]["items"]] == ["Kim"]
    assert [each["key"] for each in team["roles"]["items"]] == ["looker"]

    page.get_by_role("button", name="Take Kim Cho out of Orders and returns").click()
    expect(page.get_by_role("heading", name="Nobody is in this team yet")).to_be_visible()


def test_team__looked_at_by_a_reader__tells_why_nothing_can_be_changed(reader_page: Page, api: Calls) -> None:
    api.post("/api/v2/teams", {"key": "watched", "name": "Watched"})
    reader_page.goto("/settings/teams/watched")
    expect(reader_page.get_by_role("button", name="Edit")).to_be_disabled()
    expect(reader_page.get_by_text("Your role does not allow updateTeamCustomRoles")).to_be_visible()
    require_accessible(reader_page)


def test_team__deleted__after_the_key_is_typed(page: Page, api: Calls) -> None:
    api.post("/api/v2/teams", {"key": "over", "name": "Over"})
    page.goto("/settings/teams/over")
    page.get_by_role("button", name="Delete").click()
    page.get_by_label("Type over to confirm").fill("over")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/settings/teams$"))
