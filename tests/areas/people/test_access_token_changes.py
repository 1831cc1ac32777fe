"""Access tokens through HTTP: changing, deleting and resetting them; nobody lifts themselves up."""

from typing import Any

import pytest

from areas.people.members import a_member, a_personal_token, signed_in
from areas.people.tokens import (
    MAKE_TOKENS,
    NO_TEST,
    TOKENS,
    UNKNOWN,
    VIEW_PROJECTS,
    actions_logged,
    create_token,
    path_of,
    path_of_caller,
)
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database


def test_patchToken__json_patch__changes_and_logs(api: Any, clock: FixedClock) -> None:
    token = create_token(api, role="reader")
    clock.advance(MINUTE)
    patch = [
        {"op": "replace", "path": "/name", "value": "renamed"},
        {"op": "replace", "path": "/role", "value": "writer"},
        {"op": "replace", "path": "/defaultApiVersion", "value": 20220603},
    ]
    changed = api.patch(path_of(token), patch).json()
    assert (changed["name"], changed["role"], changed["defaultApiVersion"]) == ("renamed", "writer", 20220603)
    assert changed["lastModified"] == clock.at > changed["creationDate"]
    assert changed["token"] == token["token"][-4:]
    assert actions_logged(api, token) == {
        "updateAccessTokenName",
        "updateAccessTokenPolicy",
        "updateAccessTokenApiVersion",
        "createAccessToken",
    }


def test_patchToken__new_role__counts_at_once(api: Any) -> None:
    token = create_token(api, role="reader")
    caller = api.as_token(token["token"])
    body = {"key": "web", "name": "Web"}
    assert caller.post("/api/v2/projects", body).status_code == 403
    api.patch(path_of(token), [{"op": "replace", "path": "/role", "value": "writer"}])
    assert caller.post("/api/v2/projects", body).status_code == 201


def test_patchToken__role_for_inline_role__takes_one_of_them(api: Any, clock: FixedClock) -> None:
    token = create_token(api, inlineRole=[VIEW_PROJECTS])
    both = [{"op": "add", "path": "/role", "value": "reader"}]
    assert api.patch(path_of(token), both).status_code == 400
    changed = api.patch(path_of(token), [*both, {"op": "remove", "path": "/inlineRole"}]).json()
    assert changed["role"] == "reader"
    assert "inlineRole" not in changed
    clock.advance(1)
    merged = api.patch(
        path_of(token), {"merge": {"role": "", "inlineRole": [NO_TEST]}, "comment": "why"}
    ).json()
    assert merged["inlineRole"] == [NO_TEST]
    [entry, *_] = api.get("/api/v2/auditlog").json()["items"]
    assert entry["comment"] == "why"


@pytest.mark.parametrize(
    ("patch", "status"),
    [
        ([{"op": "replace", "path": "/token", "value": "api-mine"}], 400),
        ([{"op": "replace", "path": "/serviceToken", "value": False}], 400),
        ([{"op": "replace", "path": "/role", "value": "owner"}], 400),
        ([{"op": "replace", "path": "/customRoleIds", "value": ["x"]}], 400),
        ([{"op": "replace", "path": "/inlineRole/0/effect", "value": "deny"}], 422),
        ([{"op": "test", "path": "/name", "value": "other"}], 409),
        ({"instructions": []}, 400),
        ("reader", 400),
    ],
)
def test_patchToken__impossible_patch__is_refused(api: Any, patch: Any, status: int) -> None:
    assert api.patch(path_of(create_token(api, role="reader")), patch).status_code == status


def test_patchToken__without_the_right__is_refused(api: Any) -> None:
    token = create_token(api, role="reader")
    patch = [{"op": "replace", "path": "/name", "value": "mine"}]
    assert api.as_nobody().patch(path_of(token), patch).status_code == 401
    assert api.as_token(token["token"]).patch(path_of(token), patch).status_code == 403
    assert api.patch(UNKNOWN, patch).status_code == 404


def test_patchToken__lifting_oneself_up__answers_403(api: Any) -> None:
    maker = create_token(api, inlineRole=[MAKE_TOKENS])
    caller = api.as_token(maker["token"])
    lift = [{"op": "add", "path": "/role", "value": "admin"}, {"op": "remove", "path": "/inlineRole"}]
    assert caller.patch(path_of(maker), lift).status_code == 403
    rename = [{"op": "replace", "path": "/name", "value": "still the same"}]
    assert caller.patch(path_of(maker), rename).status_code == 200


def test_patchToken__last_admin__answers_409(api: Any) -> None:
    demote = [{"op": "replace", "path": "/role", "value": "writer"}]
    assert api.patch(path_of_caller(api), demote).status_code == 409
    assert api.get(path_of_caller(api)).json()["role"] == "admin"
    api.as_role("admin")
    assert api.patch(path_of_caller(api), demote).status_code == 200


def test_deleteToken__deleted__lets_nobody_in(api: Any) -> None:
    token = create_token(api, role="reader")
    caller = api.as_token(token["token"])
    assert caller.get(TOKENS).status_code == 200
    assert api.delete(path_of(token)).status_code == 204
    assert caller.get(TOKENS).status_code == 401
    assert api.get(path_of(token)).status_code == 404
    assert actions_logged(api, token) == {"deleteAccessToken", "createAccessToken"}


