"""How long after a deployment what it brought behind flags was served. Shown, not scored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.indicators import Gap, Measurement, Reason, measure, not_calculated
from daybreak.logic.statistics import median

# The percentages of evaluations at which LaunchDarkly calls an impact small, or large; and the half.
SHARES = (20, 50, 80)
HALF = 50


@dataclass(frozen=True, slots=True)
class Served:
    """Evaluations in a stretch of time: all, and those that served something new."""

    new: int
    total: int


@dataclass(frozen=True, slots=True)
class ExposureFacts:
    """Of the flags that came with deployments of the period: ascending ms until half of the evaluations
    served something new, of those that got there. `excluded` says how many did not.
    """

    coverage: Coverage
    lags: tuple[int, ...]
    excluded: Mapping[str, int] = field(default_factory=dict)


def measure_exposure_lags(served: Mapping[int, Served], ended_at: int) -> dict[int, int | None]:
    """By share in percent, ms from the end of a deployment to the start of the first hour that reached it.

    `served` is by the start of the hour, from that in which the deployment ended. None: not reached.
    """
    lags: dict[int, int | None] = dict.fromkeys(SHARES)
    for start in sorted(served):
        hour = served[start]
        for share in SHARES:
            if lags[share] is None and hour.total and 100 * hour.new >= share * hour.total:
                lags[share] = max(0, start - ended_at)
    return lags


def measure_exposure(facts: ExposureFacts | None) -> Measurement:
    """Exposure lag, in ms: the median, over the flags that came with a deployment, of the time from its end
    until half of the evaluations served what is new.
    """
    return measure(facts, _median_lag, lambda each: len(each.lags))


def _median_lag(facts: ExposureFacts) -> Fraction | Gap:
    middle = median(facts.lags)
    return not_calculated(Reason.NO_EXPOSURE) if middle is None else middle
