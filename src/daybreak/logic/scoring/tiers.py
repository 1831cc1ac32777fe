"""The tiers of a scale in words, made from its marks so that they cannot disagree with the scores."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from daybreak.logic.scoring.grades import Scale, Unit
from daybreak.logic.scoring.model import DAY, HOUR, Indicator

_SECOND = 1000
_DURATIONS = (("week", 7 * DAY), ("day", DAY), ("hour", HOUR), ("minute", 60 * _SECOND), ("second", _SECOND))


@dataclass(frozen=True, slots=True)
class Tier:
    indicator: Indicator
    description: str


def describe_tiers(scale: Scale) -> tuple[Tier, ...]:
    """Best first. The lowest is told by what it misses."""
    reach, miss = ("at least", "less than") if scale.is_rising else ("at most", "more than")
    _, excellent, good, fair, _ = map(_WORDS[scale.unit], scale.marks)
    return (
        Tier(Indicator.EXCELLENT, f"{reach} {excellent}"),
        Tier(Indicator.GOOD, f"{reach} {good}"),
        Tier(Indicator.FAIR, f"{reach} {fair}"),
        Tier(Indicator.NEEDS_ATTENTION, f"{miss} {fair}"),
    )


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):g}"


def _duration(milliseconds: Fraction) -> str:
    """In the largest unit that divides it: four weeks, but ten days."""
    name, size = next((unit for unit in _DURATIONS if milliseconds % unit[1] == 0), ("millisecond", 1))
    count = milliseconds / size
    return f"{_number(count)} {name}" if count == 1 else f"{_number(count)} {name}s"


def _rate(per_day: Fraction) -> str:
    """As whole deployments in whole days: 1 per 4 weeks, 3 per 2 days."""
    return f"{per_day.numerator} per {_duration(Fraction(per_day.denominator * DAY)).removeprefix('1 ')}"


def _percentage(value: Fraction) -> str:
    return f"{_number(value)} %"


_WORDS: dict[Unit, Callable[[Fraction], str]] = {
    Unit.PER_DAY: _rate,
    Unit.MILLISECONDS: _duration,
    Unit.PERCENT: _percentage,
    Unit.RATIO: _number,
}
