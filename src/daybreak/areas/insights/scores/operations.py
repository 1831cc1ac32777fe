"""Scores: two periods of facts, through `logic.scoring`, as an answer."""

from dataclasses import dataclass

from daybreak.areas.insights.scores.evidence import read_evidence
from daybreak.areas.insights.scores.explaining import represent_additional, represent_explanations
from daybreak.areas.insights.scores.representation import (
    InsightScoresShape,
    represent_period,
    represent_scores,
)
from daybreak.areas.insights.scores.requests import ScoresQuery
from daybreak.areas.insights.scores.scope import Scope
from daybreak.areas.insights.scores.store import known_applications, read_facts
from daybreak.areas.projects.queries import environment
from daybreak.logic.policy.address import Address
from daybreak.logic.scoring.facts import Coverage
from daybreak.logic.scoring.grades import DAYBREAK_1, PROFILES, Profile
from daybreak.logic.scoring.indicators import Frequency
from daybreak.logic.scoring.model import HOUR, Period, period_ending, previous
from daybreak.logic.scoring.scorecard import Scorecard, scorecard
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest, NotFound
from daybreak.rest.call import Call
from daybreak.rest.expansion import parse_expand
from daybreak.rest.links import links, path

VIEW_ACTION = "viewInsights"


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorecard with the periods it compares, and how much of the first is covered by events."""

    card: Scorecard
    period: Period
    last_period: Period
    coverage: Coverage


def read_scores(call: Call, query: ScoresQuery) -> InsightScoresShape:
    """The scores of an environment or of some of its applications.

    Raises:
        NotFound: no such project, environment, or application in it.
        InvalidRequest: an unknown profile or expansion, or a time that has not come.

    """
    expand = parse_expand(query.expand, ("explanation",))
    profile = PROFILES.get(query.profile)
    if profile is None:
        raise InvalidRequest(f"profile: {query.profile!r} is unknown; known: {', '.join(PROFILES)}")
    parent = environment(call.db, query.project_key, query.environment_key)
    call.actor.require((VIEW_ACTION,), _address(parent.address))
    scope = Scope(parent.id, require_applications(call.db, parent.id, query.application_key))
    scored = score(call.db, scope, _end(query, call.now), profile, Frequency(query.frequency))
    shape = InsightScoresShape(
        period=represent_period(scored.period),
        last_period=represent_period(scored.last_period),
        scores=represent_scores(scored.card),
        links_=links(
            self="/api/v2/engineering-insights/insights/scores",
            parent=path(
                "/api/v2/projects/{project}/environments/{key}", project=parent.project.key, key=parent.key
            ),
        ),
    )
    if "explanation" in expand:
        evidence = read_evidence(call.db, scope, scored.period, scored.coverage)
        shape.explanation = represent_explanations(scored.card, evidence)
        shape.additional_metrics = represent_additional(evidence)
    return shape


def score(
    db: Transaction,
    scope: Scope,
    at: int,
    profile: Profile = DAYBREAK_1,
    frequency: Frequency = Frequency.PER_APPLICATION,
) -> Scored:
    """The scope's scores as of `at` (Unix ms), compared with the period before."""
    period = period_ending(at)
    last_period = previous(period)
    facts = read_facts(db, scope, period)
    assert facts.deployments is not None
    card = scorecard(facts, read_facts(db, scope, last_period), profile, frequency)
    return Scored(card, period, last_period, facts.deployments.coverage)


def require_applications(db: Transaction, environment_id: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The keys without repetitions. Raises NotFound for one that was never deployed to the environment."""
    if not keys:
        return ()
    known = known_applications(db, environment_id)
    for key in keys:
        if key not in known:
            raise NotFound(
                f"Invalid resource identifier: no application {key!r} was ever deployed to this environment"
            )
    return tuple(dict.fromkeys(keys))


def _end(query: ScoresQuery, now: int) -> int:
    if query.to is None:
        return now
    if query.to > now + HOUR:
        raise InvalidRequest("to: scores of the future are not known yet")
    return query.to


def _address(parent: Address) -> Address:
    return Address((*parent.segments, *Address.of(("insights", "scores")).segments))
