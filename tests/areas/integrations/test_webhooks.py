"""Webhooks through HTTP: the life of one, where it may post, what it may tell."""

from typing import Any

import pytest

from areas.integrations.configurations import covering
from areas.integrations.receivers import WEBHOOKS, Deliverer, Receiver, a_webhook, path_of
from daybreak.platform.database import Database
from statements import list_audit

URL = "https://hooks.example/daybreak?room=7"
ADMINISTER = covering("webhook/*")


def test_postWebhook__signed_without_a_secret__gets_one(api: Any) -> None:
    made = a_webhook(api, URL, tags=["b", "a", "b"])
    assert (made["url"], made["on"], made["tags"], made["name"]) == (URL, True, ["a", "b"], "hook")
    assert len(made["secret"]) > 30
    assert api.get(path_of(made)).json() == made
    assert api.get(WEBHOOKS).json()["items"] == [made]
    assert "secret" not in a_webhook(api, URL, sign=False, secret="not wanted")
    assert a_webhook(api, URL, secret="chosen")["secret"] == "chosen"


def test_getWebhook__whoever_may_not_change_the_secret__is_not_shown_it(api: Any) -> None:
    made = a_webhook(api, URL, secret="a secret that is quite long")
    reader = api.as_role("reader")
    assert "secret" not in reader.get(path_of(made)).json()
    assert "secret" not in reader.get(WEBHOOKS).json()["items"][0]


def test_postWebhook__secret__is_not_in_the_audit_log(api: Any, database: Database) -> None:
    made = a_webhook(api, URL, secret="a secret that is quite long")
    api.patch(path_of(made), [{"op": "replace", "path": "/secret", "value": "short one"}])
    [created, changed] = list_audit(database, "webhook")
    assert created.current_version["secret"] == "…long"
    assert changed.delta == [{"op": "replace", "path": "/secret", "value": "…"}]
    assert changed.actions == ["updateSecret"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example",
        "ftp://hooks.example/",
        "https:///path",
        "https://name:password@hooks.example/",
        "https://hooks.example:0/",
        "https://hooks.example:port/",
        "https://hooks.example/\r\nX-Injected: yes",
        "https://hooks.example/a b",
        "https://[hooks",
    ],
)
def test_postWebhook__no_url_to_post_to__answers_400(api: Any, url: str) -> None:
    response = api.post(WEBHOOKS, {"url": url, "sign": False, "on": True})
    assert (response.status_code, api.get(WEBHOOKS).json()["items"]) == (400, [])
    assert "url" in response.text


CHANGES = [
    ("/name", "renamed", "updateName"),
    ("/url", "https://elsewhere.example/", "updateUrl"),
    ("/on", False, "updateOn"),
    ("/tags", ["new"], "updateTags"),
    ("/statements", [covering("proj/*")], "updateStatements"),
]


@pytest.mark.parametrize(("pointer", "value", "action"), CHANGES)
def test_patchWebhook__field__is_changed_under_its_action(
    api: Any, database: Database, pointer: str, value: Any, action: str
) -> None:
    made = a_webhook(api, URL)
    response = api.patch(path_of(made), [{"op": "add", "path": pointer, "value": value}])
    assert response.json()[pointer[1:]] == value
    assert list_audit(database, "webhook")[-1].actions == [action]


def test_patchWebhook__secret_removed__signs_no_more(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    made = a_webhook(api, receiver.url)
    deliverer.turn()
    changed = api.patch(path_of(made), [{"op": "remove", "path": "/secret"}]).json()
    deliverer.turn()
    assert "secret" not in changed
    assert ["x-ld-signature" in each.headers for each in receiver.received] == [True, False]


def test_patchWebhook__broken_patch_or_value__changes_nothing(api: Any) -> None:
    made = a_webhook(api, URL)
    for patch in (
        [{"op": "replace", "path": "/url", "value": "nonsense"}],
        [{"op": "replace", "path": "/on", "value": "yes"}],
        [{"op": "replace", "path": "/_id", "value": "0123456789abcdef01234567"}],
        [{"op": "add", "path": "/statements", "value": [{"effect": "allow"}]}],
    ):
        assert api.patch(path_of(made), patch).status_code == 400
    assert api.get(path_of(made)).json() == made


@pytest.mark.parametrize(
    ("own", "statements"),
    [
        ([{**covering("*"), "actions": ["view*"]}], []),
        ([covering("proj/web")], [covering("proj/web")]),
        ([covering("proj/*:env/*")], [covering("proj/web:env/test"), covering("*", effect="deny")]),
    ],
)
def test_postWebhook__what_one_may_see_in_the_audit_log__is_allowed(
    api: Any, own: list[Any], statements: list[Any]
) -> None:
    a_webhook(api.with_policy([ADMINISTER, *own]), URL, statements=statements)


@pytest.mark.parametrize(
    ("own", "statements"),
    [
        ([], []),
        ([covering("proj/web")], []),
        ([covering("proj/web")], [covering("proj/*")]),
        ([covering("proj/web")], [covering(notResources=["proj/shop"])]),
        (
            [{**covering("*"), "actions": ["view*"]}, covering("proj/web", effect="deny")],
            [covering("proj/*")],
        ),
        ([{**covering("*"), "actions": ["viewProject"]}], [covering("proj/web")]),
    ],
)
def test_postWebhook__more_than_one_may_see__answers_403(
    api: Any, own: list[Any], statements: list[Any]
) -> None:
    caller = api.with_policy([ADMINISTER, *own])
    body = {"url": URL, "sign": True, "on": True, "statements": statements}
    assert caller.post(WEBHOOKS, body).status_code == 403
    assert api.get(WEBHOOKS).json()["items"] == []


def test_patchWebhook__of_somebody_who_sees_less__cannot_be_led_elsewhere(api: Any) -> None:
    caller = api.with_policy([ADMINISTER, covering("proj/web")])
    made = a_webhook(api, URL)
    elsewhere = [{"op": "replace", "path": "/url", "value": "https://mine.example/"}]
    assert caller.patch(path_of(made), elsewhere).status_code == 403
    rename = [{"op": "replace", "path": "/name", "value": "renamed"}]
    assert caller.patch(path_of(made), rename).status_code == 200


def test_deleteWebhook__with_deliveries__takes_them_along(
    api: Any, receiver: Receiver, deliverer: Deliverer
) -> None:
    made = a_webhook(api, receiver.url)
    deliverer.turn()
    assert api.delete(path_of(made)).status_code == 204
    assert api.get(path_of(made)).status_code == 404
    assert api.get(f"{path_of(made)}/deliveries").status_code == 404
    deliverer.turn()
    assert len(receiver.received) == 1
