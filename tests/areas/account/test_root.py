"""The API about itself: who calls, which versions there are, where to begin, and whether it is well."""

import asyncio
import base64
import hashlib
import re
import threading
from typing import Any

import pytest
from anyio import to_thread
from anyio.to_thread import current_default_thread_limiter
from httpx2 import ASGITransport, AsyncClient

from conftest import Api
from daybreak.app import Daybreak
from daybreak.areas.account.area import routes
from daybreak.areas.people.area import Sightings
from daybreak.areas.people.queries import actor_for_token
from daybreak.areas.projects.queries import environment_for_credential
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database
from daybreak.platform.metrics.process import open_metrics
from daybreak.rest.authentication import Authentication
from daybreak.rest.endpoint import Endpoint
from daybreak.rest.rate_limits import RateLimits
from daybreak.rest.routing import Router

IDENTITY = "/api/v2/caller-identity"


@pytest.fixture
def environment(api: Any) -> dict[str, Any]:
    created = api.post("/api/v2/projects", {"key": "web", "name": "Web"}).json()
    found: dict[str, Any] = created["environments"][0]
    return found


# Who is calling


def test_getCallerIdentity__service_token__names_it(api: Any) -> None:
    identity = api.as_role("reader").get(IDENTITY).json()
    assert re.fullmatch("[0-9a-f]{24}", identity["tokenId"])
    assert identity["accountId"] == api.get("/api/v2/account").json()["_id"]
    assert (identity["tokenName"], identity["serviceToken"]) == ("a reader", True)
    assert (identity["authKind"], identity["tokenKind"]) == ("token", "auth")
    assert "memberId" not in identity
    assert "environmentId" not in identity


def test_getCallerIdentity__personal_token__names_its_member(api: Any) -> None:
    token = api.post("/api/v2/tokens", {"name": "mine", "role": "reader"}).json()
    identity = api.as_token(token["token"]).get(IDENTITY).json()
    assert (identity["memberId"], identity["serviceToken"]) == (token["memberId"], False)


@pytest.mark.parametrize(("key", "kind"), [("apiKey", "sdk"), ("mobileKey", "mobile")])
def test_getCallerIdentity__environment_key__names_its_environment(
    api: Any, environment: dict[str, Any], key: str, kind: str
) -> None:
    identity = api.as_token(environment[key]).get(IDENTITY).json()
    assert identity["environmentId"] == environment["_id"]
    assert identity["environmentName"] == environment["name"]
    assert identity["projectId"] == api.get("/api/v2/projects/web").json()["_id"]
    assert (identity["projectName"], identity["tokenKind"]) == ("Web", kind)
    assert "tokenId" not in identity
    assert api.as_token(environment[key]).get("/api/v2/projects").status_code == 401


def test_getCallerIdentity__replaced_sdk_key__works_until_it_expires(
    api: Any, environment: dict[str, Any], clock: FixedClock
) -> None:
    reset = f"/api/v2/projects/web/environments/{environment['key']}/apiKey?expiry={clock.at + MINUTE}"
    renewed = api.post(reset).json()
    old, new = api.as_token(environment["apiKey"]), api.as_token(renewed["apiKey"])
    assert old.get(IDENTITY).json() == new.get(IDENTITY).json()
    clock.advance(MINUTE)
    assert (old.get(IDENTITY).status_code, new.get(IDENTITY).status_code) == (401, 200)


@pytest.mark.parametrize("secret", ["", "api-unknown", "sdk-unknown", "two words"])
def test_getCallerIdentity__unknown_credential__answers_401(api: Any, secret: str) -> None:
    assert api.as_token(secret).get(IDENTITY).status_code == 401


# What there is


def test_getRoot__links__can_be_followed(api: Any) -> None:
    links = api.get("/api/v2").json()["links"]
    assert {"projects", "tokens", "auditlog", "caller-identity"} <= links.keys()
    for name in ("projects", "tokens", "auditlog", "caller-identity"):
        assert api.get(links[name]["href"]).status_code == 200


