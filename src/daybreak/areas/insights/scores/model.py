"""What a score covers, and what comes of it."""

from dataclasses import dataclass

from daybreak.areas.projects.queries import Home
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.model import Period
from daybreak.logic.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Scope:
    """`application_keys` is empty for the whole environment."""

    home: Home
    application_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard with the periods it compares, and how much of the first is covered by events."""

    card: Scorecard
    period: Period
    last_period: Period
    coverage: Coverage
