"""Attacks on every operation of the table: with credentials that have ended or lost their rights, beyond what
a writer may do, and by what stands in headers.
"""

from typing import Any

import pytest

from api.test_access import GUARDED, WRITING, ask
from api.world import OPERATIONS, World
from areas.people.members import a_member, a_personal_token, signed_in
from daybreak.logic.policy.roles import ADMINISTERED
from daybreak.platform.database import Database
from daybreak.platform.errors import Unauthorized
from statements import statements

OF_ADMINS = [
    operation for operation in WRITING if set(OPERATIONS[operation].specifier.split()) <= set(ADMINISTERED)
]
BREAKING = "\r\nSet-Cookie: daybreak-session=stolen"


def statuses(caller: Any, world: World, operations: list[str]) -> dict[str, int]:
    return {operation: ask(caller, world, OPERATIONS[operation]).status_code for operation in operations}


def others(answers: dict[str, int], expected: int) -> dict[str, int]:
    return {operation: status for operation, status in answers.items() if status != expected}


@pytest.mark.parametrize("ending", ["deleted", "reset", "owner gone", "signed out"])
def test_every_operation__credential_that_was_revoked__answers_401(
    api: Any, world: World, database: Database, ending: str
) -> None:
    id = a_member(api, "eve@example.com", role="admin")
    person = signed_in(api, database, id)
    caller = person if ending == "signed out" else a_personal_token(person, role="admin")
    assert caller.get("/api/v2/projects").status_code == 200
    tokens = {each["name"]: each["_id"] for each in person.get("/api/v2/tokens").json()["items"]}
    if ending == "deleted":
        assert person.delete(f"/api/v2/tokens/{tokens['mine']}").status_code == 204
    elif ending == "reset":
        assert person.post(f"/api/v2/tokens/{tokens['mine']}/reset").status_code == 200
    elif ending == "owner gone":
        assert api.delete(f"/api/v2/members/{id}").status_code == 204
    else:
        answer = person.request("POST", "/sign-out")
        assert answer.status_code == 200
    before = world.contents()
    assert others(statuses(caller, world, GUARDED), 401) == {}
    assert world.contents() == before


@pytest.mark.parametrize("by_token", [True, False])
def test_every_write__member_who_lost_a_role__answers_403(
    api: Any, world: World, database: Database, *, by_token: bool
) -> None:
    id = a_member(api, "eve@example.com", role="admin")
    person = signed_in(api, database, id)
    caller = a_personal_token(person, role="admin") if by_token else person
    assert caller.post("/api/v2/teams", json={"key": "early", "name": "Early"}).status_code == 201
    patch = [{"op": "replace", "path": "/role", "value": "reader"}]
    assert api.patch(f"/api/v2/members/{id}", patch).status_code == 200
    before = world.contents()
    assert others(statuses(caller, world, WRITING), 403) == {}
    assert world.contents() == before


def test_every_write_for_admins__writer__answers_403(api: Any, world: World) -> None:
    assert len(OF_ADMINS) > 20
    writer = api.as_role("writer")
    before = world.contents()
    assert others(statuses(writer, world, OF_ADMINS), 403) == {}
    assert world.contents() == before


def test_every_write__method_in_a_header__needs_the_same_right(api: Any, world: World) -> None:
    """A reader's POST that says it is a DELETE is one."""
    reader = api.as_role("reader")
    deletions = [operation for operation in WRITING if OPERATIONS[operation].method == "DELETE"]
    before = world.contents()
    answers = {}
    for operation in deletions:
        path = world.sent(OPERATIONS[operation], "as it should be").path
        headers = {"X-HTTP-Method-Override": "DELETE"}
        answers[operation] = reader.request("POST", path, headers=headers).status_code
    assert others(answers, 403) == {}
    assert world.contents() == before


def test_every_operation__line_breaks_in_the_path__set_no_header(api: Any, world: World) -> None:
    broken = "x%0d%0aSet-Cookie:%20daybreak-session=stolen"
    for operation in GUARDED:
        route = OPERATIONS[operation]
        for name in route.parameters:
            sent = world.sent(route, "broken", path=world.path(route, **{name: broken}))
            answer = api.request(sent.method, sent.path, **sent.options)
            assert answer.status_code < 500, (operation, answer.text)
            require_one_header_each(answer)


def test_every_read__line_breaks_in_the_query__set_no_header(api: Any, world: World) -> None:
    for operation in sorted(set(GUARDED) - set(WRITING)):
        sent = world.sent(OPERATIONS[operation], "broken", query={"filter": BREAKING, BREAKING: "1"})
        answer = api.request(sent.method, sent.path, **sent.options)
        assert answer.status_code < 500, (operation, answer.text)
        require_one_header_each(answer)


def require_one_header_each(answer: Any) -> None:
    assert "set-cookie" not in answer.headers
    assert not any(set("\r\n") & set(value) for value in answer.headers.values())


HEADERS = {
    "LD-API-Version": ["0", "-1", "99999999", "beta, beta", "' or 1=1", "9" * 5_000],
    "X-HTTP-Method-Override": ["NOTHING", "DELETE DELETE", "' or 1=1"],
    "X-Forwarded-For": ["' or 1=1", "127.0.0.1, 127.0.0.1"],
    "Cookie": ["daybreak-session", "daybreak-session=", "daybreak-session=%00; a==;;", "=" * 5_000],
    "Accept": ["' or 1=1"],
}


def test_every_read__strange_headers__are_refused_or_count_for_nothing(api: Any, world: World) -> None:
    stranger = api.as_nobody()
    for operation in sorted(set(GUARDED) - set(WRITING)):
        sent = world.sent(OPERATIONS[operation], "as it should be")
        for name, values in HEADERS.items():
            for value in values:
                options = {**sent.options, "headers": {**sent.options.get("headers", {}), name: value}}
                known = api.request(sent.method, sent.path, **options)
                assert known.status_code in {200, 400, 404, 405}, (operation, name, value, known.text)
                unknown = stranger.request(sent.method, sent.path, **options)
                assert unknown.status_code in {400, 401, 403, 404, 405}, (
                    operation,
                    name,
                    value,
                    unknown.text,
                )


def test_token__wrong_in_any_way__costs_the_same(api: Any, database: Database) -> None:
    """The database is asked for digests, so neither statements nor time tell how close a guess is."""
    close = f"{api.token[:-1]}{'0' if api.token[-1] != '0' else '1'}"
    counts = set()
    for guess in (close, "api-00000000-0000-4000-8000-000000000000", "x", "x" * 1_000, f"Bearer {close}"):
        with statements(database) as asked:
            answer = api.as_token(guess).get("/api/v2/projects")
        assert answer.status_code == Unauthorized.status
        counts.add(tuple(statement.partition("WHERE")[0] for statement in asked))
    bearer = {each for each in counts if any("oauth" in statement for statement in each)}
    assert (len(counts), len(bearer)) == (2, 1)
