"""Members: who there is, what they may do, and that nobody lifts themselves up."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.testclient import TestClient

from areas.people.members import PASSWORD, a_member, a_personal_token, signed_in
from daybreak.platform.account import ACCOUNT_ID
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from statements import count_statements

MEMBERS = "/api/v2/members"
FLAGS = {"effect": "allow", "resources": ["proj/web:env/*:flag/*"], "actions": ["*"]}


def patched(api: Any, id: str, path: str, value: Any) -> Any:
    return api.patch(f"{MEMBERS}/{id}", [{"op": "replace", "path": path, "value": value}])


def test_getMembers__new_account__has_its_owner(api: Any) -> None:
    [owner] = api.get(MEMBERS).json()["items"]
    assert (owner["_id"], owner["role"], owner["_pendingInvite"]) == (ACCOUNT_ID, "owner", True)


def test_postMembers__one_of_them_exists__invites_nobody(api: Any) -> None:
    a_member(api, "ann@example.com")
    refused = api.post(
        MEMBERS, [{"email": e, "role": "reader"} for e in ("bo@example.com", "ANN@example.com")]
    )
    assert refused.status_code == 400
    assert refused.json()["code"] == "email_already_exists_in_account"
    assert refused.json()["invalid_emails"] == ["ann@example.com"]
    assert api.get(MEMBERS).json()["totalCount"] == 2


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ([{"email": "ann", "role": "reader"}], "email"),
        ([{"email": "ann@example.com"}], "role"),
        ([{"email": "ann@example.com", "role": "owner"}], "role"),
        ([{"email": "ann@example.com", "customRoles": ["nothing"]}], "customRoles"),
        ([{"email": "ann@example.com", "role": "reader", "password": "short"}], "password"),
        (
            [{"email": "ann@example.com", "role": "reader", "roleAttributes": {"a": ["x:y"]}}],
            "roleAttributes",
        ),
        ([{"email": "a@example.com", "role": "reader"}] * 2, "duplicate_emails"),
        ([{"email": f"{n}@example.com", "role": "reader"} for n in range(51)], "length"),
        ([], "length"),
    ],
)
def test_postMembers__what_cannot_be__answers_400(api: Any, body: Any, word: str) -> None:
    refused = api.post(MEMBERS, body)
    assert (refused.status_code, word in refused.text) == (400, True), refused.text
    assert api.get(MEMBERS).json()["totalCount"] == 1


def test_postMembers__passwords__are_seen_to_before_others_have_to_wait(api: Any, database: Database) -> None:
    """Somebody else is writing meanwhile; what is refused is refused all the same."""
    weak = [{"email": "ann@example.com", "role": "reader", "password": "short"}]
    with ThreadPoolExecutor(1) as executor, database.writing():
        refused = executor.submit(api.post, MEMBERS, weak)
        assert refused.result(timeout=20).status_code == 400


def test_postMembers__password__is_what_they_sign_in_with(api: Any, app: Any) -> None:
    a_member(api, "ann@example.com", password=PASSWORD)
    browser = TestClient(app, headers={"Origin": "http://testserver"}, follow_redirects=False)
    for password, status in ((PASSWORD, 303), ("a different phrase", 401)):
        data = {"email": "ann@example.com", "password": password}
        assert browser.post("/sign-in", data=data).status_code == status
    browser.close()


def test_getMembers__filters_and_sorts__choose_and_order(api: Any) -> None:
    api.post("/api/v2/teams", {"key": "crew", "name": "Crew"})
    a_member(api, "zoe@example.com", firstName="Ann", role="writer", teamKeys=["crew"])
    a_member(api, "bo@example.com", role="admin")

    def emails(**query: str) -> list[str]:
        return [member["email"] for member in api.get(MEMBERS, **query).json()["items"]]

    assert emails(filter="query:ZOE") == emails(filter="query:ann") == ["zoe@example.com"]
    assert emails(filter="role:admin|nothing", sort="-creationDate") == ["", "bo@example.com"]
    assert emails(filter="team:CREW") == emails(filter="noteam:false") == ["zoe@example.com"]
    assert emails(filter="noteam:true,email:BO@example.com") == ["bo@example.com"]
    assert emails(sort="displayName") == ["", "zoe@example.com", "bo@example.com"]
    assert emails(filter='lastSeen:{"never": true}', limit="1") == ["zoe@example.com"]
    assert api.get(MEMBERS, filter="lastSeen:{}").status_code == 400
    assert api.get(MEMBERS, filter="noteam:perhaps").status_code == 400


def test_patchMember__role__takes_custom_roles_away(api: Any) -> None:
    api.post("/api/v2/roles", {"key": "flaggers", "name": "x", "policy": [FLAGS]})
    id = a_member(api, "ann@example.com", customRoles=["flaggers"])
    assert api.get(f"{MEMBERS}/{id}").json()["role"] == "no_access"
    after = patched(api, id, "/role", "writer").json()
    assert (after["role"], after["customRoles"]) == ("writer", [])


def test_patchMember__owner__is_handed_over_by_the_owner_alone(api: Any, database: Database) -> None:
    id = a_member(api, "ann@example.com", role="admin")
    assert patched(api, ACCOUNT_ID, "/role", "admin").status_code == 409
    assert api.delete(f"{MEMBERS}/{ACCOUNT_ID}").status_code == 409
    assert patched(api, id, "/role", "owner").status_code == 403
    owner = signed_in(api, database, ACCOUNT_ID)
    assert patched(owner, id, "/role", "owner").status_code == 200
    roles = {member["_id"]: member["role"] for member in api.get(MEMBERS).json()["items"]}
    assert roles == {ACCOUNT_ID: "admin", id: "owner"}


def test_personal_token__owner_loses_a_role__loses_it_too(api: Any, database: Database) -> None:
    api.post("/api/v2/projects", {"key": "web", "name": "Web"})
    id = a_member(api, "ann@example.com", role="writer")
    token = a_personal_token(signed_in(api, database, id), role="writer")
    assert token.post("/api/v2/flags/web", {"key": "one", "name": "One"}).status_code == 201
    assert patched(api, id, "/role", "reader").status_code == 200
    assert token.post("/api/v2/flags/web", {"key": "two", "name": "Two"}).status_code == 403
    assert token.get("/api/v2/flags/web/one").status_code == 200
    assert api.delete(f"{MEMBERS}/{id}").status_code == 204
    assert token.get("/api/v2/flags/web/one").status_code == 401


def test_members__what_everybody_may__is_their_own(api: Any, database: Database) -> None:
    id = a_member(api, "ann@example.com", role="no_access")
    other = a_member(api, "bo@example.com")
    ann = signed_in(api, database, id)
    assert ann.get(f"{MEMBERS}/me").json()["email"] == "ann@example.com"
    assert patched(ann, id, "/firstName", "Ann").json()["firstName"] == "Ann"
    assert patched(ann, id, "/role", "admin").status_code == 403
    assert patched(ann, other, "/firstName", "Bob").status_code == 403
    assert ann.get(f"{MEMBERS}/{other}").status_code == 403
    assert [member["_id"] for member in ann.get(MEMBERS).json()["items"]] == [id]
    token = a_personal_token(ann, role="admin")
    assert [member["_id"] for member in token.get(MEMBERS).json()["items"]] == [id]
    assert token.post("/api/v2/members", [{"email": "dee@example.com", "role": "reader"}]).status_code == 403
    assert ann.post("/api/v2/tokens", {"serviceToken": True, "role": "reader"}).status_code == 403


def test_patchMember__rights_the_caller_lacks__answers_403(api: Any) -> None:
    promote = {"effect": "allow", "resources": ["member/*"], "actions": ["updateRole", "updateCustomRole"]}
    api.post("/api/v2/roles", {"key": "promoters", "name": "x", "policy": [promote, FLAGS]})
    api.post("/api/v2/roles", {"key": "flaggers", "name": "x", "policy": [FLAGS]})
    body = {"serviceToken": True, "customRoleIds": ["promoters"]}
    promoter = api.as_token(api.post("/api/v2/tokens", body).json()["token"])
    id = a_member(api, "ann@example.com")
    assert patched(promoter, id, "/role", "admin").status_code == 403
    assert patched(promoter, id, "/customRoles", ["flaggers"]).status_code == 200


def test_patchMembers__some_cannot_be_changed__tells_which(api: Any) -> None:
    ann, bo = a_member(api, "ann@example.com"), a_member(api, "bo@example.com", role="admin")
    everybody = {"kind": "replaceAllMembersRoles", "value": "writer", "filterQuery": "bo@"}
    told = api.patch(MEMBERS, {"instructions": [everybody]}).json()
    assert told["members"] == [ann]
    assert list(told["errors"][0]) == [ACCOUNT_ID]
    attributes = {"kind": "replaceMembersRoleAttributes", "value": {"a": ["x"]}, "memberIDs": [ann, bo]}
    assert api.patch(MEMBERS, {"instructions": [attributes]}).json()["members"] == [ann, bo]
    unknown = {"kind": "replaceMembersRoles", "value": "reader", "memberIDs": [ann, "f" * 24]}
    assert api.patch(MEMBERS, {"instructions": [unknown]}).status_code == 400
    assert api.patch(MEMBERS, {"instructions": [{"kind": "promote"}]}).status_code == 400
    assert api.get(f"{MEMBERS}/{ann}").json()["role"] == "writer"


def test_getMembers__seen_with_a_token__tells_when(
    api: Any, database: Database, clock: FixedClock, reading_app: Any
) -> None:
    id = a_member(api, "ann@example.com")
    a_personal_token(signed_in(api, database, id), role="reader").get(f"{MEMBERS}/me")
    [job] = [job for job in reading_app.jobs.list_due() if "seen" in job.name]
    assert reading_app.jobs.run(job)
    seen = api.get(f"{MEMBERS}/{id}").json()
    assert seen["_lastSeen"] == clock.at
    assert seen["_lastSeenMetadata"]["tokenId"]
    [entry] = [e for e in api.get("/api/v2/auditlog").json()["items"] if "ann@" in e["title"]][:1]
    assert entry["kind"] == "member" or entry["member"]["_id"] == id


def test_getAuditLogEntries__by_a_member__names_them_for_good(api: Any, database: Database) -> None:
    id = a_member(api, "ann@example.com", role="writer", firstName="Ann")
    signed_in(api, database, id).post("/api/v2/projects", {"key": "web", "name": "Web"})
    api.delete(f"{MEMBERS}/{id}")
    entry = api.get("/api/v2/auditlog", member=id).json()["items"][-1]
    assert (entry["member"]["email"], entry["subject"]["name"]) == ("ann@example.com", "Ann")
    assert "token" not in entry


def test_getMembers__twenty_for_one__as_many_queries(api: Any, database: Database) -> None:
    for_one = count_statements(database, lambda: api.get(MEMBERS, expand="roleAttributes"))
    for number in range(19):
        a_member(api, f"{number}@example.com")
    assert count_statements(database, lambda: api.get(MEMBERS, expand="roleAttributes")) == for_one


def test_getMembers__access_check__chooses_who_may(api: Any) -> None:
    writes = [{"effect": "allow", "resources": ["proj/web:env/test:flag/a*"], "actions": ["updateOn"]}]
    assert api.post("/api/v2/roles", {"key": "few", "name": "Few", "policy": writes}).status_code == 201
    for email, given in (
        ("ann", {"role": "writer"}),
        ("bo", {"role": "reader"}),
        ("cy", {"customRoles": ["few"]}),
    ):
        a_member(api, f"{email}@example.com", **given)

    def ask(check: str, version: str = "20220603") -> Any:
        path = f"{MEMBERS}?filter=accessCheck:{check}"
        return api.request("GET", path, headers={"LD-API-Version": version})

    def able(check: str) -> set[str]:
        return {each["email"].partition("@")[0] for each in ask(check).json()["items"]}

    assert able("updateOn:proj/web:env/test:flag/abc") == {"", "ann", "cy"}
    assert able("updateOn:proj/web:env/production:flag/abc") == {"", "ann"}
    assert able("viewFlag:proj/web:env/test:flag/abc") == {"", "ann", "bo", "cy"}
    for wrong in ("updateOn", "updateOn:*", "updateOn:proj/*", "updateOn:proj/web;eu", "updateOn:proj"):
        assert ask(wrong).status_code == 400, wrong
    assert ask("updateOn:proj/web", "20240415").status_code == 400
