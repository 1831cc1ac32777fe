"""Flags that came with deployments, and how soon what they guard was served."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from daybreak.areas.flags.queries import (
    FlagFact,
    Span,
    count_by_hour,
    flag_facts,
    list_first_uses,
    reference_changes,
)
from daybreak.areas.insights.explanations.model import Deployed, Exposure, Exposures
from daybreak.areas.insights.flag_references.matching import match_changes
from daybreak.areas.insights.flag_references.store import commits_of_deployments
from daybreak.areas.projects.queries import EnvironmentFact, environments_by_id
from daybreak.logic.scoring.exposure import HALF, ExposureFacts, Served, measure_exposure_lags
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.model import Period
from daybreak.platform.clock import HOUR
from daybreak.platform.database import Transaction

# As many flags as are looked at: each has its own counts for every hour since.
MOST_LISTED = 100

IN_CODE, IN_EVALUATIONS = "codeReferences", "evaluations"

# A flag that came with a deployment, and how that is known.
_Arrival = tuple[Deployed, FlagFact, str]


def read_exposures(
    db: Transaction, environment_id: str, deployed: Sequence[Deployed], period: Period, coverage: Coverage
) -> Exposures:
    """`deployed` are the newest first. As many queries for one as for a hundred flags."""
    if not deployed:
        return Exposures(ExposureFacts(coverage, ()))
    place = environments_by_id(db, {environment_id})[environment_id]
    arrivals = _list_arrivals(db, place, deployed)
    listed = arrivals[:MOST_LISTED]
    spans = [
        Span(place.home, flag.id, each.ended_at - each.ended_at % HOUR, period.end)
        for each, flag, _ in listed
    ]
    exposures = [
        Exposure(each.id, flag.key, seen_in, measure_exposure_lags(_split(hours, flag), each.ended_at))
        for (each, flag, seen_in), hours in zip(listed, count_by_hour(db, spans), strict=True)
    ]
    lags = sorted(lag for each in exposures if (lag := each.lags[HALF]) is not None)
    facts = ExposureFacts(coverage, tuple(lags), {"notExposed": len(exposures) - len(lags)})
    return Exposures(facts, exposures, is_truncated=len(arrivals) > MOST_LISTED)


def _split(hours: Mapping[int, Mapping[str, int]], flag: FlagFact) -> dict[int, Served]:
    return {
        hour: Served(
            sum(number for id, number in counts.items() if id not in flag.off_variations),
            sum(counts.values()),
        )
        for hour, counts in hours.items()
    }


def _list_arrivals(db: Transaction, place: EnvironmentFact, deployed: Sequence[Deployed]) -> list[_Arrival]:
    """What the code says goes before what SDKs say, which learn of a flag only when it is evaluated."""
    keys, ids = _keys_in_code(db, place, deployed), _ids_in_evaluations(db, place, deployed)
    every_key = {key for found in keys.values() for key in found}
    every_id = {id for found in ids.values() for id in found}
    facts = sorted(flag_facts(db, place, every_id, every_key), key=lambda flag: flag.key)
    arrivals = []
    for each in deployed:
        for flag in facts:
            if flag.key in keys.get(each.id, ()):
                arrivals.append((each, flag, IN_CODE))
            elif flag.id in ids.get(each.id, ()):
                arrivals.append((each, flag, IN_EVALUATIONS))
    return arrivals


def _keys_in_code(
    db: Transaction, place: EnvironmentFact, deployed: Sequence[Deployed]
) -> dict[str, set[str]]:
    """By deployment, the flags that it was the first to mention, as far as commits were scanned."""
    commits = commits_of_deployments(db, [place.project.id], [each.id for each in deployed])
    found = reference_changes(db, {sha for each in commits.values() for sha in each.shas})
    new = [each for each in found if each.is_first and each.project_key == place.project.key]
    matched = match_changes(db, commits, new)
    return {id: {change.flag_key for change in changes} for id, changes in matched.items()}


def _ids_in_evaluations(
    db: Transaction, place: EnvironmentFact, deployed: Sequence[Deployed]
) -> dict[str, set[str]]:
    """By deployment, the flags that its version was the first of its application to evaluate."""
    versions = {(each.application_key, each.version): each.id for each in reversed(deployed)}
    uses = list_first_uses(
        db, place.home, {each.application_key for each in deployed}, {each.version for each in deployed}
    )
    found: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        deployment_id = versions.get((use.application_key, use.version))
        if deployment_id is not None:
            found[deployment_id].add(use.flag_id)
    return found
