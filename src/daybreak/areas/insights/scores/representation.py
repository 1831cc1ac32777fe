"""Scores as the API shows them: the vendor's eleven keys, and what explains them where it was asked for."""

from collections.abc import Iterable, Mapping

import msgspec

from daybreak.areas.insights.explanations.representation import AdditionalMetricShape, ExplanationShape
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.scoring.model import Metric, Period, Score
from daybreak.logic.scoring.scorecard import Scorecard
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path, with_query


class PeriodShape(Shape):
    """Unix milliseconds; the end is not part of it."""

    start_time: int
    end_time: int


class IndicatorRangeShape(Shape):
    """The scores that share the indicator."""

    min: int
    max: int


class ScoreShape(Shape):
    """One score. Without a `score` to trust it is 0 and the indicator says why: notCalculated or unknown."""

    score: int
    indicator: str
    indicator_range: IndicatorRangeShape
    aggregate_of: list[str] | msgspec.UnsetType = msgspec.UNSET
    diff_vs_last_period: int | msgspec.UnsetType = msgspec.UNSET
    last_period: "ScoreShape | msgspec.UnsetType" = msgspec.UNSET


class ScoresShape(Shape):
    """The eleven scores of a scope."""

    deployment_frequency: ScoreShape
    lead_time: ScoreShape
    deployment_failure_rate: ScoreShape
    impact_size: ScoreShape
    experimentation_coverage: ScoreShape
    flag_health: ScoreShape
    creation_ratio: ScoreShape
    velocity: ScoreShape
    risk: ScoreShape
    efficiency: ScoreShape
    overall: ScoreShape


class TrendScoreShape(Shape):
    """A score of a trend. As of any other, the indicator says whether there is one."""

    score: int
    indicator: str


class TrendPointShape(Shape):
    """The eleven scores of the period that ended then (Unix ms), by their names."""

    end_time: int
    scores: dict[str, TrendScoreShape]


class InsightScoresShape(Shape):
    """Scores of a scope in a period, beside the period before."""

    period: PeriodShape
    last_period: PeriodShape
    scores: ScoresShape
    links_: Links = msgspec.field(name="_links")
    explanation: dict[str, ExplanationShape] | msgspec.UnsetType = msgspec.UNSET
    additional_metrics: dict[str, AdditionalMetricShape] | msgspec.UnsetType = msgspec.UNSET
    trend: list[TrendPointShape] | msgspec.UnsetType = msgspec.UNSET


SCORES_PATH = "/api/v2/engineering-insights/insights/scores"


def represent_links(place: EnvironmentFact, query: Mapping[str, str | None]) -> Links:
    """The same question again, and the environment it is about."""
    parent = path("/api/v2/projects/{project}/environments/{key}", project=place.project.key, key=place.key)
    return links(self=with_query(SCORES_PATH, "", query), parent=parent)


def represent_period(period: Period) -> PeriodShape:
    return PeriodShape(start_time=period.start, end_time=period.end)


def represent_scores(card: Scorecard) -> ScoresShape:
    shapes: Mapping[Metric, ScoreShape] = {
        metric: _represent_score(score) for metric, score in card.scores.items()
    }
    return ScoresShape(
        deployment_frequency=shapes[Metric.DEPLOYMENT_FREQUENCY],
        lead_time=shapes[Metric.LEAD_TIME],
        deployment_failure_rate=shapes[Metric.DEPLOYMENT_FAILURE_RATE],
        impact_size=shapes[Metric.IMPACT_SIZE],
        experimentation_coverage=shapes[Metric.EXPERIMENTATION_COVERAGE],
        flag_health=shapes[Metric.FLAG_HEALTH],
        creation_ratio=shapes[Metric.CREATION_RATIO],
        velocity=shapes[Metric.VELOCITY],
        risk=shapes[Metric.RISK],
        efficiency=shapes[Metric.EFFICIENCY],
        overall=shapes[Metric.OVERALL],
    )


def represent_trend(scored: Iterable[tuple[Period, Mapping[Metric, Score]]]) -> list[TrendPointShape]:
    return [
        TrendPointShape(
            end_time=period.end,
            scores={
                str(metric): TrendScoreShape(score=each.score, indicator=each.indicator)
                for metric, each in scores.items()
            },
        )
        for period, scores in scored
    ]


def _represent_score(score: Score) -> ScoreShape:
    unset = msgspec.UNSET
    return ScoreShape(
        score=score.score,
        indicator=score.indicator,
        indicator_range=IndicatorRangeShape(min=score.indicator_range.min, max=score.indicator_range.max),
        aggregate_of=unset if score.aggregate_of is None else [str(part) for part in score.aggregate_of],
        diff_vs_last_period=unset if score.diff_vs_last_period is None else score.diff_vs_last_period,
        last_period=unset if score.last_period is None else _represent_score(score.last_period),
    )
