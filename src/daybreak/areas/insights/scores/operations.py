"""Scores: facts of two periods, or of a year for a trend, through `logic.scoring`, as an answer."""

from collections.abc import Mapping, Sequence

import msgspec

from daybreak.areas.insights.access import require_environment
from daybreak.areas.insights.explanations.representation import represent_additional, represent_explanations
from daybreak.areas.insights.explanations.store import read_evidence
from daybreak.areas.insights.scores.model import Scope, Scored
from daybreak.areas.insights.scores.representation import (
    InsightScoresShape,
    represent_links,
    represent_period,
    represent_scores,
    represent_trend,
)
from daybreak.areas.insights.scores.requests import ScoresQuery
from daybreak.areas.insights.scores.store import Place, read_facts, require_applications
from daybreak.logic.scoring.facts import Facts
from daybreak.logic.scoring.grades import DAYBREAK_1, PROFILES, Profile
from daybreak.logic.scoring.indicators import Frequency
from daybreak.logic.scoring.model import HOUR, Period, periods_ending
from daybreak.logic.scoring.scorecard import scorecard, scores_of
from daybreak.platform.clock import YEAR_2000
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.expansion import parse_expand

# A period is compared with the one before it. A trend holds a period and the twelve before it.
COMPARED, IN_TREND = 2, 13


def read_scores(call: Call, query: ScoresQuery) -> InsightScoresShape:
    """The scores of an environment or of some of its applications.

    Raises:
        NotFound: no such project, environment, or application in it.
        InvalidRequest: an unknown profile or expansion, or a time that has not come.

    """
    expand = parse_expand(query.expand, ("explanation", "trend"))
    profile = _parse_profile(query.profile)
    end = _parse_end(query.to, call.now)
    place = require_environment(call, query.project_key, query.environment_key)
    require_applications(call.db, [place.id], query.application_key)
    scope = Scope(place.home, tuple(dict.fromkeys(query.application_key)))
    periods = periods_ending(end, IN_TREND if "trend" in expand else COMPARED)
    facts = read_facts(call.db, [scope], periods, call.now)
    frequency = Frequency(query.frequency)
    scored = _score(facts, scope, periods[-2:], profile, frequency)
    shape = InsightScoresShape(
        period=represent_period(scored.period),
        last_period=represent_period(scored.last_period),
        scores=represent_scores(scored.card),
        links_=represent_links(place, _spell(query)),
    )
    if "explanation" in expand:
        evidence = read_evidence(call.db, scope, scored.period, scored.coverage, call.now)
        shape.explanation = represent_explanations(scored.card, evidence)
        shape.additional_metrics = represent_additional(evidence)
    if "trend" in expand:
        shape.trend = represent_trend(
            (period, scores_of(facts[scope, period], profile, frequency)) for period in periods
        )
    return shape


def score_all(
    db: Transaction,
    scopes: Sequence[Scope],
    at: int,
    now: int,
    profile: Profile = DAYBREAK_1,
    frequency: Frequency = Frequency.PER_APPLICATION,
) -> Mapping[Scope, Scored]:
    """The scores of each scope as of `at` (Unix ms), not after `now`, compared with the period before."""
    periods = periods_ending(at, COMPARED)
    facts = read_facts(db, scopes, periods, now)
    return {scope: _score(facts, scope, periods, profile, frequency) for scope in scopes}


def _score(
    facts: Mapping[Place, Facts],
    scope: Scope,
    periods: Sequence[Period],
    profile: Profile,
    frequency: Frequency,
) -> Scored:
    last_period, period = periods
    these = facts[scope, period]
    assert these.deployments is not None
    card = scorecard(these, facts[scope, last_period], profile, frequency)
    return Scored(card, period, last_period, these.deployments.coverage)


def _parse_profile(name: str) -> Profile:
    if name not in PROFILES:
        raise InvalidRequest(f"profile: {name!r} is unknown; known: {', '.join(PROFILES)}")
    return PROFILES[name]


def _parse_end(to: int | None, now: int) -> int:
    if to is None:
        return now
    if not YEAR_2000 <= to <= now + HOUR:
        raise InvalidRequest("to: lies between the year 2000 and now, in Unix milliseconds")
    # Clocks differ a little; nothing is known of what is to come.
    return min(to, now)


def _spell(query: ScoresQuery) -> dict[str, str | None]:
    """The parameters that differ from their defaults, as an address has them."""
    plain = ScoresQuery(project_key=query.project_key, environment_key=query.environment_key)
    given = msgspec.to_builtins(query)
    usual = msgspec.to_builtins(plain)
    required = ("projectKey", "environmentKey")
    return {
        name: ",".join(value) if isinstance(value, list | tuple) else str(value)
        for name, value in given.items()
        if name in required or value != usual[name]
    }
