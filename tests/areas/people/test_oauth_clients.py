"""Programs that members let act for them: Authlib's client asks, a browser's pages answer."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from authlib.common.security import generate_token  # type: ignore[import-untyped]  # ships no types
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]  # as above
from authlib.oauth2.rfc7636 import (  # type: ignore[import-untyped]  # as above
    create_s256_code_challenge,
)
from starlette.testclient import TestClient

from areas.people.members import a_member, signed_in
from daybreak.app import Daybreak
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

BACK = "https://board.example/back"
AUTHORIZE, TOKEN, REVOKE = "/trust/oauth/authorize", "/trust/oauth/token", "/trust/oauth/revoke"
HERE = {"Origin": "http://testserver"}


class Program:
    """A registered client, and a member's browser."""

    def __init__(self, api: Any, app: Daybreak, database: Database, role: str = "writer") -> None:
        body = {"name": "Board <b>", "redirectUri": BACK}
        made = api.post("/api/v2/oauth/clients", body).json()
        self.id, self.secret = made["_clientId"], made["_clientSecret"]
        self.member_id = a_member(api, "ann@example.com", role=role)
        self.member = signed_in(api, database, self.member_id)
        self.browser = TestClient(app, headers=HERE, follow_redirects=False)
        self.browser.cookies.set("daybreak-session", self.member.session)
        self.verifier = generate_token(48)

    def question(self, **other: str | None) -> dict[str, str]:
        given: dict[str, str | None] = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": BACK,
            "scope": "writer",
            "state": "a state&",
            "code_challenge": create_s256_code_challenge(self.verifier),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (given | other).items() if value is not None}

    def decide(self, decision: str = "allow", /, **other: str | None) -> dict[str, str]:
        """What the program is told by the browser that comes back."""
        sent = self.browser.post(AUTHORIZE, data={**self.question(**other), "decision": decision})
        assert sent.status_code == 303, sent.text
        location = sent.headers["location"]
        assert location.startswith(f"{BACK}?")
        return dict(parse_qsl(urlsplit(location).query))

    def redeem(self, code: str, /, **other: str | None) -> Any:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": self.verifier,
            "client_id": self.id,
            "client_secret": self.secret,
        }
        return self.post(TOKEN, {k: v for k, v in (form | other).items() if v is not None})

    def post(self, path: str, form: dict[str, Any]) -> Any:
        """As a program: no cookie, no origin."""
        return TestClient(self.browser.app).post(path, data=form)

    def tokens(self, **other: str | None) -> dict[str, Any]:
        answer = self.redeem(self.decide(**other)["code"])
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def status(self, token: str, method: str = "GET", path: str = "/api/v2/members/me", **more: Any) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return int(TestClient(self.browser.app).request(method, path, headers=headers, **more).status_code)


@pytest.fixture
def program(api: Any, app: Daybreak, database: Database) -> Iterator[Program]:
    made = Program(api, app, database)
    yield made
    made.browser.close()


def test_flow__authlib_client__acts_for_the_member(api: Any, program: Program) -> None:
    described = program.browser.get("/.well-known/oauth-authorization-server").json()
    client = OAuth2Client(
        program.id,
        program.secret,
        scope="writer",
        redirect_uri=BACK,
        code_challenge_method="S256",
        transport=program.browser._transport,
    )
    asking, state = client.create_authorization_url(
        described["authorization_endpoint"], code_verifier=program.verifier
    )
    shown = program.browser.get(f"{AUTHORIZE}?{urlsplit(asking).query}")
    assert (shown.status_code, "Board &lt;b&gt;" in shown.text, "<b>" in shown.text) == (200, True, False)
    assert f"form-action 'self' {BACK.rpartition('/')[0]};" in shown.headers["content-security-policy"]
    form = dict(parse_qsl(urlsplit(asking).query))
    sent = program.browser.post(AUTHORIZE, data={**form, "decision": "allow"})
    token = client.fetch_token(
        f"http://testserver{TOKEN}",
        authorization_response=sent.headers["location"],
        state=state,
        code_verifier=program.verifier,
    )
    assert (token["token_type"], token["scope"], token["expires_in"]) == ("Bearer", "writer", 3600)
    made = client.post("http://testserver/api/v2/projects", json={"key": "web", "name": "Web"})
    assert made.status_code == 201
    entry = api.get("/api/v2/auditlog").json()["items"][0]
    assert (entry["member"]["_id"], entry["token"]["name"]) == (program.member_id, "Board <b>")
    renewed = client.refresh_token(f"http://testserver{TOKEN}", refresh_token=token["refresh_token"])
    assert program.status(renewed["access_token"]) == 200
    revoked = client.revoke_token(f"http://testserver{REVOKE}", renewed["refresh_token"])
    assert revoked.status_code == 200
    assert [program.status(each["access_token"]) for each in (token, renewed)] == [401, 401]


