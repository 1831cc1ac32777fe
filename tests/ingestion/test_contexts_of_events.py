"""Contexts in events of every kind: what is learnt, and what it costs."""

from typing import Any

import pytest

from daybreak.ingestion import contexts
from daybreak.platform.clock import MINUTE
from ingestion.sender import Sender, summary

SEARCH = "/api/v2/projects/web/environments/production/contexts/search"


def keys(api: Any, sender: Sender, filter: str = "") -> list[str]:
    sender.write()
    items = api.post(SEARCH, json={"filter": filter} if filter else {}).json()["items"]
    return sorted(item["context"]["key"] for item in items)


def test_contexts__of_every_kind_of_event__are_learnt(api: Any, sender: Sender) -> None:
    def user(key: str) -> dict[str, str]:
        return {"kind": "user", "key": key}

    sender.bulk(
        {"kind": "index", "creationDate": 1, "context": user("a")},
        {
            "kind": "identify",
            "creationDate": 1,
            "context": {"kind": "multi", "user": {"key": "b"}, "org": {"key": "c"}},
        },
        {"kind": "feature", "key": "checkout", "context": user("d")},
        {"kind": "custom", "key": "bought", "contextKeys": {"user": "e"}},
        {"kind": "debug", "key": "checkout", "context": user("f")},
        {"kind": "index", "user": {"key": "g", "custom": {"plan": "old"}}},
        {"kind": "index", "context": None},
        {"kind": "index", "context": "nonsense"},
        summary(context=user("h")),
    )
    assert keys(api, sender) == ["a", "b", "c", "d", "e", "f", "g", "h"]
    assert keys(api, sender, "user.plan equals old") == ["g"]


def test_contexts__come_from_the_application_or_the_sdk(api: Any, sender: Sender) -> None:
    event = {"kind": "index", "context": {"kind": "user", "key": "a"}}
    sender.bulk(event, **{"X-LaunchDarkly-Tags": "application-id/till"})
    sender.bulk(event, **{"User-Agent": "PythonClient/9.1 more"})
    assert keys(api, sender, "applicationId equals till") == ["a"]
    assert keys(api, sender, "applicationId equals PythonClient/9.1") == ["a"]


def test_contexts__seen_again_at_once__are_not_written_again(api: Any, sender: Sender) -> None:
    event = {"kind": "index", "context": {"kind": "user", "key": "a"}}
    sender.bulk(event)
    sender.write()
    before = api.post(SEARCH, json={}).json()["items"][0]["lastSeen"]
    sender.clock.advance(MINUTE)
    sender.bulk(event)
    sender.write()
    assert api.post(SEARCH, json={}).json()["items"][0]["lastSeen"] == before
    sender.clock.advance(2 * contexts.WRITTEN_EVERY)
    sender.bulk(summary())
    sender.bulk(event)
    sender.clock.advance(2 * contexts.WRITTEN_EVERY)
    sender.bulk(event)
    sender.write()
    assert api.post(SEARCH, json={}).json()["items"][0]["lastSeen"] > before


def test_contexts__more_than_are_held__are_dropped_and_counted(
    api: Any, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contexts, "MOST_HELD", 2)
    sender.bulk(*({"kind": "index", "context": {"kind": "user", "key": key}} for key in "abc"))
    assert sender.totals().dropped == 1
    assert keys(api, sender) == ["a", "b"]
    # There is room again, and what was dropped was not remembered as seen.
    sender.bulk({"kind": "index", "context": {"kind": "user", "key": "c"}})
    assert keys(api, sender) == ["a", "b", "c"]
