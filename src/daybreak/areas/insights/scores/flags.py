"""What flags do, as facts of scopes in periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from daybreak.areas.flags.queries import (
    ChangeCounts,
    CreationCounts,
    Extent,
    HealthCounts,
    count_changes,
    count_creations,
    count_health,
)
from daybreak.areas.insights.scores.model import Scope
from daybreak.logic.scoring.facts import (
    CreationFacts,
    ExperimentationFacts,
    FlagHealthFacts,
    ImpactFacts,
    coverage_of,
)
from daybreak.logic.scoring.impact import PARTS
from daybreak.logic.scoring.model import Period
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class FlagFacts:
    """Of one scope in one period; None where nobody wrote it down."""

    impact: ImpactFacts
    experimentation: ExperimentationFacts
    health: FlagHealthFacts | None
    creation: CreationFacts | None


def read_flag_facts(
    db: Transaction, places: Sequence[tuple[Scope, Period]], now: int
) -> Mapping[tuple[Scope, Period], FlagFacts]:
    """As many queries for one place as for forty. `now` tells which periods end today."""
    extents = [extent_of(scope, period) for scope, period in places]
    changes = count_changes(db, extents)
    health = count_health(db, extents, now)
    creations = _read_creations(db, places)
    return {
        place: FlagFacts(
            _impact(changes[n], place[1]),
            _experimentation(changes[n], place[1]),
            _health(health[n], place[1]),
            creations.get(place),
        )
        for n, place in enumerate(places)
    }


def _read_creations(
    db: Transaction, places: Sequence[tuple[Scope, Period]]
) -> Mapping[tuple[Scope, Period], CreationFacts]:
    """Only of whole environments: who made a flag for which application is not known."""
    whole = [place for place in places if not place[0].application_keys]
    if not whole:
        return {}
    spans = [(scope.home.project_id, period.start, period.end) for scope, period in whole]
    counted = count_creations(db, spans)
    return {place: _creation(counts, place[1]) for place, counts in zip(whole, counted, strict=True)}


def extent_of(scope: Scope, period: Period) -> Extent:
    return Extent(scope.home, scope.application_keys, period.start, period.end)


def _impact(counts: ChangeCounts, period: Period) -> ImpactFacts:
    mean = Fraction(counts.total_impact, counts.moved * PARTS) if counts.moved else None
    left_out = {
        "rollbacks": counts.rollbacks,
        "withoutImpact": counts.without_impact,
        "withoutEvaluations": counts.unknown,
        "waiting": counts.waiting,
        "addedUp": counts.added_up,
    }
    coverage = coverage_of(period, counts.first_at)
    return ImpactFacts(coverage, counts.moved, mean, counts.unknown + counts.waiting, left_out)


def _experimentation(counts: ChangeCounts, period: Period) -> ExperimentationFacts:
    """There are no experiments yet."""
    coverage = coverage_of(period, counts.first_at)
    return ExperimentationFacts(coverage, counts.changes, 0, has_experiment=False)


def _health(counts: HealthCounts | None, period: Period) -> FlagHealthFacts | None:
    if counts is None:
        return None
    return FlagHealthFacts(coverage_of(period, counts.watched_since), counts.temporary, counts.stale)


def _creation(counts: CreationCounts, period: Period) -> CreationFacts:
    return CreationFacts(coverage_of(period, counts.first_at), counts.created, counts.retired)