def test_question__nobody_signed_in__comes_back_after_signing_in(program: Program) -> None:
    program.browser.cookies.clear()
    query = urlencode(program.question())
    sent = program.browser.get(f"{AUTHORIZE}?{query}")
    assert sent.headers["location"].startswith("/sign-in?next=%2Ftrust%2Foauth%2Fauthorize%3F")
    page = program.browser.get(sent.headers["location"])
    assert 'value="/trust/oauth/authorize?' in page.text
    refused = program.browser.post(AUTHORIZE, data={**program.question(), "decision": "allow"})
    assert refused.status_code == 401


def test_question__denied__tells_the_program(program: Program) -> None:
    told = program.decide("deny")
    assert (told["error"], told["state"], "code" in told) == ("access_denied", "a state&", False)


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"scope": "admin"}, "invalid_scope"),
        ({"scope": "reader owner"}, "invalid_scope"),
    ],
)
def test_question__asked_wrongly__tells_the_program(
    program: Program, other: dict[str, str | None], error: str
) -> None:
    assert program.decide(**other)["error"] == error
    asked = program.browser.get(f"{AUTHORIZE}?{urlencode(program.question(**other))}")
    assert (asked.status_code, f"error={error}" in asked.headers["location"]) == (303, True)


@pytest.mark.parametrize(
    "other",
    [{"client_id": "made-up"}, {"client_id": None}, {"redirect_uri": "https://evil.example/back"}],
)
def test_question__other_client_or_address__sends_nobody_there(
    program: Program, other: dict[str, str | None]
) -> None:
    question = program.question(**other)
    answers = [
        program.browser.get(f"{AUTHORIZE}?{urlencode(question)}"),
        program.browser.post(AUTHORIZE, data={**question, "decision": "allow"}),
    ]
    assert [(a.status_code, "location" in a.headers) for a in answers] == [(400, False)] * 2


def test_question__parameter_given_twice__is_refused(program: Program) -> None:
    query = urlencode(program.question()) + "&scope=reader"
    assert program.browser.get(f"{AUTHORIZE}?{query}").status_code == 400


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": ""}])
def test_consent__sent_by_another_site__is_refused(program: Program, headers: dict[str, str]) -> None:
    form = {**program.question(), "decision": "allow"}
    assert program.browser.post(AUTHORIZE, data=form, headers=headers).status_code == 403
    assert "There are none" in program.browser.get("/trust/oauth/allowed").text


