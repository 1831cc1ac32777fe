"""Segments stop listing contexts when their date has come, as a patch would remove them."""

from typing import Any

import pytest

from areas.flags.seeds import SEMANTIC, a_project
from areas.flags.segment_seeds import SEGMENTS, a_segment, changed
from daybreak.app import Daybreak
from daybreak.platform.clock import HOUR, FixedClock

CONTEXTS = "/api/v2/segments/web/beta/expiring-targets/production"
USERS = "/api/v2/segments/web/beta/expiring-user-targets/production"


@pytest.fixture(autouse=True)
def segment(api: Any) -> None:
    """It includes two users, and excludes an organisation."""
    a_project(api)
    a_segment(api)
    changed(
        api,
        {"kind": "addIncludedUsers", "values": ["ann", "bob"]},
        {"kind": "addExcludedTargets", "contextKind": "org", "values": ["acme"]},
    )


def patched(api: Any, path: str, *instructions: dict[str, Any]) -> dict[str, Any]:
    response = api.patch(path, json={"instructions": list(instructions)}, headers=SEMANTIC)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def dated(at: int, key: str = "acme", kind: str = "org", listed_in: str = "excluded") -> dict[str, Any]:
    return {
        "kind": "addExpiringTarget",
        "targetType": listed_in,
        "contextKey": key,
        "contextKind": kind,
        "value": at,
    }


def run_due(app: Daybreak) -> bool:
    """Whether the job had anything to do."""
    due = [job for job in app.jobs.list_due() if "targets of segments" in job.name]
    return bool(due) and all(app.jobs.run(job) for job in due)


def test_dates__set_on_contexts_and_users__are_shown(api: Any, clock: FixedClock) -> None:
    at = clock.at + HOUR
    [item] = patched(api, CONTEXTS, dated(at))["items"]
    assert (item["targetType"], item["contextKind"], item["expirationDate"]) == ("excluded", "org", at)
    assert item["_resourceId"]["kind"] == "segment"
    user = {"kind": "addExpireUserTargetDate", "targetType": "included", "userKey": "ann", "value": at}
    [item] = patched(api, USERS, user)["items"]
    assert (item["userKey"], item["targetType"]) == ("ann", "included")
    assert [item["userKey"] for item in api.get(USERS).json()["items"]] == ["ann"]
    assert {item["contextKey"] for item in api.get(CONTEXTS).json()["items"]} == {"ann", "acme"}


def test_dates__impossible__are_told_and_the_others_count(api: Any, clock: FixedClock) -> None:
    at = clock.at + HOUR
    answer = patched(api, CONTEXTS, dated(at, "nobody"), dated(at, listed_in="neither"), dated(at))
    assert [error["instructionIndex"] for error in answer["errors"]] == [0, 1]
    assert answer["successfulInstructions"] == 1


def test_dates__come__remove_the_target(api: Any, app: Daybreak, clock: FixedClock) -> None:
    soon, later = clock.at + HOUR, clock.at + 2 * HOUR
    patched(
        api,
        CONTEXTS,
        dated(soon),
        dated(soon, "ann", "user", "included"),
        dated(later, "bob", "user", "included"),
    )
    clock.advance(HOUR - 1)
    assert not run_due(app)
    clock.advance(1)
    assert run_due(app)
    segment = api.get(f"{SEGMENTS}/beta").json()
    assert (segment["included"], segment["excludedContexts"]) == (["bob"], [])
    [left] = api.get(CONTEXTS).json()["items"]
    assert left["contextKey"] == "bob"
    [entry, *_] = api.get("/api/v2/auditlog", spec="proj/*:env/*:segment/*").json()["items"]
    assert "date had come" in entry["comment"]
    assert not run_due(app)


def test_dates__target_removed_by_hand__disappear_with_it(api: Any, clock: FixedClock) -> None:
    patched(api, CONTEXTS, dated(clock.at + HOUR))
    changed(api, {"kind": "removeExcludedTargets", "contextKind": "org", "values": ["acme"]})
    assert api.get(CONTEXTS).json()["items"] == []
    assert api.delete(f"{SEGMENTS}/beta").status_code == 204
    assert api.get(CONTEXTS).status_code == 404


def test_dates__reader__may_look_and_not_touch(api: Any, clock: FixedClock) -> None:
    reader = api.as_role("reader")
    assert reader.get(CONTEXTS).status_code == 200
    body = {"instructions": [dated(clock.at + HOUR)]}
    assert reader.patch(CONTEXTS, json=body).status_code == 403