def test_getVersions__header__is_the_current_version(api: Any) -> None:
    latest = api.get("/api/v2/versions").json()
    assert latest["latestVersion"] == latest["currentVersion"] == max(latest["validVersions"])
    assert latest["beta"] is False
    older = api.request("GET", "/api/v2/versions", headers={"LD-API-Version": "20220603"}).json()
    assert older["currentVersion"] == 20220603
    beta = api.request("GET", "/api/v2/versions", headers={"LD-API-Version": "beta"}).json()
    assert (beta["currentVersion"], beta["beta"]) == (latest["latestVersion"], True)
    assert api.request("GET", "/api/v2/versions", headers={"LD-API-Version": "1"}).status_code == 400


def test_getVersions__token_of_an_older_version__speaks_that(api: Any) -> None:
    token = api.post("/api/v2/tokens", {"role": "reader", "defaultApiVersion": 20191212}).json()
    assert api.as_token(token["token"]).get("/api/v2/versions").json()["currentVersion"] == 20191212


def test_getIps__self_hosted__knows_none(api: Any) -> None:
    assert api.get("/api/v2/public-ip-list").json() == {"addresses": [], "outboundAddresses": []}


def test_getAccount__get_and_head__tell_the_organization(api: Any) -> None:
    account = api.get("/api/v2/account").json()
    assert re.fullmatch("[0-9a-f]{24}", account["_id"])
    assert account["organization"] == "Daybreak"
    head = api.request("HEAD", "/api/v2/account")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("path", ["", "/versions", "/public-ip-list", "/account"])
def test_root__nobody__answers_401(api: Any, path: str) -> None:
    assert api.as_nobody().get(f"/api/v2{path}").status_code == 401


# What anybody may read


def test_getOpenapiSpec__nobody__may_read_it(api: Any) -> None:
    response = api.as_nobody().get("/api/v2/openapi.json")
    assert response.json()["openapi"].startswith("3.1")
    known = {"If-None-Match": response.headers["ETag"]}
    assert api.as_nobody().request("GET", "/api/v2/openapi.json", headers=known).status_code == 304


def test_docs__page__describes_every_operation_and_loads_nothing(api: Any) -> None:
    response = api.as_nobody().get("/docs")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    page = response.text
    for methods in api.get("/api/v2/openapi.json").json()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    assert not re.search(r'(?:src=|@import|url\(|href="(?:https?:)?//)', page)
    assert "\x00" not in page


def test_docs__policy__lets_only_its_own_script_run(api: Any) -> None:
    response = api.as_nobody().get("/docs")
    [script] = re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


# Health


def test_health__well__answers_200(api: Any) -> None:
    nobody = api.as_nobody()
    assert nobody.get("/healthz").json() == {"status": "alive"}
    assert nobody.get("/readyz").json() == {"status": "ready"}
    assert nobody.request("HEAD", "/healthz").status_code == 200


def test_healthz__every_thread_taken__is_answered_all_the_same(app: Daybreak) -> None:
    async def ask() -> int:
        is_over = threading.Event()
        current_default_thread_limiter().total_tokens = 1
        taken = asyncio.create_task(to_thread.run_sync(is_over.wait))
        await asyncio.sleep(0)
        try:
            async with AsyncClient(transport=ASGITransport(app), base_url="http://testserver") as client:
                # Only what hangs takes so long.
                return (await asyncio.wait_for(client.get("/healthz"), 60)).status_code
        finally:
            is_over.set()
            await taken

    assert asyncio.run(ask()) == 200


def test_readyz__database_not_migrated__answers_503(database: Database, clock: FixedClock) -> None:
    table = routes([], token=actor_for_token, credential=environment_for_credential, is_ready=lambda: False)
    authentication = Authentication(database, clock, Sightings(), token=actor_for_token)
    endpoint = Endpoint(
        Router(table),
        database,
        clock,
        authentication,
        RateLimits(100, 100),
        open_metrics(clock).remembered,
        largest_body=1000,
    )
    nobody = Api(_as_app(endpoint), database, clock, "")
    assert nobody.get("/readyz").status_code == 503
    assert nobody.get("/healthz").status_code == 200


def _as_app(endpoint: Any) -> Daybreak:
    """The client only calls it."""
    app: Daybreak = endpoint
    return app