def test_code__used_again__ends_what_it_gave(program: Program) -> None:
    code = program.decide()["code"]
    token = program.redeem(code).json()["access_token"]
    assert program.status(token) == 200
    again = program.redeem(code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert program.status(token) == 401


@pytest.mark.parametrize(
    ("other", "status", "error"),
    [
        ({"code_verifier": "x" * 43}, 400, "invalid_grant"),
        ({"code_verifier": None}, 400, "invalid_grant"),
        ({"redirect_uri": "https://board.example/other"}, 400, "invalid_grant"),
        ({"redirect_uri": None}, 400, "invalid_grant"),
        ({"code": "made-up"}, 400, "invalid_grant"),
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": None}, 401, "invalid_client"),
        ({"client_id": "made-up"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "unsupported_grant_type"),
    ],
)
def test_code__redeemed_wrongly__gives_nothing(
    program: Program, other: dict[str, str | None], status: int, error: str
) -> None:
    code = program.decide()["code"]
    answer = program.redeem(code, **other)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert program.redeem(code).status_code == 200


def test_code__of_another_client_or_late__gives_nothing(
    api: Any, program: Program, clock: FixedClock
) -> None:
    code = program.decide()["code"]
    other = api.post("/api/v2/oauth/clients", {"name": "Other", "redirectUri": BACK}).json()
    stolen = program.redeem(code, client_id=other["_clientId"], client_secret=other["_clientSecret"])
    assert stolen.json()["error"] == "invalid_grant"
    clock.advance(MINUTE)
    assert program.redeem(code).json()["error"] == "invalid_grant"


def test_refresh_token__used_again__ends_the_grant(program: Program) -> None:
    first = program.tokens()
    form = {
        "grant_type": "refresh_token",
        "refresh_token": first["refresh_token"],
        "client_id": program.id,
        "client_secret": program.secret,
    }
    renewed = program.post(TOKEN, form).json()
    assert program.status(renewed["access_token"]) == 200
    assert program.post(TOKEN, form).json()["error"] == "invalid_grant"
    assert program.status(renewed["access_token"]) == 401


def test_tokens__ended__are_refused(api: Any, program: Program, clock: FixedClock) -> None:
    told = program.tokens()
    refused = api.as_token(told["access_token"]).get("/api/v2/members/me")
    assert refused.status_code == 401, "an OAuth token counts only as a bearer token"
    assert program.status(program.secret) == 401
    clock.advance(HOUR)
    assert program.status(told["access_token"]) == 401
    clock.advance(30 * DAY)
    form = {"grant_type": "refresh_token", "refresh_token": told["refresh_token"]}
    late = program.post(TOKEN, {**form, "client_id": program.id, "client_secret": program.secret})
    assert late.json()["error"] == "invalid_grant"


def test_scope__reader__changes_nothing(program: Program) -> None:
    token = program.tokens(scope="reader")["access_token"]
    body = {"json": {"key": "web", "name": "Web"}}
    assert program.status(token, "POST", "/api/v2/projects", **body) == 403
    assert program.status(token) == 200


def test_scope__member_may_do_less__counts_no_more(api: Any, program: Program) -> None:
    token = program.tokens()["access_token"]
    body = {"json": {"key": "web", "name": "Web"}}
    patch = [{"op": "replace", "path": "/role", "value": "reader"}]
    assert api.patch(f"/api/v2/members/{program.member_id}", patch).status_code == 200
    assert program.status(token, "POST", "/api/v2/projects", **body) == 403


def test_scope__writer__gets_no_lasting_token(program: Program) -> None:
    token = program.tokens()["access_token"]
    body = {"json": {"name": "mine", "role": "writer"}}
    assert program.status(token, "POST", "/api/v2/tokens", **body) == 403


@pytest.mark.parametrize("ending", ["client", "member", "withdrawn"])
def test_grant__client_or_member_gone__ends_at_once(api: Any, program: Program, ending: str) -> None:
    token = program.tokens()["access_token"]
    assert program.status(token) == 200
    if ending == "client":
        assert api.delete(f"/api/v2/oauth/clients/{program.id}").status_code == 204
    elif ending == "member":
        assert api.delete(f"/api/v2/members/{program.member_id}").status_code == 204
    else:
        page = program.browser.get("/trust/oauth/allowed").text
        grant = page.partition('name="grant" value="')[2].partition('"')[0]
        assert program.browser.post("/trust/oauth/allowed", data={"grant": grant}).status_code == 303
        assert "There are none" in program.browser.get("/trust/oauth/allowed").text
    assert program.status(token) == 401


@pytest.mark.parametrize(
    "address",
    [
        "http://board.example/back",
        "board.example",
        "javascript:alert(1)",
        "https://board.example/back?x=1",
        "https://board.example/back#x",
        "https://ann:secret@board.example/",
        "https://a;script-src%20*/",
        "https://[::1",
        "https:///back",
        "",
    ],
)
def test_redirect_uri__unsafe__is_refused(api: Any, address: str) -> None:
    refused = api.post("/api/v2/oauth/clients", {"name": "Board", "redirectUri": address})
    assert (refused.status_code, "redirectUri" in refused.text) == (400, True)


def test_clients__job_forgets__what_has_ended(
    api: Any, program: Program, app: Daybreak, database: Database, clock: FixedClock
) -> None:
    program.decide()
    kept = program.tokens()
    clock.advance(MINUTE)
    [job] = [job for job in app.jobs.list_due() if "sessions" in job.name]
    assert app.jobs.run(job)
    page = program.browser.get("/trust/oauth/allowed").text
    assert page.count('name="grant"') == 1
    assert program.status(kept["access_token"]) == 200
