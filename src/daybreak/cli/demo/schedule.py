"""When changes of the made-up shop landed and when it was deployed. Pure; all of it moves with `now`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from daybreak.cli.demo.applications import LEAD_DAYS, DemoApplication, Mishap
from daybreak.platform.clock import DAY, HOUR, MINUTE

PERIOD = 28 * DAY
# Irrational steps leave no gaps and repeat nothing, and are no matter of luck.
_STEPS = (0.618034, 0.414214, 0.732051, 0.236068, 0.645751)


class Kind(Enum):
    PULL_REQUEST = auto()
    BOTS_PULL_REQUEST = auto()
    LONE_COMMIT = auto()
    FIX = auto()
    REVERT = auto()


@dataclass(frozen=True, slots=True)
class Landing:
    """A change reaches the main branch at `at`, begun `lead` earlier."""

    at: int
    lead: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Start:
    """A deployment starts, of whatever has landed by then, or of what was deployed before the last one."""

    at: int
    ended_at: int
    has_failed: bool = False
    goes_back: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    landings: list[Landing] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)


def spread(number: int, stream: int = 0) -> float:
    """From 0 to below 1: evenly over many numbers, another one for each."""
    return (number + 1) * _STEPS[stream] % 1


def make_schedule(application: DemoApplication, now: int) -> Schedule:
    schedule = Schedule()
    number = 0
    for at, gap, lead, mishap in _list_deployments(application, now):
        least, most = application.changes
        for _ in range(least + int(spread(len(schedule.starts), 1) * (most - least + 1))):
            kind = Kind.PULL_REQUEST if mishap else _kind(number)
            # From a third of what is usual to the double.
            took = lead * (0.33 + 1.67 * spread(number, 2) ** 1.5)
            waited = int(gap * (0.03 + 0.4 * spread(number, 3)))
            schedule.landings.append(Landing(at - waited, int(max(took - waited, took / 5)), kind))
            number += 1
        _deploy(schedule, application, at, mishap)
    schedule.landings.sort(key=lambda each: each.at)
    return schedule


def _list_deployments(
    application: DemoApplication, now: int
) -> Iterator[tuple[int, int, float, Mishap | None]]:
    """When one starts, how far apart they are then, how long changes take, and how it goes wrong."""
    for place, count in enumerate(application.deployments):
        periods_ago = len(application.deployments) - 1 - place
        start, gap = now - (periods_ago + 1) * PERIOD, PERIOD // count
        mishaps = application.mishaps.get(periods_ago, ())
        wrong = {(order + 1) * count // (len(mishaps) + 1): each for order, each in enumerate(mishaps)}
        for number in range(count):
            # Never closer than half a gap: until then everything has been mended that went wrong.
            at = start + int(gap * (number + 0.5 + 0.45 * spread(place + number, 4)))
            yield at, gap, LEAD_DAYS[place] * DAY * application.pace, wrong.get(number)


def _kind(number: int) -> Kind:
    if number % 6 == 5:
        return Kind.BOTS_PULL_REQUEST
    return Kind.LONE_COMMIT if number % 9 == 4 else Kind.PULL_REQUEST


def _deploy(schedule: Schedule, application: DemoApplication, at: int, mishap: Mishap | None) -> None:
    def start(begin: int, *, has_failed: bool = False, goes_back: bool = False) -> None:
        takes = application.minutes * MINUTE * (0.8 + 0.5 * spread(len(schedule.starts), 3))
        schedule.starts.append(Start(begin, begin + int(takes), has_failed, goes_back))

    start(at, has_failed=mishap is Mishap.FAILED)
    if mishap is Mishap.FAILED:
        start(at + 2 * HOUR)
    elif mishap is Mishap.ROLLED_BACK:
        start(at + 2 * HOUR, goes_back=True)
        schedule.landings.append(Landing(at + 3 * HOUR, 50 * MINUTE, Kind.FIX))
        start(at + 3 * HOUR + 10 * MINUTE)
    elif mishap is Mishap.REVERTED:
        schedule.landings.append(Landing(at + 3 * HOUR, 30 * MINUTE, Kind.REVERT))
        start(at + 3 * HOUR + 10 * MINUTE)
