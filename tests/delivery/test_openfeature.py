"""OpenFeature: the vendor's provider, the provider of OpenFeature's own protocol, and bare HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
from ld_openfeature import LaunchDarklyProvider
from ldclient.config import Config
from openfeature.contrib.provider.ofrep import OFREPProvider
from openfeature.evaluation_context import EvaluationContext
from openfeature.exception import FlagNotFoundError, OpenFeatureError, TargetingKeyMissingError

from delivery.programs_of_sdks import LEAVES_SOCKETS, a_flag, becomes, instruct, production, sdk_key
from system.programs import TOKEN, Serving, serving

pytestmark = LEAVES_SOCKETS

ANN = EvaluationContext("ann", {"email": "ann@acme.io"})
FLAGS = "/ofrep/v1/evaluate/flags"
RULE = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
STATUS = "/api/v2/flag-statuses/web/production/checkout"


@contextmanager
def launchdarkly(server: Serving, key: str) -> Iterator[LaunchDarklyProvider]:
    config = Config(
        key,
        base_uri=server.address,
        stream_uri=server.address,
        events_uri=server.address,
        initial_reconnect_delay=0.1,
    )
    provider = LaunchDarklyProvider(config, start_wait=10)
    try:
        yield provider
    finally:
        provider.shutdown()  # type: ignore[no-untyped-call]  # OpenFeature leaves it out


@pytest.fixture
def provider(server: Serving) -> Iterator[OFREPProvider]:
    key = sdk_key(server)
    made = OFREPProvider(server.address, headers_factory=lambda: {"Authorization": f"Bearer {key}"})
    yield made
    made.session.close()


def ask(server: Serving, key: str, path: str = FLAGS, body: Any = None, **headers: str) -> requests.Response:
    named = {"X-API-Key": key} | headers
    return requests.post(server.address + path, json=body, headers=named, timeout=30)


def revoke(server: Serving) -> None:
    path = "/api/v2/projects/web/environments/production/apiKey"
    assert (
        requests.post(server.address + path, headers={"Authorization": TOKEN}, timeout=30).status_code == 200
    )


def test_vendors_provider__flag_changes__are_seen_within_a_second(server: Serving) -> None:
    a_flag(server)
    with launchdarkly(server, sdk_key(server)) as provider:
        assert (
            provider.resolve_boolean_details("checkout", default_value=True, evaluation_context=ANN).value
            is False
        )
        instruct(server, {"kind": "turnFlagOn"})
        assert becomes(
            lambda: (
                provider.resolve_boolean_details(
                    "checkout", default_value=False, evaluation_context=ANN
                ).value
            ),
            value=True,
        )


def test_vendors_provider__server_restarts__goes_on(server: Serving, database_url: str) -> None:
    a_flag(server)
    port = int(server.address.rpartition(":")[2])
    with launchdarkly(server, sdk_key(server)) as provider:
        server.stop()
        with serving(database_url, port=port) as again:
            instruct(again, {"kind": "turnFlagOn"})
            assert becomes(
                lambda: (
                    provider.resolve_boolean_details(
                        "checkout", default_value=False, evaluation_context=ANN
                    ).value
                ),
                value=True,
                within=10,
            )


def test_vendors_provider__key_revoked__is_refused(server: Serving) -> None:
    a_flag(server)
    with launchdarkly(server, sdk_key(server)) as provider:
        status = provider.client.data_source_status_provider
        revoke(server)
        assert becomes(lambda: status.status.error and status.status.error.status_code, 401, within=10)
        assert status.status.state.value != "valid"


def test_ofrep__flag_changes__are_seen_by_the_next_call(server: Serving, provider: OFREPProvider) -> None:
    variations = [variation["_id"] for variation in a_flag(server)["variations"]]
    off = provider.resolve_boolean_details("checkout", default_value=True, evaluation_context=ANN)
    assert (off.value, off.reason, off.variant) == (False, "DISABLED", "1")

    clause = {"kind": "addRule", "clauses": [RULE], "variationId": variations[1]}
    instruct(server, {"kind": "turnFlagOn"}, clause)
    assert becomes(
        lambda: (
            provider.resolve_boolean_details("checkout", default_value=True, evaluation_context=ANN).reason
        ),
        "TARGETING_MATCH",
    )
    matched = provider.resolve_boolean_details("checkout", default_value=True, evaluation_context=ANN)
    assert (matched.value, matched.flag_metadata["ruleIndex"]) == (False, 0)
    bob = provider.resolve_boolean_details(
        "checkout", default_value=False, evaluation_context=EvaluationContext("bob")
    )
    assert (bob.value, bob.reason, bob.variant) == (True, "DEFAULT", "0")


def test_ofrep__every_type__arrives(server: Serving, provider: OFREPProvider) -> None:
    values: dict[str, Any] = {"text": "a", "whole": 7, "real": 0.5, "object": {"a": [1, None]}}
    for key, value in values.items():
        a_flag(server, key, variations=[{"value": value}, {"value": type(value)()}], isFlagOn=True)
    assert provider.resolve_string_details("text", "", ANN).value == "a"
    assert provider.resolve_integer_details("whole", 0, ANN).value == 7
    assert provider.resolve_float_details("real", 0.0, ANN).value == 0.5
    assert provider.resolve_object_details("object", {}, ANN).value == {"a": [1, None]}


def test_ofrep__no_off_variation__leaves_the_callers_default(
    server: Serving, provider: OFREPProvider
) -> None:
    a_flag(server, variations=[{"value": "a"}, {"value": "b"}])
    environments = [{"op": "remove", "path": "/environments/production/offVariation"}]
    path = f"{server.address}/api/v2/flags/web/checkout"
    headers = {"Authorization": TOKEN}
    assert requests.patch(path, json=environments, headers=headers, timeout=30).status_code == 200
    assert becomes(lambda: provider.resolve_string_details("checkout", "mine", ANN).value, "mine")


def test_ofrep__server_restarts__goes_on(server: Serving, provider: OFREPProvider, database_url: str) -> None:
    a_flag(server, isFlagOn=True)
    port = int(server.address.rpartition(":")[2])
    server.stop()
    with serving(database_url, port=port):
        assert (
            provider.resolve_boolean_details("checkout", default_value=False, evaluation_context=ANN).value
            is True
        )


def test_ofrep__evaluations__are_counted(server: Serving, provider: OFREPProvider) -> None:
    a_flag(server, isFlagOn=True)
    provider.resolve_boolean_details("checkout", default_value=False, evaluation_context=ANN)
    assert becomes(lambda: server.get(STATUS).json()["name"], "active", within=10)
    found = "/api/v2/projects/web/environments/production/contexts/user/ann"
    assert becomes(lambda: server.get(found).json()["totalCount"], 1, within=10)


def test_ofrep__what_is_wrong__is_told_as_providers_know_it(server: Serving, provider: OFREPProvider) -> None:
    a_flag(server)
    with pytest.raises(FlagNotFoundError):
        provider.resolve_boolean_details("nothing", default_value=False, evaluation_context=ANN)
    with pytest.raises(TargetingKeyMissingError):
        provider.resolve_boolean_details(
            "checkout", default_value=False, evaluation_context=EvaluationContext(None, {"a": 1})
        )
    revoke(server)
    with pytest.raises(OpenFeatureError, match="unauthorized"):
        provider.resolve_boolean_details("checkout", default_value=False, evaluation_context=ANN)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "PARSE_ERROR"),
        ({"context": 7}, "PARSE_ERROR"),
        ({}, "TARGETING_KEY_MISSING"),
        ({"context": {"targetingKey": ""}}, "TARGETING_KEY_MISSING"),
        ({"context": {"targetingKey": 7}}, "INVALID_CONTEXT"),
        ({"context": {"targetingKey": "a", "kind": 7}}, "INVALID_CONTEXT"),
        ({"context": {"kind": "multi"}}, "INVALID_CONTEXT"),
        ({"context": {"kind": "multi", "org": {"name": "Acme"}}}, "TARGETING_KEY_MISSING"),
    ],
)
def test_ofrep__bad_context__answers_400_with_a_code(server: Serving, body: Any, code: str) -> None:
    key = sdk_key(server)
    for path in (FLAGS, f"{FLAGS}/checkout"):
        answer = ask(server, key, path, body)
        assert (answer.status_code, answer.json()["errorCode"]) == (400, code)
        assert answer.json()["errorDetails"]


def test_ofrep__several_kinds__are_one_context(server: Serving) -> None:
    flag = a_flag(server, isFlagOn=True)
    of_org = RULE | {"contextKind": "org", "attribute": "plan", "op": "in", "values": ["gold"]}
    off = flag["variations"][1]["_id"]
    instruct(server, {"kind": "addRule", "clauses": [of_org], "variationId": off})
    both = {"kind": "multi", "user": {"key": "ann"}, "org": {"targetingKey": "acme", "plan": "gold"}}
    key = sdk_key(server)
    assert becomes(
        lambda: ask(server, key, f"{FLAGS}/checkout", {"context": both}).json()["value"], value=False
    )
    one = {"kind": "org", "targetingKey": "acme", "plan": "gold"}
    assert ask(server, key, f"{FLAGS}/checkout", {"context": one}).json()["reason"] == "TARGETING_MATCH"


def test_ofrep__all_flags__are_sent_once(server: Serving) -> None:
    a_flag(server, isFlagOn=True)
    hidden = {"clientSideAvailability": {"usingMobileKey": False, "usingEnvironmentId": False}}
    a_flag(server, "inside", **hidden)
    of_ann = {"context": {"targetingKey": "ann"}}
    place = production(server)
    answer = ask(server, place["apiKey"], body=of_ann)
    assert {flag["key"]: flag["value"] for flag in answer.json()["flags"]} == {
        "checkout": True,
        "inside": False,
    }
    known = {"If-None-Match": answer.headers["etag"]}
    assert ask(server, place["apiKey"], body=of_ann, **known).status_code == 304
    assert [f["key"] for f in ask(server, place["mobileKey"], body=of_ann).json()["flags"]] == ["checkout"]
    assert ask(server, place["mobileKey"], f"{FLAGS}/inside", of_ann).status_code == 404


def test_ofrep__browsers_and_strangers__are_told_what_is_possible(server: Serving) -> None:
    allowed = requests.options(server.address + FLAGS, headers={"Origin": "https://a.example"}, timeout=30)
    assert allowed.headers["access-control-allow-origin"] == "https://a.example"
    assert "X-API-Key" in allowed.headers["access-control-allow-headers"]
    assert requests.get(server.address + FLAGS, timeout=30).status_code == 405
    for key in ("", "nonsense", TOKEN):
        assert ask(server, key, body={"context": {"targetingKey": "a"}}).status_code == 401
