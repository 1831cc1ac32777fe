"""Access tokens through HTTP: making and seeing them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_args

import pytest
from sqlalchemy import event, select

from areas.people.tokens import (
    MAKE_TOKENS,
    NO_TEST,
    TOKENS,
    UNKNOWN,
    VIEW_ENVIRONMENTS,
    VIEW_PROJECTS,
    actions_logged,
    create_token,
    path_of,
    path_of_caller,
)
from daybreak.areas.people.access_tokens.requests import ApiVersion
from daybreak.areas.people.access_tokens.tables import access_tokens, expiring_secrets
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.platform.identifiers import digest
from daybreak.rest.versioning import VALID_VERSIONS


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_postToken__role__shows_the_secret_once(api: Any) -> None:
    created = create_token(api, role="writer", description="for the pipeline")
    assert created["token"].startswith("api-")
    assert (created["role"], created["serviceToken"], created["defaultApiVersion"]) == (
        "writer",
        True,
        20240415,
    )
    assert "inlineRole" not in created
    assert "customRoleIds" not in created
    assert created["ownerId"] == created["memberId"] == api.get("/api/v2/account").json()["_id"]
    again = api.get(path_of(created)).json()
    assert again == created | {"token": created["token"][-4:]}
    assert actions_logged(api, created) == {"createAccessToken"}


def test_postToken__created__authenticates(api: Any) -> None:
    caller = api.as_token(create_token(api, role="reader")["token"])
    assert caller.get("/api/v2/projects").status_code == 200
    refused = caller.post("/api/v2/projects", {"key": "web", "name": "Web"})
    assert refused.status_code == 403


def test_postToken__stored__holds_no_secret(api: Any, database: Database) -> None:
    secret = create_token(api, role="reader")["token"]
    with database.reading() as db:
        everything = repr([db.rows(select(table)) for table in (access_tokens, expiring_secrets)])
        logged = api.get("/api/v2/auditlog").text
    assert digest(secret) in everything
    assert secret not in everything
    assert secret not in logged


def test_postToken__inline_role__is_obeyed(api: Any) -> None:
    created = create_token(api, inlineRole=[{**VIEW_PROJECTS, "notResources": []}, NO_TEST])
    assert created["inlineRole"] == [VIEW_PROJECTS, NO_TEST]
    assert "role" not in created
    api.post("/api/v2/projects", {"key": "web", "name": "Web"})
    caller = api.as_token(created["token"])
    assert [p["key"] for p in caller.get("/api/v2/projects").json()["items"]] == ["web"]
    assert caller.post("/api/v2/projects", {"key": "app", "name": "App"}).status_code == 403


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
    own = [MAKE_TOKENS, VIEW_PROJECTS, VIEW_ENVIRONMENTS, NO_TEST]
    maker = api.as_token(create_token(api, inlineRole=own)["token"])
    for more in (
        {"role": "reader"},
        {"role": "admin"},
        {"inlineRole": [VIEW_ENVIRONMENTS]},
        {"inlineRole": [{**VIEW_PROJECTS, "actions": ["*"]}, NO_TEST]},
    ):
        assert maker.post(TOKENS, {"serviceToken": True, **more}).status_code == 403, more
    for no_more in ([VIEW_ENVIRONMENTS, NO_TEST], [{**VIEW_PROJECTS, "resources": ["proj/web"]}]):
        made = maker.post(TOKENS, {"serviceToken": True, "inlineRole": no_more})
        assert made.status_code == 201, no_more


def test_api_versions__of_tokens__are_those_of_the_api() -> None:
    assert get_args(ApiVersion) == VALID_VERSIONS


def test_getTokens__pages__are_linked(api: Any, clock: FixedClock) -> None:
    for _ in range(3):
        clock.advance(1)
        create_token(api, role="reader")
    page = api.get(TOKENS, limit=2).json()
    assert (len(page["items"]), page["totalCount"]) == (2, 4)
    assert "offset=2" in page["_links"]["next"]["href"]
    rest = api.request("GET", page["_links"]["next"]["href"]).json()
    created = [token["creationDate"] for token in page["items"] + rest["items"]]
    assert created == [clock.at - 3, clock.at - 2, clock.at - 1, clock.at]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1001}, {"offset": -1}, {"showAll": "maybe"}])
def test_getTokens__impossible_query__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(TOKENS, **query).status_code == 400


def test_getTokens__nobody__answers_401(api: Any) -> None:
    assert api.as_nobody().get(TOKENS).status_code == 401
    assert api.as_token("api-unknown").get(TOKENS).status_code == 401
    assert api.as_token("Bearer x").get(TOKENS).status_code == 401


def test_getTokens__personal_tokens__are_shown_to_their_owner_and_to_admins_who_ask(api: Any) -> None:
    personal = create_token(api, role="reader", serviceToken=False)

    def seen(caller: Any, **query: Any) -> bool:
        items = caller.get(TOKENS, **query).json()["items"]
        return personal["_id"] in [item["_id"] for item in items]

    assert not seen(api)
    assert seen(api, showAll="true")
    assert seen(api.as_token(personal["token"]))
    writer = api.as_role("writer")
    assert not seen(writer, showAll="true")
    assert writer.get(path_of(personal)).status_code == 404
    assert api.get(path_of(personal)).status_code == 200


def test_getTokens__narrow_policy__shows_what_it_speaks_of(api: Any) -> None:
    shown = create_token(api, role="reader")
    only = {"effect": "allow", "resources": [f"service-token/{shown['_id']}"], "actions": ["viewAccessToken"]}
    narrow = create_token(api, inlineRole=[only])
    listed = api.as_token(narrow["token"]).get(TOKENS).json()
    assert {item["_id"] for item in listed["items"]} == {shown["_id"], narrow["_id"]}
    assert listed["totalCount"] == 2
    assert api.as_token(narrow["token"]).get(path_of_caller(api)).status_code == 403


def test_getTokens__one_or_twenty__runs_as_many_queries(api: Any, database: Database) -> None:
    with _statements(database) as with_one:
        assert len(api.get(TOKENS).json()["items"]) == 1
    for _ in range(19):
        create_token(api, role="reader")
    api.get(TOKENS)
    with _statements(database) as with_twenty:
        assert len(api.get(TOKENS).json()["items"]) == 20
    # The token itself is looked up again after a change, and remembered from then on.
    assert len(with_twenty) <= len(with_one)


def test_getToken__unknown__answers_404(api: Any) -> None:
    assert api.get(UNKNOWN).status_code == 404
    assert api.get(f"{TOKENS}/nonsense").status_code == 404
