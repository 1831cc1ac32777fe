"""Changes of what contexts get from a flag, and the impact that is found for them."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from areas.flags.seeds import FLAGS, a_flag, a_project, ids, instruct, instructed
from daybreak.areas.flags.area import jobs
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.flag_changes.model import FlagChange
from daybreak.areas.flags.flag_changes.settling import first_look_at
from daybreak.areas.flags.flag_changes.store import parse_change
from daybreak.areas.flags.flag_changes.tables import flag_changes
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

ON, OFF = {"kind": "turnFlagOn"}, {"kind": "turnFlagOff"}


@pytest.fixture(autouse=True)
def flag(api: Any) -> dict[str, Any]:
    a_project(api)
    return a_flag(api)


def list_changes(database: Database) -> list[FlagChange]:
    """Oldest first."""
    with database.reading() as db:
        rows = db.rows(select(flag_changes).order_by(flag_changes.c.at, flag_changes.c.id))
    return [parse_change(row) for row in rows]


def described(database: Database) -> list[tuple[str, str]]:
    return [(change.kind, change.description) for change in list_changes(database)]


def served(api: Any, database: Database, at: int, counts: Mapping[int | None, int]) -> None:
    environment = api.get("/api/v2/projects/web/environments/production").json()["_id"]
    use = FlagUse({(at - at % MINUTE, variation): number for variation, number in counts.items()})
    with database.writing() as db:
        count_evaluations(db, {(environment, "checkout"): use}, at)


def settle(database: Database, now: int) -> bool:
    """Whether there was something to do."""
    [job] = [job for job in jobs() if job.name == "settle impacts of flag changes"]
    with database.writing() as db:
        is_needed = job.is_needed(db, now)
        job.run(db, now)
    return is_needed


def impacts(database: Database) -> list[float | None]:
    return [None if c.percentage is None else float(c.percentage) for c in list_changes(database)]


def test_change__what_contexts_get_changes__is_noted_where_it_does(
    api: Any, database: Database, clock: FixedClock, flag: dict[str, Any]
) -> None:
    instructed(api, ON)
    [change] = list_changes(database)
    assert (change.flag_key, change.kind, change.description) == ("checkout", "updated", "turned on")
    assert (change.at, change.settle_at, change.impact) == (clock.at, first_look_at(clock.at), None)
    assert change.actions == ("updateOn",)
    entry = api.get(f"/api/v2/auditlog/{change.audit_entry_id}").json()
    assert (entry["_id"], entry["kind"]) == (change.audit_entry_id, "flag")

    clock.at += 1
    clause = {"contextKind": "user", "attribute": "email", "op": "endsWith", "values": ["@acme.io"]}
    instructed(api, {"kind": "addRule", "clauses": [clause], "variationId": ids(flag)[1]})
    clock.at += 1
    target = {"kind": "addTargets", "contextKind": "user", "values": ["a"], "variationId": ids(flag)[1]}
    instructed(api, target)
    clock.at += 1
    instructed(api, {"kind": "archiveFlag"})
    clock.at += 1
    assert api.delete(f"{FLAGS}/checkout").status_code == 204
    # The two environments of the project served what is gone: only production served something else before.
    assert [c.description for c in list_changes(database) if c.environment_id == change.environment_id] == [
        "turned on",
        "changed rules",
        "changed targets",
        "archived",
    ]


@pytest.mark.parametrize(
    "instructions",
    [
        [{"kind": "updateName", "value": "Other"}],
        [{"kind": "addTags", "values": ["a"]}],
        # Nobody gets the default rule while the flag is off.
        [{"kind": "updateFallthroughVariationOrRollout", "variationId": "1"}],
        [{"kind": "updateTrackEvents", "trackEvents": True}],
    ],
)
def test_change__contexts_get_what_they_got__is_not_noted(
    api: Any, database: Database, flag: dict[str, Any], instructions: list[dict[str, Any]]
) -> None:
    off = ids(flag)[1]
    instructed(
        api, *(each | ({"variationId": off} if "variationId" in each else {}) for each in instructions)
    )
    assert list_changes(database) == []


def test_change__refused_or_rehearsed__is_not_noted(api: Any, database: Database) -> None:
    assert instruct(api, ON, {"kind": "nonsense"}).status_code == 400
    path = f"{FLAGS}/checkout?dryRun=true"
    body = {"environmentKey": "production", "instructions": [ON]}
    headers = {"Content-Type": "application/json; domain-model=launchdarkly.semanticpatch"}
    assert api.patch(path, json=body, headers=headers).status_code == 200
    assert list_changes(database) == []


def test_change__goes_back_within_three_days__is_a_rollback(
    api: Any, database: Database, clock: FixedClock
) -> None:
    instructed(api, ON)
    clock.at += 71 * HOUR
    instructed(api, OFF)
    clock.at += 73 * HOUR
    instructed(api, ON)
    clock.at += DAY
    instructed(api, ON, {"kind": "updateName", "value": "Other"})
    assert [change.is_rollback for change in list_changes(database)] == [False, True, False]


@pytest.mark.parametrize(
    ("before", "after", "impact"),
    [
        ([(-30 * MINUTE, {1: 10})], [(30 * MINUTE, {0: 10})], 100.0),
        ([(-30 * MINUTE, {1: 10})], [(30 * MINUTE, {0: 1, 1: 3})], 25.0),
        ([(-30 * MINUTE, {1: 10})], [(30 * MINUTE, {1: 4})], 0.0),
        # Nothing nearby: whatever was within a day.
        ([(-20 * HOUR, {1: 10})], [(30 * MINUTE, {0: 1, 1: 1})], 50.0),
        # What is nearby counts alone.
        ([(-20 * HOUR, {0: 10}), (-MINUTE, {1: 1})], [(MINUTE, {0: 1})], 100.0),
        # The minute of the change belongs to neither side.
        ([(-MINUTE, {1: 1})], [(0, {1: 50}), (MINUTE, {0: 1})], 100.0),
        # Nobody knows what was served before.
        ([(-25 * HOUR, {1: 10})], [(MINUTE, {0: 1})], None),
    ],
)
def test_settle__evaluations_on_both_sides__are_compared(
    api: Any,
    database: Database,
    clock: FixedClock,
    before: Sequence[tuple[int, Mapping[int | None, int]]],
    after: Sequence[tuple[int, Mapping[int | None, int]]],
    impact: float | None,
) -> None:
    instructed(api, ON)
    for ago, counts in (*before, *after):
        served(api, database, clock.at + ago, counts)
    assert not settle(database, clock.at + HOUR)
    assert impacts(database) == [None]
    assert settle(database, first_look_at(clock.at))
    assert impacts(database) == [impact]
    assert list_changes(database)[0].settle_at is None


def test_settle__nothing_evaluated_after__waits_for_a_day(
    api: Any, database: Database, clock: FixedClock
) -> None:
    instructed(api, ON)
    served(api, database, clock.at - MINUTE, {1: 5})
    settle(database, clock.at + 2 * HOUR)
    assert list_changes(database)[0].settle_at == clock.at + 3 * HOUR
    served(api, database, clock.at + 10 * HOUR, {0: 5})
    settle(database, clock.at + 11 * HOUR)
    assert impacts(database) == [100.0]


def test_settle__nothing_evaluated_for_a_day__is_unknown(
    api: Any, database: Database, clock: FixedClock
) -> None:
    instructed(api, ON)
    served(api, database, clock.at - MINUTE, {1: 5})
    settle(database, clock.at + 25 * HOUR)
    [change] = list_changes(database)
    assert (change.settle_at, change.impact) == (None, None)


def test_settle__two_changes_in_an_hour__are_told_apart(
    api: Any, database: Database, clock: FixedClock
) -> None:
    began = clock.at
    served(api, database, began - MINUTE, {1: 8})
    rollout = {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {}}
    flag = api.get(f"{FLAGS}/checkout").json()
    rollout["rolloutWeights"] = {ids(flag)[0]: 50_000, ids(flag)[1]: 50_000}
    instructed(api, ON, rollout)
    served(api, database, began + 5 * MINUTE, {0: 4, 1: 4})
    clock.at = began + 10 * MINUTE
    instructed(api, {"kind": "updateFallthroughVariationOrRollout", "variationId": ids(flag)[0]})
    served(api, database, began + 15 * MINUTE, {0: 8})
    settle(database, clock.at + 2 * HOUR)
    assert impacts(database) == [50.0, 50.0]
    first, second = list_changes(database)
    assert first.served == [
        {"value": True, "before": 0, "after": 4},
        {"value": False, "before": 8, "after": 4},
    ]
    assert not second.is_rollback
