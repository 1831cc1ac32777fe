"""The year of deployments of the made-up project: whole as a history, told so that each part is scored."""

import pytest

from conftest import NOW, Api
from daybreak.areas.insights.queries import environment_scores
from daybreak.cli.demo.applications import APPLICATIONS, WEB, DemoApplication
from daybreak.cli.demo.deliveries import TOLD_FOR
from daybreak.cli.demo.history import latest_version, make_history
from daybreak.cli.demo.project import make_demo
from daybreak.cli.demo.schedule import PERIOD, make_schedule
from daybreak.cli.program import Program
from daybreak.logic.scoring.model import Metric
from daybreak.platform.clock import DAY, HOUR, FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

INSIGHTS = "/api/v2/engineering-insights"
PLACE = {"projectKey": "demo", "environmentKey": "production"}
# The period in which everything went wrong.
BAD = 5


@pytest.fixture
def program(settings: Settings, database: Database, clock: FixedClock) -> Program:
    return Program(settings, database, clock)


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda each: each.key)
def test_make_history__any_application__is_whole_and_over(application: DemoApplication) -> None:
    history = make_history(application, NOW)
    known: set[str] = set()
    for commit in history.commits:
        assert known.issuperset(commit.parents)
        known.add(commit.sha)
    assert len(known) == len(history.commits)
    assert known.issuperset(each.sha for each in history.deployed)
    assert max(each.ended_at for each in history.deployed) <= NOW - HOUR
    starts = [each.started_at for each in history.deployed]
    assert starts == sorted(starts)
    assert NOW - starts[0] > 13 * PERIOD
    assert all(
        each.created_at and each.ready_at and each.created_at <= each.ready_at <= each.merged_at
        for each in history.pull_requests
        if each.merged_at
    )


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda each: each.key)
def test_make_history__what_is_imported__never_failed_in_its_pipeline(application: DemoApplication) -> None:
    # Git tells of no deployment that did not happen.
    deployed = make_history(application, NOW).deployed
    assert not any(each.has_failed for each in deployed if each.started_at < NOW - TOLD_FOR)


def test_make_history__another_day__is_the_same_history_later() -> None:
    before, after = make_history(WEB, NOW), make_history(WEB, NOW + 3 * DAY)
    assert [each.sha for each in before.commits] == [each.sha for each in after.commits]
    assert [each.title for each in before.pull_requests] == [each.title for each in after.pull_requests]
    moved = [each.started_at + 3 * DAY for each in before.deployed]
    assert moved == [each.started_at for each in after.deployed]
    assert latest_version(WEB) == after.deployed[-1].sha


def test_make_schedule__whatever_went_wrong__is_mended_before_anything_else_lands() -> None:
    schedule = make_schedule(WEB, NOW)
    in_between = [
        each
        for start in schedule.starts
        if start.goes_back
        for each in schedule.landings
        if start.at - 2 * HOUR < each.at < start.at + HOUR
    ]
    assert not in_between


def test_make_demo__its_last_year__becomes_slowly_better_with_a_bad_month(program: Program) -> None:
    make_demo(program)
    raw: dict[Metric, list[float]] = {}
    with program.database.reading() as db:
        for periods_ago in range(12, -1, -1):
            card = environment_scores(db, "demo", "production", NOW - periods_ago * PERIOD).card
            for metric in (Metric.DEPLOYMENT_FREQUENCY, Metric.LEAD_TIME, Metric.DEPLOYMENT_FAILURE_RATE):
                assert card.scores[metric].indicator.has_score
                assert 40 <= card.scores[metric].score < 90, (metric, periods_ago)
                value = card.explanations[metric].raw
                assert value is not None
                raw.setdefault(metric, []).append(float(value))
    for metric, worse in (
        (Metric.LEAD_TIME, 1),
        (Metric.DEPLOYMENT_FAILURE_RATE, 1),
        (Metric.DEPLOYMENT_FREQUENCY, -1),
    ):
        values = [worse * value for value in raw[metric]]
        bad = len(values) - 1 - BAD
        assert sum(values[:4]) > sum(values[-4:]), metric
        assert values[bad] > max(values[bad - 1], values[bad + 1]), metric


def test_make_demo__its_applications__differ_and_were_deployed_within_the_day(
    program: Program, api: Api
) -> None:
    make_demo(program)
    scores = set()
    for application in APPLICATIONS:
        found = api.get(f"{INSIGHTS}/insights/scores", **PLACE, applicationKey=application.key)
        scores.add(found.json()["scores"]["leadTime"]["score"])
    assert len(scores) == len(APPLICATIONS)
    lately = api.get(f"{INSIGHTS}/deployments", **PLACE, **{"from": NOW - DAY, "to": NOW}).json()
    assert lately["totalCount"] >= 2
    for deployment in lately["items"]:
        assert all(deployment["leadTimeStages"].values())


def test_make_demo__again__adds_nothing(program: Program, api: Api) -> None:
    every = {**PLACE, "from": NOW - 400 * DAY, "to": NOW, "limit": 1}
    _, is_new = make_demo(program)
    before = [api.get(f"{INSIGHTS}/{each}", **every).json() for each in ("deployments", "pull-requests")]
    key, is_still_new = make_demo(program)
    assert (is_new, is_still_new) == (True, False)
    assert key
    after = [api.get(f"{INSIGHTS}/{each}", **every).json() for each in ("deployments", "pull-requests")]
    assert [each["totalCount"] for each in before] == [each["totalCount"] for each in after]
    assert before[0]["totalCount"] > 250
