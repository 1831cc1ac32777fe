"""Scores of two real histories, against a calculation written out here by hand.

The lead times below are seconds from the first commit of each change to the time of its tag. They were read
with git alone: the first-parent commits of `git log TAG --not EVERY_EARLIER_TAG`, each merge with the first
author time of `FIRST_PARENT..SECOND_PARENT`, without merges of no pull request and without bots.
"""

from pathlib import Path

from click.testing import CliRunner

from conftest import Api
from daybreak.cli.imports import import_
from daybreak.platform.clock import FixedClock
from daybreak.platform.columns import Json
from histories import LIBRARY, MONOREPO, rebuild

SCORES = "/api/v2/engineering-insights/insights/scores"

# Release 3.1.3 of the library, 2026-02-19 04:56:48 UTC, the only one of its last four weeks.
LIBRARY_LEADS = (
    *(4_493, 21_836, 2_111_117, 2_167_792, 2_173_348, 2_562_031, 3_845_222),
    5_494_353,  # the eighth of fifteen: 63.6 days
    *(7_120_261, 8_074_269, 8_074_435, 8_075_588, 9_114_202, 14_300_726, 15_840_877),
)
LIBRARY_END = 1_771_477_200_000

# Release v0.16.1 of the component, 2026-07-27 14:48:10 UTC, the only one of its last four weeks.
COMPONENT_LEADS = (
    *(4_613, 6_015, 256_469, 257_284, 258_142, 265_745, 314_437, 584_931, 586_339),
    587_671,  # the tenth of nineteen: 163.2 hours
    *(588_255, 591_325, 593_158, 598_367, 600_478, 609_789, 611_458, 933_250, 2_426_601),
)
COMPONENT_END = 1_785_164_400_000


def bring_in(database_url: str, repository: Path, *options: str) -> None:
    place = ["--project", "web", "--environment", "production", "--application", "app"]
    arguments = ["git", str(repository), *place, *options, "--database", database_url]
    assert CliRunner().invoke(import_, arguments).exit_code == 0


def scores_of(api: Api, end: int) -> Json:
    query = {"projectKey": "web", "environmentKey": "production", "to": end, "expand": "explanation"}
    return api.get(SCORES, **query).json()


def shown(answer: Json) -> dict[str, int]:
    return {
        name: score["score"]
        for name, score in answer["scores"].items()
        if score["indicator"] not in {"notCalculated", "unknown"}
    }


def test_getInsightsScores__library__match_a_calculation_by_hand(
    api: Api,
    database_url: str,
    tmp_path: Path,
) -> None:
    bring_in(database_url, rebuild(LIBRARY, tmp_path / "library"))

    answer = scores_of(api, LIBRARY_END)

    lead_time = answer["explanation"]["leadTime"]
    assert sorted(LIBRARY_LEADS)[7] * 1000 == lead_time["raw"]
    assert lead_time["sampleSize"] == len(LIBRARY_LEADS) == 15
    assert shown(answer) == {
        # One version in 28 days of one live application: the anchor of 40.
        "deploymentFrequency": 40,
        # 63.592 days lie between 28 (40) and 182 (0): 40 * (182 - 63.592) / 154 = 30.76, rounded down.
        "leadTime": 30,
        "velocity": 35,  # (40 + 30) / 2
        "deploymentFailureRate": 100,  # none of one failed
        "risk": 100,  # the failure rate alone
        "overall": 67,  # (35 + 100) / 2 = 67.5, rounded down
    }


def test_getInsightsScores__component__match_a_calculation_by_hand(
    api: Api,
    clock: FixedClock,
    database_url: str,
    tmp_path: Path,
) -> None:
    clock.at = COMPONENT_END
    bring_in(database_url, rebuild(MONOREPO, tmp_path / "monorepo"), "--tags", "flagd/**")

    answer = scores_of(api, COMPONENT_END)

    lead_time = answer["explanation"]["leadTime"]
    assert sorted(COMPONENT_LEADS)[9] * 1000 == lead_time["raw"]
    assert lead_time["sampleSize"] == len(COMPONENT_LEADS) == 19
    assert {"name": "bots", "count": 3} in [
        {"name": each["name"], "count": each["count"]} for each in lead_time["excluded"]
    ]
    assert shown(answer) == {
        "deploymentFrequency": 40,
        # 163.242 hours lie between 24 (90) and 168 (70): 90 - 20 * 139.242 / 144 = 70.66, rounded down.
        "leadTime": 70,
        "velocity": 55,
        "deploymentFailureRate": 100,
        "risk": 100,
        "overall": 77,  # (55 + 100) / 2 = 77.5, rounded down
    }
