"""Deployments and changes of flags that are older than they are kept: gone as rows, still in every score."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from areas.flags.seeds import a_flag, instructed
from areas.insights.score_seeds import END, explanations_of, read_scores
from areas.insights.seeds import DEPLOYMENTS, EVENTS, INSIGHTS, PULL_REQUESTS, a_project, an_event, tell
from areas.insights.test_import_git import Import, bring_in, library  # noqa: F401 - fixtures
from areas.insights.test_scores_of_flags import OFF, ON, settled, turned_on
from areas.insights.test_scores_trend import trend_of
from daybreak.areas.flags.flag_change_days.store import adding_up as adding_up_changes
from daybreak.areas.flags.flag_changes.tables import flag_changes
from daybreak.areas.insights.deployments.running import RunningVersion, take_running_versions
from daybreak.areas.insights.facts.adding_up import MOST_AT_ONCE, add_up, adding_up
from daybreak.areas.insights.facts.tables import deployment_changes, deployment_days, deployments
from daybreak.platform.clock import DAY, HOUR, FixedClock, start_of_day
from daybreak.platform.database import Database

KEPT = 60
BEFORE = start_of_day(END - KEPT * DAY)

# Final is what lies before the day after the last deployment that is old.
FINAL = BEFORE - 8 * DAY

# What the next deployment is told apart from: so many of the old ones stay.
STAY = 20


def a_long_history(api: Any) -> None:
    """Of `checkout` a deployment every week of two years, some of which failed, were rolled back or deployed
    again, and of `billing` one every month. None on a day on which a period ends.
    """
    a_project(api)
    for week in range(100, 0, -1):
        at = END - (7 * week - 3) * DAY + HOUR
        event = "failed" if week % 7 == 0 else "finished"
        tell(api, version=f"1.{week}", eventType=event, eventTime=at, applicationKind="browser")
        if week % 10 == 0:
            tell(api, version=f"1.{week + 2}", eventTime=at + 2 * DAY)
    for month in range(24, 0, -1):
        tell(api, applicationKey="billing", version=str(month), eventTime=END - (28 * month - 9) * DAY)


def everything(api: Any) -> Iterator[Any]:
    """What may not change by adding up."""
    place = {"projectKey": "web", "environmentKey": "production"}
    years = {"from": END - 730 * DAY, "to": END, "bucketType": "day"}
    for applications in ({}, {"applicationKey": "checkout"}, {"applicationKey": "billing,checkout"}):
        yield trend_of(api, **applications)
        for end in (END - 100 * DAY, END - 63 * DAY, END - 600 * DAY):
            yield read_scores(api, to=end, **applications).json()["scores"]
        for group_by in ({}, {"groupBy": "application"}, {"groupBy": "kind"}):
            chart = api.get(
                f"{INSIGHTS}/charts/deployments/frequency", **place, **years, **applications, **group_by
            )
            assert chart.status_code == 200
            yield chart.json()


def rows_of(database: Database, application: str = "checkout") -> int:
    mine = deployments.c.application_key == application
    with database.reading() as db:
        return int(db.value(select(func.count()).select_from(deployments).where(mine)))


def added_up(database: Database, before: int = BEFORE) -> None:
    with database.writing() as db:
        add_up(db, before, END)


def test_scores_and_charts__deployments_added_up__are_what_they_were(api: Any, database: Database) -> None:
    a_long_history(api)
    before = list(everything(api))
    rows = rows_of(database)

    added_up(database)

    kept = rows_of(database)
    assert kept < rows / 2
    assert list(everything(api)) == before
    added_up(database)
    assert rows_of(database) == kept
    assert list(everything(api)) == before


def test_deployments__newest_of_the_old_ones_that_succeeded__stay(api: Any, database: Database) -> None:
    a_long_history(api)
    for number in range(STAY + 5):
        tell(api, version="broken", eventType="failed", eventTime=BEFORE - (number + 1) * HOUR)
    added_up(database)
    table = deployments.c
    is_success = table.application_key == "checkout", table.status == "finished", table.at < BEFORE
    with database.reading() as db:
        assert db.value(select(func.count()).select_from(deployments).where(*is_success)) == STAY


def test_deployments__more_than_at_once__are_added_up_in_several_runs(
    api: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_long_history(api)
    before, rows = list(everything(api)), rows_of(database)
    [job] = adding_up(KEPT)
    monkeypatch.setattr("daybreak.areas.insights.facts.adding_up.MOST_AT_ONCE", MOST_AT_ONCE // 100)
    runs = 0
    with database.writing() as db:
        while job.is_needed(db, END):
            job.run(db, END)
            runs += 1
    assert runs > 2
    assert rows_of(database) < rows / 2
    assert list(everything(api)) == before
    assert adding_up(0) == []


def test_explanation__deployments_added_up__says_how_many_are_not_listed(
    api: Any, database: Database
) -> None:
    a_long_history(api)
    added_up(database)
    explained = explanations_of(api, to=END - 600 * DAY, applicationKey="checkout")
    failures = explained["deploymentFailureRate"]
    [gone] = [each for each in failures["excluded"] if each["name"] == "addedUp"]
    assert gone["count"] == failures["sampleSize"]
    assert "by the day" in gone["why"]
    assert failures["contributors"]["deployments"] == []
    assert any(each["name"] == "addedUp" for each in explained["deploymentReworkRate"]["excluded"])
    assert not any(
        each["name"] == "addedUp" for each in explanations_of(api)["deploymentFailureRate"]["excluded"]
    )


def test_postDeploymentEvent__of_a_time_that_is_final__is_refused(api: Any, database: Database) -> None:
    a_long_history(api)
    added_up(database)
    before = list(everything(api))

    refused = api.post(EVENTS, json=an_event(version="new", eventTime=FINAL))

    assert refused.status_code == 400
    assert "is final" in refused.json()["message"]
    assert list(everything(api)) == before
    tell(api, version="new", eventTime=BEFORE)
    # Another application has nothing that is final.
    tell(api, applicationKey="fresh", eventTime=FINAL)


def test_updateDeployment__of_a_time_that_is_final__is_refused(api: Any, database: Database) -> None:
    a_long_history(api)
    added_up(database)
    query = {"projectKey": "web", "environmentKey": "production", "from": 0, "to": FINAL, "limit": 1}
    [stayed] = api.get(DEPLOYMENTS, **query).json()["items"]
    archive = [{"op": "replace", "path": "/archived", "value": True}]
    assert api.patch(f"{DEPLOYMENTS}/{stayed['id']}", json=archive).status_code == 400


def test_version__deployed_again_after_its_rows_are_gone__is_another_deployment(
    api: Any, database: Database
) -> None:
    a_long_history(api)
    with database.reading() as db:
        gone = db.value(select(deployments.c.id).where(deployments.c.application_version == "1.99"))
    added_up(database)
    assert tell(api, version="1.99") != gone
    assert tell(api, version="1.99") == tell(api, version="1.99")


def test_running_version__deployed_before_rows_are_kept__is_not_deployed_anew(
    api: Any, database: Database
) -> None:
    a_long_history(api)
    added_up(database)
    environment = str(api.get("/api/v2/projects/web/environments/production").json()["_id"])
    rows = rows_of(database)

    def seen(version: str, at: int) -> RunningVersion:
        return RunningVersion(environment, "checkout", "Checkout", version, "mobile", at)

    with database.writing() as db:
        take_running_versions(db, [seen("1.99", END), seen("9.9", END), seen("8.8", FINAL)], END)

    # On phones 1.99 still runs; 8.8 ran when everything was final; 9.9 is new.
    assert rows_of(database) == rows + 1


def test_version__deployed_on_both_sides__counts_once_whatever_is_derived_anew(
    api: Any, database: Database
) -> None:
    a_long_history(api)
    tell(api, version="old", eventTime=END - 500 * DAY)
    tell(api, version="bad", eventTime=BEFORE + HOUR)
    # A rollback to a version whose row will be gone.
    back = tell(api, version="old", eventTime=BEFORE + 2 * HOUR)
    before = list(everything(api))
    added_up(database)
    assert list(everything(api)) == before

    archived = tell(api, version="fresh", eventTime=BEFORE)
    archive = [{"op": "replace", "path": "/archived", "value": True}]
    assert api.patch(f"{DEPLOYMENTS}/{archived}", json=archive).status_code == 200

    with database.reading() as db:
        reason, previous = deployments.c.failure_reason, deployments.c.previous_same_version_at
        assert db.value(select(reason).where(deployments.c.application_version == "bad")) == "rolledBack"
        assert db.value(select(previous).where(deployments.c.id == back)) == END - 500 * DAY


def test_clock__wrong_for_a_moment__makes_nothing_final_that_is_to_come(api: Any, database: Database) -> None:
    a_long_history(api)
    added_up(database, start_of_day(END + 365 * DAY))
    tell(api, version="new", eventTime=END + HOUR)
    added_up(database)
    tell(api, version="newer", eventTime=END + 2 * HOUR)


def test_getPullRequests__delivered_by_deployments_that_are_gone__are_deployed(
    api: Any,
    database: Database,
    bring_in: Import,  # noqa: F811 - the fixture
    library: Path,  # noqa: F811 - the fixture
) -> None:
    bring_in(library)
    newest = max(link[2] for link in list_links(database))
    before = list_pull_requests(api)
    added_up(database, start_of_day(newest - 90 * DAY))
    assert rows_of(database, "app") < 40
    assert list_pull_requests(api) == before


def list_pull_requests(api: Any) -> list[Any]:
    place = {"projectKey": "web", "environmentKey": "production", "from": 0, "limit": 50}
    asked = ({"status": "deployed"}, {"status": "merged"}, {"expand": "leadTime"}, {"sort": "leadTime"})
    shown = []
    for more in asked:
        answer = api.get(PULL_REQUESTS, **place, **more).json()
        rows = [(each["id"], each["status"], each.get("leadTime")) for each in answer["items"]]
        shown.append((answer["totalCount"], rows))
    return shown


def test_import_git__again_after_adding_up__adds_nothing(
    api: Any,
    database: Database,
    bring_in: Import,  # noqa: F811 - the fixture
    library: Path,  # noqa: F811 - the fixture
) -> None:
    first = bring_in(library)
    links = list_links(database)
    newest = max(link[2] for link in links)
    added_up(database, start_of_day(newest - 90 * DAY))
    assert rows_of(database, "app") < first["deployments"]
    scores = [read_scores(api, to=newest - days * DAY + DAY).json()["scores"] for days in (0, 100, 400)]

    again = bring_in(library)

    assert again["newDeployments"] == 0
    assert list_links(database) == links
    later = [read_scores(api, to=newest - days * DAY + DAY).json()["scores"] for days in (0, 100, 400)]
    assert later == scores


def list_links(database: Database) -> list[Any]:
    table = deployment_changes.c
    columns = table.deployment_id, table.change_id, table.ended_at, table.lead_ms, table.is_first
    with database.reading() as db:
        return [tuple(row) for row in db.rows(select(*columns).order_by(*columns))]


def test_deleteProject__sums_of_days__go_with_it(api: Any, database: Database) -> None:
    a_long_history(api)
    added_up(database)
    a_project(api, "another")
    assert api.delete("/api/v2/projects/web").status_code == 204
    with database.reading() as db:
        assert db.value(select(func.count()).select_from(deployment_days)) == 0


def some_flag_changes(api: Any, database: Database, clock: FixedClock) -> None:
    """Over 200 days before `clock`, of all sizes and of none, by two applications and by nobody, some taken
    back. None on a day on which a period ends.
    """
    environment = str(api.get("/api/v2/projects/web/environments/production").json()["_id"])
    end = clock.at
    for number, share in enumerate((10, 40, 90, 0, 100, 30, 60, 20)):
        clock.at = end - (205 - 25 * number) * DAY - HOUR
        key = f"flag-{number}"
        a_flag(api, key)
        turned_on(api, database, environment, key, clock.at, share, ("till", "shop", "")[number % 3])
        if number % 3 == 0:
            clock.at += HOUR
            instructed(api, OFF, key=key)
        clock.at += 2 * HOUR
        a_flag(api, f"dark-{number}")
        instructed(api, ON, key=f"dark-{number}")
        settled(database, clock.at + 26 * HOUR)
    for application in ("till", "shop"):
        tell(api, applicationKey=application, eventTime=end - 206 * DAY)
    clock.at = end


def flags_shown(api: Any, end: int) -> Iterator[Any]:
    """What may not change by adding up."""
    place = {"projectKey": "web", "environmentKey": "production"}
    years = {"from": end - 300 * DAY, "to": end, "bucketType": "day"}
    for applications in ({}, {"applicationKey": "till"}, {"applicationKey": "till,shop"}):
        yield trend_of(api, **applications)
        explained = explanations_of(api, to=end - 100 * DAY, **applications)["impactSize"]
        yield explained["raw"], explained["sampleSize"], explained["coveredDays"]
        yield explanations_of(api, to=end - 100 * DAY, **applications)["experimentationCoverage"][
            "sampleSize"
        ]
        for more in ({}, {"groupBy": "impact"}, {"global": "exclude"}, {"hasExperiments": "true"}):
            chart = api.get(f"{INSIGHTS}/charts/releases/frequency", **place, **years, **applications, **more)
            assert chart.status_code == 200, chart.text
            yield chart.json()


def count_changes(database: Database) -> int:
    with database.reading() as db:
        return int(db.value(select(func.count()).select_from(flag_changes)))


def test_scores_and_charts__flag_changes_added_up__are_what_they_were(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_project(api)
    some_flag_changes(api, database, clock)
    before, rows = list(flags_shown(api, clock.at)), count_changes(database)
    [job] = adding_up_changes(KEPT)

    with database.writing() as db:
        assert job.is_needed(db, clock.at)
        job.run(db, clock.at)
        assert not job.is_needed(db, clock.at)

    assert 0 < count_changes(database) < rows / 2
    assert list(flags_shown(api, clock.at)) == before
    explained = explanations_of(api, to=clock.at - 100 * DAY)["impactSize"]
    assert any(each["name"] == "addedUp" for each in explained["excluded"])
    assert adding_up_changes(0) == []


def test_flag_changes__first_one_added_up__is_known_to_the_millisecond(
    api: Any, database: Database, clock: FixedClock
) -> None:
    a_project(api)
    some_flag_changes(api, database, clock)
    end = start_of_day(clock.at) - 195 * DAY
    before = explanations_of(api, to=end)["experimentationCoverage"]["coveredDays"]
    with database.writing() as db:
        for job in adding_up_changes(KEPT):
            job.run(db, clock.at)
    assert explanations_of(api, to=end)["experimentationCoverage"]["coveredDays"] == before
    assert before % 1