def test_deleteToken__without_the_right__is_refused(api: Any) -> None:
    token = create_token(api, role="reader")
    assert api.as_nobody().delete(path_of(token)).status_code == 401
    assert api.as_role("writer").delete(path_of(token)).status_code == 403
    assert api.delete(UNKNOWN).status_code == 404


def test_deleteToken__itself__is_allowed(api: Any) -> None:
    reader = api.as_role("reader")
    assert reader.delete(path_of_caller(reader)).status_code == 204
    assert reader.get(TOKENS).status_code == 401


def test_deleteToken__last_admin__answers_409(api: Any) -> None:
    api.as_role("writer")
    assert api.delete(path_of_caller(api)).status_code == 409
    api.as_role("admin")
    assert api.delete(path_of_caller(api)).status_code == 204


@pytest.mark.parametrize("role", ["reader", "writer", "admin"])
def test_deleteToken__last_but_those_of_members__counts_what_their_owners_may(
    api: Any, database: Database, role: str
) -> None:
    """A token that says it is an admin's does not get in where an admin does, if its owner is none."""
    member = signed_in(api, database, a_member(api, "ann@example.com", role=role))
    personal = a_personal_token(member, role="admin")
    api.post("/api/v2/roles", {"key": "none", "name": "None", "policy": []})
    narrow = signed_in(api, database, a_member(api, "bo@example.com", role="admin", customRoles=["none"]))
    a_personal_token(narrow, role="admin")
    last = api.delete(path_of_caller(api)).status_code
    assert last == (204 if role == "admin" else 409)
    ended = personal.delete(path_of_caller(personal)).status_code
    assert ended == (409 if role == "admin" else 204)


def test_resetToken__no_expiry__ends_every_old_secret(api: Any, clock: FixedClock) -> None:
    token = create_token(api, role="reader")
    second = api.post(f"{path_of(token)}/reset?expiry={clock.at + MINUTE}").json()
    third = api.post(f"{path_of(token)}/reset").json()
    assert third["token"].startswith("api-")
    assert third["_id"] == token["_id"]
    works = [api.as_token(one["token"]).get(TOKENS).status_code for one in (token, second, third)]
    assert works == [401, 401, 200]
    assert actions_logged(api, token) == {"resetAccessToken", "createAccessToken"}


def test_resetToken__expiry__keeps_the_old_secret_until_then(api: Any, clock: FixedClock) -> None:
    token = create_token(api, role="reader")
    old = api.as_token(token["token"])
    new = api.as_token(api.post(f"{path_of(token)}/reset?expiry={clock.at + MINUTE}").json()["token"])
    clock.advance(MINUTE - 1)
    assert [old.get(TOKENS).status_code, new.get(TOKENS).status_code] == [200, 200]
    clock.advance(1)
    assert [old.get(TOKENS).status_code, new.get(TOKENS).status_code] == [401, 200]


def test_resetToken__expiry_in_the_past__ends_the_old_secret(api: Any, clock: FixedClock) -> None:
    token = create_token(api, role="reader")
    api.post(f"{path_of(token)}/reset?expiry={clock.at - 1}")
    assert api.as_token(token["token"]).get(TOKENS).status_code == 401


def test_resetToken__itself__is_allowed_with_the_present_secret_only(api: Any, clock: FixedClock) -> None:
    old = api.as_role("reader")
    own = path_of_caller(old)
    assert old.post(f"{own}/reset?expiry={clock.at + MINUTE}").status_code == 200
    assert old.get(TOKENS).status_code == 200
    assert old.post(f"{own}/reset").status_code == 403


@pytest.mark.parametrize("role", ["reader", "admin"])
def test_resetToken__with_an_old_secret__is_refused_whatever_the_role(
    api: Any, clock: FixedClock, role: str
) -> None:
    token = create_token(api, role=role)
    old = api.as_token(token["token"])
    new = api.as_token(api.post(f"{path_of(token)}/reset?expiry={clock.at + MINUTE}").json()["token"])

    assert old.get(path_of(token)).status_code == 200
    assert old.post(f"{path_of(token)}/reset").status_code == 403
    assert old.post(TOKENS, json={"name": "another", "role": role}).status_code == 403
    assert new.get(path_of(token)).status_code == 200


def test_resetToken__without_the_right__is_refused(api: Any) -> None:
    token = create_token(api, role="reader")
    assert api.as_nobody().post(f"{path_of(token)}/reset").status_code == 401
    assert api.as_role("writer").post(f"{path_of(token)}/reset").status_code == 403
    assert api.post(f"{UNKNOWN}/reset").status_code == 404
    assert api.post(f"{path_of(token)}/reset?expiry=soon").status_code == 400


def test_resetToken__of_a_mightier_token__answers_403(api: Any) -> None:
    maker = api.as_token(create_token(api, inlineRole=[MAKE_TOKENS])["token"])
    assert maker.post(f"{path_of_caller(api)}/reset").status_code == 403
