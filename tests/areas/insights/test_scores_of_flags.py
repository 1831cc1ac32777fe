"""What flags do to the scores, from changes and evaluations as SDKs tell them."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, instructed
from areas.insights.score_seeds import explanations_of, read_scores, scores_of
from areas.insights.seeds import INSIGHTS, a_project, counted_queries, tell
from daybreak.areas.flags.area import jobs
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.flag_changes.settling import settle
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, HOUR, MINUTE, FixedClock
from daybreak.platform.database import Database

ON, OFF = {"kind": "turnFlagOn"}, {"kind": "turnFlagOff"}


@pytest.fixture
def environment(api: Any) -> str:
    a_project(api)
    return str(api.get("/api/v2/projects/web/environments/production").json()["_id"])


def served(
    database: Database,
    environment: str,
    key: str,
    at: int,
    counts: dict[int | None, int],
    application: str = "",
) -> None:
    use = FlagUse({(at - at % MINUTE, number): count for number, count in counts.items()})
    use.runs_in = {(application, "1.0")} if application else set()
    with database.writing() as db:
        count_evaluations(db, {(environment, key): use}, at)


def turned_on(
    api: Any, database: Database, environment: str, key: str, at: int, share: int, application: str = ""
) -> None:
    """So many percent got the first variation then, and nobody before."""
    served(database, environment, key, at - MINUTE, {1: 100}, application)
    instructed(api, ON, key=key)
    served(database, environment, key, at + 2 * MINUTE, {0: share, 1: 100 - share})


def settled(database: Database, now: int) -> None:
    with database.writing() as db:
        settle(db, now)


def test_impactSize__of_changes__is_their_mean(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    for key, share in (("a", 10), ("b", 20), ("c", 0), ("d", 100)):
        a_flag(api, key)
        turned_on(api, database, environment, key, clock.at, share, "till" if key == "b" else "")
    tell(api, applicationKey="till")
    # Undone within three days, and never evaluated.
    instructed(api, OFF, key="d")
    a_flag(api, "dark")
    instructed(api, ON, key="dark")
    settled(database, clock.at + 26 * HOUR)
    clock.at += 10 * DAY
    explained = explanations_of(api)["impactSize"]
    # The change back came in the same minute: both are compared over the same evaluations.
    assert explained["sampleSize"] == 3
    left_out = {each["name"]: each["count"] for each in explained["excluded"]}
    assert left_out["rollbacks"] == 1
    assert left_out["withoutImpact"] == 1
    events = api.get(
        f"{INSIGHTS}/flag-events",
        projectKey="web",
        environmentKey="production",
        **{"from": clock.at - 20 * DAY},
    ).json()["items"]
    counted = [each for each in events if each["id"] in explained["contributors"]["flagEvents"]]
    mean = sum(each["impact"]["percentage"] for each in counted) / len(counted)
    assert explained["raw"] == pytest.approx(mean)
    assert scores_of(api)["impactSize"]["indicator"] not in {"unknown", "notCalculated"}
    of_till = explanations_of(api, applicationKey="till")["impactSize"]
    assert (of_till["raw"], of_till["sampleSize"]) == (20, 1)
    assert scores_of(api, applicationKey="till")["impactSize"]["score"] == 90


def test_impactSize__changes_without_evaluations__is_unknown(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    assert scores_of(api)["impactSize"]["indicator"] == "notCalculated"
    a_flag(api)
    instructed(api, ON)
    settled(database, clock.at + 26 * HOUR)
    clock.at += 8 * DAY
    assert scores_of(api)["impactSize"]["indicator"] == "unknown"
    assert explanations_of(api)["impactSize"]["reason"].startswith("flag events are known")


def test_flagHealth__of_temporary_flags__is_compared_with_the_last_period(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    for number in range(4):
        a_flag(api, f"f{number}")
    [keeping] = [job for job in jobs() if job.name == "write down how healthy flags are"]
    began = clock.at
    for day in range(57):
        clock.at = began + day * DAY
        # The second half of them is no longer evaluated after a month.
        for number in range(4 if day < 30 else 2):
            served(database, environment, f"f{number}", clock.at, {0: 1, 1: 1})
        with database.writing() as db:
            keeping.run(db, clock.at)
    scores = scores_of(api)
    assert (scores["flagHealth"]["score"], scores["flagHealth"]["indicator"]) == (50, "fair")
    assert scores["flagHealth"]["lastPeriod"]["score"] == 100
    assert scores["flagHealth"]["diffVsLastPeriod"] == -50
    explained = explanations_of(api)["flagHealth"]
    assert (explained["raw"], explained["contributors"]["flags"]) == (50, ["f2", "f3"])


def test_creationRatio__flags_that_come_and_go__is_theirs(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    for key in ("old", "older"):
        a_flag(api, key)
    clock.at += 35 * DAY
    for key in ("a", "b", "c", "gone"):
        a_flag(api, key)
    a_flag(api, "kept", temporary=False)
    clock.at += 3 * HOUR
    instructed(api, {"kind": "archiveFlag"}, key="old")
    assert api.delete(f"{FLAGS}/gone").status_code == 204
    clock.at += 3 * HOUR
    explained = explanations_of(api)["creationRatio"]
    # Four came and two went: (4 + 1) / (2 + 1).
    assert explained["raw"] == pytest.approx(5 / 3)
    assert explained["sampleSize"] == 6
    assert explained["contributors"]["flags"] == ["a", "b", "c", "gone", "old"]
    assert read_scores(api, applicationKey="till").status_code == 404
    tell(api, applicationKey="till")
    assert scores_of(api, applicationKey="till")["creationRatio"]["indicator"] == "notCalculated"


def test_experimentationCoverage__no_experiment__is_not_calculated(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    a_flag(api)
    turned_on(api, database, environment, "checkout", clock.at, 50)
    clock.at += 8 * DAY
    assert scores_of(api)["experimentationCoverage"]["indicator"] == "notCalculated"
    assert "no experiment" in explanations_of(api)["experimentationCoverage"]["reason"]


def queries(api: Any, database: Database) -> int:
    with counted_queries(database) as found:
        assert read_scores(api, expand="explanation").status_code == 200
    return len(found)


def test_scores__many_flags__cost_as_many_queries_as_one(
    api: Any, database: Database, clock: FixedClock, environment: str
) -> None:
    a_flag(api)
    turned_on(api, database, environment, "checkout", clock.at, 50)
    few = queries(api, database)
    for number in range(12):
        a_flag(api, f"f{number}")
        turned_on(api, database, environment, f"f{number}", clock.at, 50)
    assert queries(api, database) == few
