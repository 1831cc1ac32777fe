"""Evaluation usage: what SDKs told, by variation, in minutes, hours or days without gaps."""

from typing import Any

import pytest

from areas.flags.seeds import FLAGS, a_flag, a_project, ids
from daybreak.areas.flags.evaluation_counts.model import FlagUse
from daybreak.areas.flags.evaluation_counts.store import fold
from daybreak.areas.flags.intake import count_evaluations
from daybreak.platform.clock import DAY, HOUR, MINUTE, SECOND, FixedClock
from daybreak.platform.database import Database
from statements import count_statements, statements

USAGE = "/api/v2/usage/evaluations/web/production/checkout"
MIDNIGHT = 1_782_864_000_000  # the first of July 2026, UTC; tests begin at half past twelve


class Told:
    """A flag in an environment, and a way to tell of its evaluations."""

    def __init__(self, api: Any, database: Database) -> None:
        a_project(api)
        self.on, self.off = ids(a_flag(api))
        self._database = database
        self._environment_id = api.get("/api/v2/projects/web/environments/production").json()["_id"]

    def evaluated(self, at: int, counts: dict[int | None, int], key: str = "checkout") -> None:
        use = FlagUse({(at - at % MINUTE, number): count for number, count in counts.items()})
        with self._database.writing() as db:
            count_evaluations(db, {(self._environment_id, key): use}, at)


@pytest.fixture
def told(api: Any, database: Database) -> Told:
    return Told(api, database)


def usage(api: Any, **query: Any) -> dict[str, Any]:
    if "since" in query:
        query["from"] = query.pop("since")
    response = api.get(USAGE, **query)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def counted(answer: dict[str, Any]) -> list[dict[str, int]]:
    """The points at which something was counted."""
    return [point for point in answer["series"] if sum(point.values()) > point["time"]]


def test_getEvaluationsUsage__no_bounds__has_a_point_for_each_of_thirty_days(api: Any, told: Told) -> None:
    told.evaluated(MIDNIGHT - 3 * DAY + HOUR, {0: 5, 1: 2})
    told.evaluated(MIDNIGHT - 3 * DAY + 23 * HOUR, {0: 1})
    told.evaluated(MIDNIGHT + 12 * HOUR, {1: 7})

    answer = usage(api)

    # The first day is a whole one, though only half of it lies within the thirty days.
    assert [point["time"] for point in answer["series"]] == [MIDNIGHT - n * DAY for n in range(30, -1, -1)]
    assert all(set(point) == {"time", "0", "1"} for point in answer["series"])
    assert counted(answer) == [
        {"time": MIDNIGHT - 3 * DAY, "0": 6, "1": 2},
        {"time": MIDNIGHT, "0": 0, "1": 7},
    ]
    assert answer["metadata"] == [
        {"_id": told.on, "value": True, "name": "True"},
        {"_id": told.off, "value": False, "name": "False"},
    ]


@pytest.mark.parametrize(
    ("ago", "width"),
    [
        (30 * MINUTE, MINUTE),
        (2 * HOUR, MINUTE),
        # What an answer takes to be asked for does not make minutes hours.
        (2 * HOUR + MINUTE, MINUTE),
        (2 * HOUR + MINUTE + 1, HOUR),
        (2 * DAY, HOUR),
        (2 * DAY + HOUR, HOUR),
        (2 * DAY + HOUR + 1, DAY),
        (90 * DAY, DAY),
    ],
)
def test_getEvaluationsUsage__time_that_began_so_long_ago__has_buckets_of_a_width(
    api: Any, told: Told, clock: FixedClock, ago: int, width: int
) -> None:
    told.evaluated(clock.at - 5 * MINUTE, {0: 3})

    answer = usage(api, since=clock.at - ago)

    times = [point["time"] for point in answer["series"]]
    first, last = clock.at - ago, clock.at - 1
    assert times == list(range(first - first % width, last - last % width + 1, width))
    at = clock.at - 5 * MINUTE
    assert counted(answer) == [{"time": at - at % width, "0": 3, "1": 0}]


