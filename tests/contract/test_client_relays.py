"""Relay Proxy configurations through the official client."""

import time
from typing import Any

import launchdarkly_api
import pytest
import requests
from launchdarkly_api.exceptions import NotFoundException

from contract.official import OfficialClient, exercises
from contract.seeds import a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

MINUTE = 60_000


def is_known(address: str, key: str) -> bool:
    with requests.get(
        f"{address}/relay_auto_config", headers={"Authorization": key}, stream=True, timeout=30
    ) as stream:
        return stream.status_code == 200


@exercises(
    "postRelayAutoConfig",
    "getRelayProxyConfig",
    "getRelayProxyConfigs",
    "patchRelayAutoConfig",
    "resetRelayAutoConfig",
    "deleteRelayAutoConfig",
)
def test_relay_configurations__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "relayed")
    api = vendor.RelayProxyConfigurationsApi(official)
    statement = vendor.Statement(effect="allow", resources=["proj/relayed:env/*"], actions=["*"])
    made = api.post_relay_auto_config(vendor.RelayAutoConfigPost(name="edge", policy=[statement]))
    assert made.display_key == made.full_key[-4:]
    assert is_known(address, made.full_key)
    shown = api.get_relay_proxy_config(made.id)
    assert (shown.name, shown.full_key, shown.policy[0].resources) == ("edge", None, ["proj/relayed:env/*"])
    narrower = {"effect": "allow", "resources": ["proj/relayed:env/test"], "actions": ["*"]}
    operation = vendor.PatchOperation(op="replace", path="/policy/0", value=narrower)
    patch = vendor.PatchWithComment(patch=[operation], comment="only there")
    changed = api.patch_relay_auto_config(made.id, patch)
    assert changed.policy[0].resources == ["proj/relayed:env/test"]
    assert made.id in [each.id for each in api.get_relay_proxy_configs().items]
    expiry = int(time.time() * 1000) + MINUTE
    renewed = api.reset_relay_auto_config(made.id, expiry=expiry)
    assert is_known(address, made.full_key)
    assert is_known(address, renewed.full_key)
    api.delete_relay_auto_config(made.id)
    assert not is_known(address, renewed.full_key)
    with pytest.raises(NotFoundException):
        api.get_relay_proxy_config(made.id)
