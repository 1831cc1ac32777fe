"""Webhooks through the official client."""

from typing import Any

import launchdarkly_api
import pytest
from launchdarkly_api.exceptions import BadRequestException, NotFoundException

from contract.official import OfficialClient, exercises

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api


@exercises("postWebhook", "getWebhook", "getAllWebhooks", "patchWebhook", "deleteWebhook")
def test_webhooks__life_of_one__is_told(official: OfficialClient) -> None:
    api = vendor.WebhooksApi(official)
    statement = vendor.StatementPost(effect="allow", resources=["proj/*:env/production"], actions=["*"])
    wanted = vendor.WebhookPost(
        url="https://hooks.example/in", sign=True, on=True, name="chat", statements=[statement], tags=["loud"]
    )
    made = api.post_webhook(wanted)
    assert made.secret
    shown = api.get_webhook(made.id)
    assert (shown.url, shown.on, shown.name, shown.tags) == (
        "https://hooks.example/in",
        True,
        "chat",
        ["loud"],
    )
    assert shown.statements[0].resources == ["proj/*:env/production"]
    off = vendor.PatchOperation(op="replace", path="/on", value=False)
    assert api.patch_webhook(made.id, [off]).on is False
    assert made.id in [each.id for each in api.get_all_webhooks().items]
    with pytest.raises(BadRequestException):
        api.post_webhook(vendor.WebhookPost(url="http://127.0.0.1/", sign=False, on=True))
    api.delete_webhook(made.id)
    with pytest.raises(NotFoundException):
        api.get_webhook(made.id)