def test_getEvaluationsUsage__bounds__hold_whole_buckets_and_nothing_to_come(
    api: Any, told: Told, clock: FixedClock
) -> None:
    for hour in range(6):
        told.evaluated(MIDNIGHT + hour * HOUR + 10 * MINUTE, {0: 1 + hour})

    answer = usage(api, since=MIDNIGHT + HOUR + 30 * MINUTE, to=MIDNIGHT + 4 * HOUR)

    assert [(point["time"] - MIDNIGHT, point["0"]) for point in answer["series"]] == [
        (HOUR, 2),
        (2 * HOUR, 3),
        (3 * HOUR, 4),
    ]
    ahead = usage(api, since=MIDNIGHT, to=clock.at + 10 * DAY)["series"]
    assert [point["time"] for point in ahead] == [MIDNIGHT + n * HOUR for n in range(13)]


def test_getEvaluationsUsage__time_zone__moves_the_days(api: Any, told: Told) -> None:
    # Eleven at night in Vienna, and an hour later.
    told.evaluated(MIDNIGHT - 3 * DAY - 3 * HOUR, {0: 1})
    told.evaluated(MIDNIGHT - 3 * DAY - 2 * HOUR, {0: 2})

    vienna = usage(api, tz="Europe/Vienna", since=MIDNIGHT - 4 * DAY)

    starts = [MIDNIGHT - 2 * HOUR - n * DAY for n in range(4, -1, -1)]
    assert [point["time"] for point in vienna["series"]] == starts
    assert [point["0"] for point in vienna["series"]] == [1, 2, 0, 0, 0]
    # Half past five ahead: both belong to the day that began at half past six in the evening, UTC.
    kolkata = usage(api, tz="Asia/Kolkata", since=MIDNIGHT - 4 * DAY)
    assert counted(kolkata) == [{"time": MIDNIGHT - 3 * DAY - 5 * HOUR - 30 * MINUTE, "0": 3, "1": 0}]


def test_getEvaluationsUsage__clocks_changed__has_days_of_other_lengths(
    api: Any, told: Told, clock: FixedClock
) -> None:
    spring = MIDNIGHT - 94 * DAY  # the 29th of March 2026
    told.evaluated(spring - HOUR, {0: 1})
    told.evaluated(spring + 21 * HOUR, {0: 2})
    told.evaluated(spring + 22 * HOUR, {0: 4})

    answer = usage(api, tz="Europe/Vienna", since=spring - DAY, to=spring + 2 * DAY)

    times = [point["time"] for point in answer["series"]]
    assert times == [spring + hours * HOUR for hours in (-25, -1, 22, 46)]
    assert [point["0"] for point in answer["series"]] == [0, 3, 4, 0]
    # Where clocks are put forward at midnight, the day begins an hour later.
    clock.at = 1_809_216_000_000  # the 2nd of May 2027
    cairo = usage(api, tz="Africa/Cairo", since=1_808_956_800_000 - 2 * DAY)
    lengths = [
        (later["time"] - earlier["time"]) // HOUR
        for earlier, later in zip(cairo["series"], cairo["series"][1:], strict=False)
    ]
    assert set(lengths) == {23, 24}
    # Samoa left out the 30th of December 2011.
    samoa = usage(api, tz="Pacific/Apia", since=1_325_152_800_000, to=1_325_152_800_000 + 2 * DAY)
    assert [point["time"] for point in samoa["series"]] == [
        1_325_152_800_000,
        1_325_152_800_000 + DAY,
    ]


def test_getEvaluationsUsage__counts_that_were_folded__are_where_they_were(
    api: Any, told: Told, database: Database, clock: FixedClock
) -> None:
    told.evaluated(MIDNIGHT - 10 * DAY + 5 * HOUR + 7 * MINUTE, {0: 5, 1: 1})
    before = usage(api, since=MIDNIGHT - 12 * DAY, to=MIDNIGHT)
    for later in (0, 100 * DAY):
        with database.writing() as db:
            fold(db, clock.at + later)
        assert usage(api, since=MIDNIGHT - 12 * DAY, to=MIDNIGHT) == before
    assert counted(before) == [{"time": MIDNIGHT - 10 * DAY, "0": 5, "1": 1}]


def test_getEvaluationsUsage__default_served__has_a_series_of_its_own(
    api: Any, told: Told, clock: FixedClock
) -> None:
    told.evaluated(clock.at - MINUTE, {0: 1, None: 4, 9: 2})

    answer = usage(api, since=clock.at - 2 * MINUTE)

    assert [each.get("_id") for each in answer["metadata"]] == [told.on, told.off, None]
    assert answer["metadata"][2] == {"name": "None of the variations"}
    assert [[point[n] for n in "012"] for point in answer["series"]] == [[0, 0, 0], [1, 0, 6]]


