"""Two real histories: what is counted is what git counts, and the scores are what a hand calculates."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from daybreak.areas.insights.facts.tables import changes, deployment_changes
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database

Import = Callable[..., dict[str, Any]]


def test_import_git__monorepo_with_tags_of_a_component__counts_what_git_counts(
    bring_in: Import, monorepo: Path
) -> None:
    report = bring_in(monorepo, "--tags", "flagd/**")
    assert {
        name: report[name]
        for name in ("deployments", "linkedPullRequests", "botPullRequests", "unresolvedVersions")
    } == {"deployments": 68, "linkedPullRequests": 956, "botPullRequests": 598, "unresolvedVersions": 0}
    assert report["commitsWithoutPullRequest"] == 998 - 956


def test_import_git__monorepo_with_path__keeps_what_touches_it(bring_in: Import, monorepo: Path) -> None:
    report = bring_in(monorepo, "--tags", "flagd/**", "--path", "flagd")
    assert (report["deployments"], report["linkedPullRequests"]) == (68, 314)


def test_import_git__path_named_only_the_second_time__is_heeded(bring_in: Import, monorepo: Path) -> None:
    bring_in(monorepo, "--tags", "flagd/**")
    again = bring_in(monorepo, "--tags", "flagd/**", "--path", "flagd")
    assert (again["newCommits"], again["newDeployments"], again["linkedPullRequests"]) == (0, 0, 314)


def test_import_git__library_with_all_its_tags__counts_what_git_counts(
    bring_in: Import, library: Path, database: Database
) -> None:
    report = bring_in(library)
    assert (report["deployments"], report["linkedPullRequests"], report["unresolvedVersions"]) == (43, 682, 0)
    with database.reading() as db:
        links = db.value(
            select(func.count()).where(
                deployment_changes.c.change_id == changes.c.id, changes.c.kind == "pull_request"
            )
        )
    assert links == 682  # so none is linked twice


def scores_at(api: Any, clock: FixedClock, to: int) -> dict[str, tuple[int, int | None]]:
    """Each score with the one of the period before; None where there was nothing to work on."""
    clock.at = to
    where = {"projectKey": "web", "environmentKey": "production", "applicationKey": "app"}
    scores = api.get("/api/v2/engineering-insights/insights/scores", **where, to=to).json()["scores"]
    return {
        name: (score["score"], before["score"] if before["indicator"] != "notCalculated" else None)
        for name, score in scores.items()
        if score["indicator"] != "notCalculated"
        for before in [score["lastPeriod"]]
    }


def test_import_git__monorepo__scores_as_calculated_by_hand(
    bring_in: Import, monorepo: Path, api: Any, clock: FixedClock
) -> None:
    """The last tag, flagd/v0.16.1, is of 1785163690, so the period ends at the next hour, 1785164400.

    Frequency: one tag in each of the two periods, so one in 28 days: 40.

    Lead time: 22 changes, 3 of them by bots. The other 19 took, in seconds from the squash to the tag, 4613,
    6015, 256469, 257284, 258142, 265745, 314437, 584931, 586339, 587671, 588255, 591325, 593158, 598367,
    600478, 609789, 611458, 933250 and 2426601. The tenth is 6.8 days: 90 - 20 * (587671 - 86400) / (604800 -
    86400) = 70.66.

    Before, one change by a person took 4408 seconds: 100 - 10 * (4408 - 3600) / (86400 - 3600) = 99.9.

    Failures: none of one deployment: 100, in both periods. Velocity: (40 + 70) / 2, before (40 + 99) / 2.
    Risk: 100. Overall: (55 + 100) / 2, before (69 + 100) / 2.
    """
    bring_in(monorepo, "--tags", "flagd/**")
    assert scores_at(api, clock, 1_785_164_400_000) == {
        "deploymentFrequency": (40, 40),
        "leadTime": (70, 99),
        "deploymentFailureRate": (100, 100),
        "velocity": (55, 69),
        "risk": (100, 100),
        "overall": (77, 84),
    }


def test_import_git__library__scores_as_calculated_by_hand(
    bring_in: Import, library: Path, api: Any, clock: FixedClock
) -> None:
    """The last tag, 3.1.3, is of 1771477008, so the period ends at the next hour, 1771477200.

    Frequency: one tag, so one in 28 days: 40; before, none: 0.

    Lead time: 8 pull requests and 7 commits that were in none, from their first commits to the tag, in
    seconds: 4493, 21836, 2111117, 2167792, 2173348, 2562031, 3845222, 5494353, 7120261, 8074269, 8074435,
    8075588, 9114202, 14300726 and 15839585. The eighth is 63.6 days: 40 - 40 * (5494353 - 2419200) /
    (15724800 - 2419200) = 30.76.

    Failures: none of one deployment: 100. Velocity: (40 + 30) / 2. Risk: 100. Overall: (35 + 100) / 2.
    """
    bring_in(library)
    assert scores_at(api, clock, 1_771_477_200_000) == {
        "deploymentFrequency": (40, 0),
        "leadTime": (30, None),
        "deploymentFailureRate": (100, None),
        "velocity": (35, 0),
        "risk": (100, None),
        "overall": (67, None),
    }
