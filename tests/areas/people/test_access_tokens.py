"""Access tokens through HTTP: secrets, roles, visibility, and that nobody lifts themselves up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, get_args

import pytest
from sqlalchemy import event, select

from daybreak.app import Daybreak
from daybreak.areas.people.access_tokens.grants import grants_more
from daybreak.areas.people.access_tokens.requests import ApiVersion
from daybreak.areas.people.access_tokens.tables import access_tokens, expiring_secrets, token_uses
from daybreak.areas.people.area import TokenUse, jobs
from daybreak.areas.people.intake import create_first_token, create_service_token
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.errors import InvalidRequest, ValidationFailed
from daybreak.platform.identifiers import digest
from daybreak.rest.versioning import VALID_VERSIONS

TOKENS = "/api/v2/tokens"
UNKNOWN = f"{TOKENS}/0123456789abcdef01234567"

VIEW_PROJECTS = {"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]}
MAKE_TOKENS = {"effect": "allow", "resources": ["service-token/*"], "actions": ["*"]}
NO_TEST = {"effect": "deny", "resources": ["proj/*:env/test"], "actions": ["*"]}


def _create(api: Any, **body: Any) -> dict[str, Any]:
    response = api.post(TOKENS, {"name": "a token", "serviceToken": True, **body})
    assert response.status_code == 201, response.text
    created: dict[str, Any] = response.json()
    return created


def _path(token: dict[str, Any]) -> str:
    return f"{TOKENS}/{token['_id']}"


def _itself(api: Any) -> str:
    return f"{TOKENS}/{api.get('/api/v2/caller-identity').json()['tokenId']}"


def _actions_logged(api: Any, token: dict[str, Any]) -> list[str]:
    entries = api.get("/api/v2/auditlog", spec=f"service-token/{token['_id']}", limit=20).json()["items"]
    return [access["action"] for entry in entries for access in entry["accesses"]]


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


# Creating


def test_postToken__role__shows_the_secret_once(api: Any) -> None:
    created = _create(api, role="writer", description="for the pipeline")
    assert created["token"].startswith("api-")
    assert (created["role"], created["serviceToken"], created["defaultApiVersion"]) == ("writer", True, 20240415)
    assert "inlineRole" not in created
    assert "customRoleIds" not in created
    assert created["ownerId"] == created["memberId"] == api.get("/api/v2/account").json()["_id"]
    again = api.get(_path(created)).json()
    assert again == created | {"token": created["token"][-4:]}
    assert _actions_logged(api, created) == ["createAccessToken"]


def test_postToken__created__authenticates(api: Any) -> None:
    caller = api.as_token(_create(api, role="reader")["token"])
    assert caller.get("/api/v2/projects").status_code == 200
    refused = caller.post("/api/v2/projects", {"key": "web", "name": "Web"})
    assert refused.status_code == 403


def test_postToken__stored__holds_no_secret(api: Any, database: Database) -> None:
    secret = _create(api, role="reader")["token"]
    with database.reading() as db:
        everything = repr([db.rows(select(table)) for table in (access_tokens, expiring_secrets)])
        logged = api.get("/api/v2/auditlog").text
    assert digest(secret) in everything
    assert secret not in everything
    assert secret not in logged


def test_postToken__inline_role__is_obeyed(api: Any) -> None:
    created = _create(api, inlineRole=[{**VIEW_PROJECTS, "notResources": []}, NO_TEST])
    assert created["inlineRole"] == [VIEW_PROJECTS, NO_TEST]
    assert "role" not in created
    api.post("/api/v2/projects", {"key": "web", "name": "Web"})
    caller = api.as_token(created["token"])
    assert [p["key"] for p in caller.get("/api/v2/projects").json()["items"]] == ["web"]
    assert caller.delete("/api/v2/projects/web").status_code == 403


def test_postToken__personal__is_the_default(api: Any) -> None:
    created = api.post(TOKENS, {"role": "reader"}).json()
    assert created["serviceToken"] is False
    identity = api.as_token(created["token"]).get("/api/v2/caller-identity").json()
    assert identity["memberId"] == created["memberId"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "exactly one"),
        ({"role": "reader", "inlineRole": [VIEW_PROJECTS]}, "exactly one"),
        ({"role": "", "inlineRole": []}, "exactly one"),
        ({"role": "owner"}, "role"),
        ({"customRoleIds": ["0123456789abcdef01234567"]}, "0123456789abcdef01234567"),
        ({"inlineRole": [{"effect": "allow", "resources": ["proj/*"]}]}, "actions"),
        ({"inlineRole": [{"effect": "allow", "resources": ["proj"], "actions": ["*"]}]}, "proj/*"),
        ({"inlineRole": [{"effect": "maybe", "resources": ["proj/*"], "actions": ["*"]}]}, "effect"),
        ({"role": "reader", "defaultApiVersion": 20200101}, "defaultApiVersion"),
        ({"role": "reader", "name": "n" * 257}, "name"),
    ],
)  # fmt: skip
def test_postToken__impossible_body__answers_400(api: Any, body: dict[str, Any], reason: str) -> None:
    response = api.post(TOKENS, body)
    assert response.status_code == 400
    assert reason in response.text


def test_postToken__not_an_admin__answers_403(api: Any) -> None:
    assert api.as_nobody().post(TOKENS, {"role": "reader"}).status_code == 401
    assert api.as_role("reader").post(TOKENS, {"role": "reader"}).status_code == 403
    assert api.as_role("writer").post(TOKENS, {"role": "reader"}).status_code == 403


def test_postToken__more_than_its_maker_has__answers_403(api: Any) -> None:
    maker = api.as_token(_create(api, inlineRole=[MAKE_TOKENS, VIEW_PROJECTS, NO_TEST])["token"])
    for more in (
        {"role": "reader"},
        {"role": "admin"},
        {"inlineRole": [VIEW_PROJECTS]},
        {"inlineRole": [{**VIEW_PROJECTS, "actions": ["*"]}, NO_TEST]},
    ):
        assert maker.post(TOKENS, {"serviceToken": True, **more}).status_code == 403, more
    no_more = maker.post(TOKENS, {"serviceToken": True, "inlineRole": [VIEW_PROJECTS, NO_TEST]})
    assert no_more.status_code == 201


@pytest.mark.parametrize(
    ("maker", "role", "is_more"),
    [
        ("admin", "admin", False),
        ("admin", "", False),
        ("owner", "admin", False),
        ("writer", "admin", True),
        ("writer", "writer", False),
        ("writer", "reader", False),
        ("writer", "", True),
        ("reader", "writer", True),
        ("", "reader", True),
        ("", "", True),
    ],
)
def test_grants_more__maker_and_token__compares_them(maker: str, role: str, *, is_more: bool) -> None:
    inline = Policy("inline role", parse_statements([MAKE_TOKENS]))
    policy = BUILT_IN_ROLES[role] if role else inline
    policies = (BUILT_IN_ROLES[maker],) if maker else ()
    assert grants_more(policy, role, maker_role=maker, maker_policies=policies) is is_more


def test_api_versions__of_tokens__are_those_of_the_api() -> None:
    assert get_args(ApiVersion) == VALID_VERSIONS


# Listing and reading


def test_getTokens__pages__are_linked(api: Any, clock: FixedClock) -> None:
    for _ in range(3):
        clock.advance(1)
        _create(api, role="reader")
    page = api.get(TOKENS, limit=2).json()
    assert (len(page["items"]), page["totalCount"]) == (2, 4)
    assert "offset=2" in page["_links"]["next"]["href"]
    rest = api.get(page["_links"]["next"]["href"]).json()
    assert [t["creationDate"] for t in page["items"] + rest["items"]] == sorted(
        t["creationDate"] for t in page["items"] + rest["items"]
    )


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"offset": -1}, {"showAll": "maybe"}])
def test_getTokens__impossible_query__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(TOKENS, **query).status_code == 400


def test_getTokens__nobody__answers_401(api: Any) -> None:
    assert api.as_nobody().get(TOKENS).status_code == 401
    assert api.as_token("api-unknown").get(TOKENS).status_code == 401
    assert api.as_token("Bearer x").get(TOKENS).status_code == 401


def test_getTokens__personal_tokens__are_shown_to_their_owner_and_to_admins_who_ask(api: Any) -> None:
    personal = _create(api, role="reader", serviceToken=False)

    def seen(caller: Any, **query: Any) -> bool:
        items = caller.get(TOKENS, **query).json()["items"]
        return personal["_id"] in [item["_id"] for item in items]

    assert not seen(api)
    assert seen(api, showAll="true")
    assert seen(api.as_token(personal["token"]))
    writer = api.as_role("writer")
    assert not seen(writer, showAll="true")
    assert writer.get(_path(personal)).status_code == 404
    assert api.get(_path(personal)).status_code == 200


def test_getTokens__narrow_policy__shows_what_it_speaks_of(api: Any) -> None:
    shown = _create(api, role="reader")
    only = {"effect": "allow", "resources": [f"service-token/{shown['_id']}"], "actions": ["viewAccessToken"]}
    narrow = _create(api, inlineRole=[only])
    listed = api.as_token(narrow["token"]).get(TOKENS).json()
    assert {item["_id"] for item in listed["items"]} == {shown["_id"], narrow["_id"]}
    assert listed["totalCount"] == 2
    assert api.as_token(narrow["token"]).get(_itself(api)).status_code == 403


def test_getTokens__one_or_twenty__runs_as_many_queries(api: Any, database: Database) -> None:
    with _statements(database) as with_one:
        assert len(api.get(TOKENS).json()["items"]) == 1
    for _ in range(19):
        _create(api, role="reader")
    api.get(TOKENS)
    with _statements(database) as with_twenty:
        assert len(api.get(TOKENS).json()["items"]) == 20
    # The token itself is looked up again after a change, and remembered from then on.
    assert len(with_twenty) <= len(with_one)


def test_getToken__unknown__answers_404(api: Any) -> None:
    assert api.get(UNKNOWN).status_code == 404
    assert api.get(f"{TOKENS}/nonsense").status_code == 404


# Changing


def test_patchToken__json_patch__changes_and_logs(api: Any, clock: FixedClock) -> None:
    token = _create(api, role="reader")
    clock.advance(MINUTE)
    patch = [
        {"op": "replace", "path": "/name", "value": "renamed"},
        {"op": "replace", "path": "/role", "value": "writer"},
        {"op": "replace", "path": "/defaultApiVersion", "value": 20220603},
    ]
    changed = api.patch(_path(token), patch).json()
    assert (changed["name"], changed["role"], changed["defaultApiVersion"]) == ("renamed", "writer", 20220603)
    assert changed["lastModified"] == clock.at > changed["creationDate"]
    assert changed["token"] == token["token"][-4:]
    assert _actions_logged(api, token) == [
        "updateAccessTokenName",
        "updateAccessTokenPolicy",
        "updateAccessTokenApiVersion",
        "createAccessToken",
    ]


def test_patchToken__new_role__counts_at_once(api: Any) -> None:
    token = _create(api, role="reader")
    caller = api.as_token(token["token"])
    body = {"key": "web", "name": "Web"}
    assert caller.post("/api/v2/projects", body).status_code == 403
    api.patch(_path(token), [{"op": "replace", "path": "/role", "value": "writer"}])
    assert caller.post("/api/v2/projects", body).status_code == 201


def test_patchToken__role_for_inline_role__takes_one_of_them(api: Any) -> None:
    token = _create(api, inlineRole=[VIEW_PROJECTS])
    both = [{"op": "add", "path": "/role", "value": "reader"}]
    assert api.patch(_path(token), both).status_code == 400
    changed = api.patch(_path(token), [*both, {"op": "remove", "path": "/inlineRole"}]).json()
    assert changed["role"] == "reader"
    assert "inlineRole" not in changed
    merged = api.patch(_path(token), {"merge": {"role": "", "inlineRole": [NO_TEST]}, "comment": "why"}).json()
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
    assert api.patch(_path(_create(api, role="reader")), patch).status_code == status


def test_patchToken__without_the_right__is_refused(api: Any) -> None:
    token = _create(api, role="reader")
    patch = [{"op": "replace", "path": "/name", "value": "mine"}]
    assert api.as_nobody().patch(_path(token), patch).status_code == 401
    assert api.as_token(token["token"]).patch(_path(token), patch).status_code == 403
    assert api.patch(UNKNOWN, patch).status_code == 404


def test_patchToken__lifting_oneself_up__answers_403(api: Any) -> None:
    maker = _create(api, inlineRole=[MAKE_TOKENS])
    caller = api.as_token(maker["token"])
    lift = [{"op": "add", "path": "/role", "value": "admin"}, {"op": "remove", "path": "/inlineRole"}]
    assert caller.patch(_path(maker), lift).status_code == 403
    rename = [{"op": "replace", "path": "/name", "value": "still the same"}]
    assert caller.patch(_path(maker), rename).status_code == 200


def test_patchToken__last_admin__answers_409(api: Any) -> None:
    demote = [{"op": "replace", "path": "/role", "value": "writer"}]
    assert api.patch(_itself(api), demote).status_code == 409
    assert api.get(_itself(api)).json()["role"] == "admin"
    api.as_role("admin")
    assert api.patch(_itself(api), demote).status_code == 200


# Deleting


def test_deleteToken__deleted__lets_nobody_in(api: Any) -> None:
    token = _create(api, role="reader")
    caller = api.as_token(token["token"])
    assert caller.get(TOKENS).status_code == 200
    assert api.delete(_path(token)).status_code == 204
    assert caller.get(TOKENS).status_code == 401
    assert api.get(_path(token)).status_code == 404
    assert _actions_logged(api, token) == ["deleteAccessToken", "createAccessToken"]


def test_deleteToken__without_the_right__is_refused(api: Any) -> None:
    token = _create(api, role="reader")
    assert api.as_nobody().delete(_path(token)).status_code == 401
    assert api.as_role("writer").delete(_path(token)).status_code == 403
    assert api.delete(UNKNOWN).status_code == 404


def test_deleteToken__itself__is_allowed(api: Any) -> None:
    reader = api.as_role("reader")
    assert reader.delete(_itself(reader)).status_code == 204
    assert reader.get(TOKENS).status_code == 401


def test_deleteToken__last_admin__answers_409(api: Any) -> None:
    api.as_role("writer")
    assert api.delete(_itself(api)).status_code == 409
    api.as_role("admin")
    assert api.delete(_itself(api)).status_code == 204


# Resetting


def test_resetToken__no_expiry__ends_every_old_secret(api: Any, clock: FixedClock) -> None:
    token = _create(api, role="reader")
    second = api.post(f"{_path(token)}/reset?expiry={clock.at + MINUTE}").json()
    third = api.post(f"{_path(token)}/reset").json()
    assert third["token"].startswith("api-")
    assert third["_id"] == token["_id"]
    works = [api.as_token(one["token"]).get(TOKENS).status_code for one in (token, second, third)]
    assert works == [401, 401, 200]
    assert _actions_logged(api, token)[0] == "resetAccessToken"


def test_resetToken__expiry__keeps_the_old_secret_until_then(api: Any, clock: FixedClock) -> None:
    token = _create(api, role="reader")
    old = api.as_token(token["token"])
    new = api.as_token(api.post(f"{_path(token)}/reset?expiry={clock.at + MINUTE}").json()["token"])
    clock.advance(MINUTE - 1)
    assert [old.get(TOKENS).status_code, new.get(TOKENS).status_code] == [200, 200]
    clock.advance(1)
    assert [old.get(TOKENS).status_code, new.get(TOKENS).status_code] == [401, 200]


def test_resetToken__expiry_in_the_past__ends_the_old_secret(api: Any, clock: FixedClock) -> None:
    token = _create(api, role="reader")
    api.post(f"{_path(token)}/reset?expiry={clock.at - 1}")
    assert api.as_token(token["token"]).get(TOKENS).status_code == 401


def test_resetToken__itself__is_allowed_with_the_present_secret_only(api: Any, clock: FixedClock) -> None:
    old = api.as_role("reader")
    own = _itself(old)
    assert old.post(f"{own}/reset?expiry={clock.at + MINUTE}").status_code == 200
    assert old.get(TOKENS).status_code == 200
    assert old.post(f"{own}/reset").status_code == 403


def test_resetToken__without_the_right__is_refused(api: Any) -> None:
    token = _create(api, role="reader")
    assert api.as_nobody().post(f"{_path(token)}/reset").status_code == 401
    assert api.as_role("writer").post(f"{_path(token)}/reset").status_code == 403
    assert api.post(f"{UNKNOWN}/reset").status_code == 404
    assert api.post(f"{_path(token)}/reset?expiry=soon").status_code == 400


def test_resetToken__of_a_mightier_token__answers_403(api: Any) -> None:
    maker = api.as_token(_create(api, inlineRole=[MAKE_TOKENS])["token"])
    assert maker.post(f"{_itself(api)}/reset").status_code == 403


# What the program itself does


def test_last_used__after_the_job_ran__is_shown(
    api: Any, app: Daybreak, database: Database, clock: FixedClock
) -> None:
    token = _create(api, role="reader")
    used_at = clock.at + MINUTE
    clock.advance(MINUTE)
    api.as_token(token["token"]).get(TOKENS)
    assert "lastUsed" not in api.get(_path(token)).json()
    clock.advance(MINUTE)
    with database.reading() as db:
        revision = read_revision(db)
    [job] = [job for job in app.jobs.list_due() if "used" in job.name]
    assert app.jobs.run(job)
    assert api.get(_path(token)).json()["lastUsed"] == used_at
    with database.reading() as db:
        assert read_revision(db) == revision


def test_write_uses__token_deleted_meanwhile__is_left_out(database: Database) -> None:
    use = TokenUse()
    use("0123456789abcdef01234567", 1)
    with database.writing() as db:
        use.write(db, 2)
    with database.reading() as db:
        assert db.rows(select(token_uses)) == []


def test_forget_expired_secrets__after_expiry__removes_them(
    api: Any, database: Database, clock: FixedClock
) -> None:
    token = _create(api, role="reader")
    api.post(f"{_path(token)}/reset?expiry={clock.at + MINUTE}")
    forget = jobs(TokenUse())[1].run
    counts = []
    for now in (clock.at, clock.at + MINUTE):
        with database.writing() as db:
            forget(db, now)
            counts.append(len(db.rows(select(expiring_secrets))))
    assert counts == [1, 0]


def test_create_first_token__empty_database__makes_one_admin(
    database: Database, app: Daybreak, api_of: Callable[[str], Any]
) -> None:
    with database.writing() as db:
        secret = create_first_token(db, 1)
        assert create_first_token(db, 1) is None
    assert secret is not None
    [token] = api_of(secret).get(TOKENS).json()["items"]
    assert (token["role"], token["serviceToken"], token["token"]) == ("admin", True, secret[-4:])


def test_create_first_token__given_secret__is_taken(database: Database, api_of: Callable[[str], Any]) -> None:
    with database.writing() as db:
        assert create_first_token(db, 1, "given-by-hand") == "given-by-hand"
    assert api_of("given-by-hand").get(TOKENS).status_code == 200


@pytest.mark.parametrize("secret", ["two words", "tab\there", "ümlaut"])
def test_create_first_token__secret_no_header_carries__is_refused(database: Database, secret: str) -> None:
    with pytest.raises(InvalidRequest), database.writing() as db:
        create_first_token(db, 1, secret)


def test_create_service_token__unknown_role__is_refused(database: Database) -> None:
    with pytest.raises(ValidationFailed), database.writing() as db:
        create_service_token(db, 1, name="x", role="emperor")


@pytest.fixture
def api_of(app: Daybreak, database: Database, clock: FixedClock) -> Callable[[str], Any]:
    """A caller with a given secret, where there is no admin before it."""
    from conftest import Api

    return lambda secret: Api(app, database, clock, secret)