def test_getEvaluationsUsage__variation_taken_away__is_in_that_series_too(
    api: Any, told: Told, clock: FixedClock
) -> None:
    a_flag(api, "three", variations=[{"value": value} for value in ("a", "b", "c")])
    told.evaluated(clock.at - MINUTE, {0: 1, 1: 5}, key="three")
    removed = api.patch(f"{FLAGS}/three", json=[{"op": "remove", "path": "/variations/1"}])
    assert removed.status_code == 200, removed.text

    answer = api.get(USAGE.replace("checkout", "three"), **{"from": clock.at - MINUTE}).json()

    assert [each.get("value") for each in answer["metadata"]] == ["a", "c", None]
    assert answer["series"] == [{"time": clock.at - MINUTE, "0": 1, "1": 0, "2": 5}]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"from": "soon"}, "from"),
        ({"from": MIDNIGHT, "to": MIDNIGHT}, "from"),
        ({"from": MIDNIGHT + DAY}, "from"),
        ({"from": MIDNIGHT - 1_001 * DAY}, "1000 days"),
        ({"from": 0}, "1000 days"),
        ({"to": "-1"}, "to"),
        ({"tz": "Mars/Olympus"}, "Mars/Olympus"),
        ({"tz": "../../etc/passwd"}, "tz"),
        ({"tz": "/etc/passwd"}, "tz"),
        ({"tz": "Europe"}, "tz"),
        ({"tz": "."}, "tz"),
        ({"tz": "a b" * 500}, "tz"),
        ({"tz": "\u00fc"}, "tz"),
    ],
)
def test_getEvaluationsUsage__senseless_query__answers_400(
    api: Any, query: dict[str, Any], named: str
) -> None:
    response = api.get(USAGE, **query)

    assert response.status_code == 400
    assert response.json()["code"] == "invalid_request"
    assert named in response.json()["message"]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("missing", ["web", "production", "checkout"])
def test_getEvaluationsUsage__unknown_place__answers_404(api: Any, missing: str) -> None:
    assert api.get(USAGE.replace(missing, "nothing")).status_code == 404


@pytest.mark.usefixtures("told")
def test_getEvaluationsUsage__callers__need_to_see_the_flag(api: Any) -> None:
    reader = api.as_role("reader")
    assert reader.get(USAGE).status_code == 200
    assert api.as_nobody().get(USAGE).status_code == 401
    others = ["proj/*", "proj/*:env/*", "proj/*:env/*:flag/other"]
    blind = api.with_policy([{"effect": "allow", "resources": others, "actions": ["*"]}])
    assert blind.get(USAGE).status_code == 403


@pytest.mark.usefixtures("told")
def test_getEvaluationsUsage__links__lead_to_the_same_answer_and_to_the_flag(api: Any) -> None:
    answer = usage(api, since=MIDNIGHT - 5 * DAY, to=MIDNIGHT, tz="Europe/Vienna")

    assert answer["_links"]["parent"]["href"] == f"{FLAGS}/checkout"
    assert api.get(answer["_links"]["self"]["href"]).json() == answer
    assert usage(api)["_links"]["self"]["href"] == USAGE


def test_getEvaluationsUsage__asked_again__is_remembered_for_seconds(
    api: Any, told: Told, database: Database, clock: FixedClock
) -> None:
    told.evaluated(clock.at - MINUTE, {0: 1})
    first = usage(api)
    clock.advance(9 * SECOND)
    with statements(database) as seen:
        assert usage(api) == first
    assert seen == []

    clock.advance(SECOND)
    with statements(database) as seen:
        assert usage(api) == first
    assert 0 < len(seen) < 10


def test_getEvaluationsUsage__much_counted__takes_no_more_statements(
    api: Any, told: Told, database: Database, clock: FixedClock
) -> None:
    def ask() -> None:
        clock.advance(MINUTE)
        usage(api)

    few = count_statements(database, ask)
    for number in range(100):
        told.evaluated(clock.at - number * 7 * HOUR, {0: 1, 1: 1, None: 1})
    assert count_statements(database, ask) == few
    assert few <= 8
