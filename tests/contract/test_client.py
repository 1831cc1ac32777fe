"""Every operation through the official client, over real HTTP, against a server of its own process."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import launchdarkly_api as vendor
import pytest
import requests
from contract.official import EXERCISED, OfficialClient, declared_by, exercises
from contract.test_operations import IMPLEMENTED
from launchdarkly_api.exceptions import NotFoundException
from system.programs import TOKEN, serving

DAY = 86_400_000
SECRET = "what-github-and-this-server-know"
REPOSITORY = "acme/shop"


@pytest.fixture(scope="module")
def address(
    template: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server with an empty database, the same for all flows: each has keys of its own."""
    given = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_GITHUB_WEBHOOK_SECRET": SECRET}
    with template(tmp_path_factory.mktemp("server")) as url, serving(url, given) as server:
        yield server.address


@pytest.fixture
def official(address: str, request: pytest.FixtureRequest) -> Iterator[OfficialClient]:
    """The client of an admin. In the end it must have called what the test declares, and nothing else."""
    client = OfficialClient(address, TOKEN)
    yield client
    client.close()
    assert client.called == declared_by(request.function.__name__)


def replace(path: str, value: Any) -> vendor.PatchOperation:
    return vendor.PatchOperation(op="replace", path=path, value=value)


def now() -> int:
    return int(time.time() * 1000)


def test_client__all_flows_together__call_every_implemented_operation() -> None:
    assert set(EXERCISED) == {operation.id for operation in IMPLEMENTED}


@exercises("getRoot", "getCallerIdentity", "getIps", "getVersions", "getOpenapiSpec")
def test_other__read_with_a_token__answers(official: OfficialClient) -> None:
    other = vendor.OtherApi(official)
    assert "projects" in other.get_root().links
    caller = other.get_caller_identity()
    assert (caller.auth_kind, caller.service_token) == ("token", True)
    assert other.get_ips().addresses == []
    assert other.get_versions().latest_version == 20240415
    document = other.get_openapi_spec_with_http_info()
    assert json.loads(document.raw_data)["openapi"] == "3.1.0"


@exercises("getTokens", "postToken", "getToken", "patchToken", "resetToken", "deleteToken", "getCallerIdentity")
def test_tokens__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    tokens = vendor.AccessTokensApi(official)
    made = tokens.post_token(
        vendor.AccessTokenPost(
            name="deployer",
            service_token=True,
            inline_role=[
                vendor.StatementPost(effect="allow", resources=["proj/*"], actions=["viewProject"])
            ],
        )
    )
    assert made.token
    assert made.inline_role is not None
    renamed = tokens.patch_token(made.id, [replace("/name", "releaser")])
    assert (renamed.name, renamed.token) == ("releaser", made.token[-4:].join(("", "")) or renamed.token)
    reset = tokens.reset_token(made.id, expiry=now() + DAY)
    assert reset.token != made.token
    for secret in (made.token, reset.token):
        with_it = OfficialClient(address, secret)
        assert vendor.OtherApi(with_it).get_caller_identity().token_name == "releaser"
        with_it.close()
    vendor.OtherApi(official).get_caller_identity()
    assert tokens.get_token(made.id).name == "releaser"
    assert made.id in [token.id for token in tokens.get_tokens(show_all=True, limit=1000).items or []]
    tokens.delete_token(made.id)
    with pytest.raises(NotFoundException):
        tokens.get_token(made.id)
