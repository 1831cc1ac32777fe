"""`expand=explanation`: a metric's own explanation and the rows behind it, as the API shows them."""

from collections.abc import Mapping
from fractions import Fraction

import msgspec

from daybreak.areas.insights.explanations.model import Contributors, Evidence, Exposures
from daybreak.logic.scoring.explanation import Explanation
from daybreak.logic.scoring.exposure import measure_exposure
from daybreak.logic.scoring.grades import Unit
from daybreak.logic.scoring.indicators import Measurement
from daybreak.logic.scoring.model import Metric
from daybreak.logic.scoring.scorecard import Scorecard
from daybreak.logic.scoring.stability import measure_recovery_time, measure_rework_rate
from daybreak.rest.call import Shape

WHY = {
    "archived": "archived deployments count nowhere",
    "timedOut": "started more than 24 hours before the end and never ended",
    "inProgress": "started, and not ended by the end of the period",
    "cancelled": "cancelled or skipped, so neither finished nor failed",
    "bots": "made by bots; their deployments count, their lead times do not",
    "partial": "counted, but the first commit is unknown, so the time starts later than the work did",
    "clipped": "counted, but a clock was wrong: a boundary lay after the next one and was moved to it",
    "rollbacks": "go back to what was left within 72 hours, so that undoing costs nobody a score",
    "withoutImpact": "changes of flags that moved nobody",
    "withoutEvaluations": "changes of flags that nobody evaluated before or after: their impact is not known",
    "waiting": "changes of flags whose evaluations are waited for",
    "notExposed": "what came with the deployment was not served to half of the evaluations in any hour yet",
    "addedUp": "older than their rows are kept: scores count them by the day (UTC), nothing lists them",
    "notRecovered": "no successful deployment has followed yet",
}


class AnchorShape(Shape):
    """A raw value and the score it is worth."""

    raw: float
    score: int


class NextTierShape(Shape):
    """The raw value that reaches the next tier, and what that adds to the score."""

    raw: float
    points_gained: int


class ExcludedShape(Shape):
    """What was left out of a metric, or taken with a doubt."""

    name: str
    count: int
    why: str


class ContributorsShape(Shape):
    """What went into a metric, newest first: ids, SHAs of commits in no pull request, keys of flags.

    `truncated`: there are more than are listed.
    """

    deployments: list[str]
    pull_requests: list[str]
    commits: list[str]
    flag_events: list[str]
    flags: list[str]
    truncated: bool


class FailedDeploymentShape(Shape):
    """A deployment that counts as failed, and why."""

    deployment: str
    reason: str
    undone_by: str | None


class ExplanationShape(Shape):
    """Why a metric is what it is. Instead of a `raw` value there may be a `reason` why there is none."""

    metric: str
    raw: float | None
    unit: str
    anchors: list[AnchorShape]
    formula_version: str
    profile: str
    sample_size: int
    covered_days: float | None
    low_sample: bool
    excluded: list[ExcludedShape]
    next_tier: NextTierShape | None
    contributors: ContributorsShape
    failed: list[FailedDeploymentShape] | msgspec.UnsetType = msgspec.UNSET
    reason: str | msgspec.UnsetType = msgspec.UNSET


class FlagExposureShape(Shape):
    """A flag that came with a deployment, and how long after it the flag served what is new to so many
    percent of the evaluations: null where that was not reached.
    """

    deployment: str
    flag_key: str
    seen_in: str
    lag_ms: dict[str, int | None]


class AdditionalMetricShape(Shape):
    """A measured value that has no score. `truncated`: there are more flags than are listed."""

    raw: float | None
    unit: str
    sample_size: int
    excluded: list[ExcludedShape]
    reason: str | msgspec.UnsetType = msgspec.UNSET
    flags: list[FlagExposureShape] | msgspec.UnsetType = msgspec.UNSET
    truncated: bool | msgspec.UnsetType = msgspec.UNSET


def represent_explanations(card: Scorecard, evidence: Evidence) -> dict[str, ExplanationShape]:
    return {str(metric): _represent(each, evidence) for metric, each in card.explanations.items()}


def represent_additional(evidence: Evidence) -> dict[str, AdditionalMetricShape]:
    """DORA's fourth and fifth key and the exposure lag, which have no score."""
    return {
        "failedDeploymentRecoveryTime": _represent_measurement(
            measure_recovery_time(evidence.recovery), Unit.MILLISECONDS
        ),
        "deploymentReworkRate": _represent_measurement(measure_rework_rate(evidence.rework), Unit.PERCENT),
        "exposureLag": _represent_exposures(evidence.exposures),
    }


def _represent_exposures(exposures: Exposures) -> AdditionalMetricShape:
    shape = _represent_measurement(measure_exposure(exposures.facts), Unit.MILLISECONDS)
    shape.flags = [
        FlagExposureShape(
            deployment=each.deployment_id,
            flag_key=each.flag_key,
            seen_in=each.seen_in,
            lag_ms={str(share): lag for share, lag in each.lags.items()},
        )
        for each in exposures.listed
    ]
    shape.truncated = exposures.is_truncated
    return shape


def represent_number(value: Fraction) -> float:
    """Whole numbers stay whole, so that durations do not grow a decimal point."""
    return value.numerator if value.denominator == 1 else float(value)


def _represent(explanation: Explanation, evidence: Evidence) -> ExplanationShape:
    metric, following = explanation.metric, explanation.next_tier
    raw, days = explanation.raw, explanation.covered_days
    return ExplanationShape(
        metric=metric,
        raw=None if raw is None else represent_number(raw),
        unit=explanation.unit,
        anchors=[AnchorShape(raw=represent_number(a.raw), score=a.score) for a in explanation.anchors],
        formula_version=explanation.formula_version,
        profile=explanation.profile,
        sample_size=explanation.sample_size,
        covered_days=None if days is None else round(float(days), 2),
        low_sample=explanation.is_low_sample,
        excluded=_represent_excluded(_left_out(explanation, evidence)),
        next_tier=None
        if following is None
        else NextTierShape(raw=represent_number(following.raw), points_gained=following.points_gained),
        contributors=_represent_contributors(_contributors(metric, evidence)),
        failed=_represent_failed(metric, evidence),
        reason=msgspec.UNSET if explanation.reason is None else explanation.reason,
    )


def _contributors(metric: Metric, evidence: Evidence) -> Contributors:
    by_metric = {
        Metric.DEPLOYMENT_FREQUENCY: evidence.finished,
        Metric.LEAD_TIME: evidence.delivered,
        Metric.DEPLOYMENT_FAILURE_RATE: evidence.settled,
        Metric.IMPACT_SIZE: evidence.moving,
        Metric.FLAG_HEALTH: evidence.stale,
        Metric.CREATION_RATIO: evidence.turned,
    }
    return by_metric.get(metric, Contributors())


def _represent_contributors(contributors: Contributors) -> ContributorsShape:
    return ContributorsShape(
        deployments=list(contributors.deployments),
        pull_requests=list(contributors.pull_requests),
        commits=list(contributors.commits),
        flag_events=list(contributors.flag_events),
        flags=list(contributors.flags),
        truncated=contributors.is_truncated,
    )


def _left_out(explanation: Explanation, evidence: Evidence) -> Mapping[str, int]:
    metric = explanation.metric
    if metric in {Metric.DEPLOYMENT_FREQUENCY, Metric.DEPLOYMENT_FAILURE_RATE}:
        return evidence.left_out_deployments
    return evidence.left_out_changes if metric is Metric.LEAD_TIME else explanation.excluded


def _represent_failed(metric: Metric, evidence: Evidence) -> list[FailedDeploymentShape] | msgspec.UnsetType:
    if metric is not Metric.DEPLOYMENT_FAILURE_RATE:
        return msgspec.UNSET
    return [
        FailedDeploymentShape(deployment=each.id, reason=each.reason, undone_by=each.undone_by)
        for each in evidence.failed
    ]


def _represent_excluded(counts: Mapping[str, int]) -> list[ExcludedShape]:
    return [ExcludedShape(name=name, count=count, why=WHY[name]) for name, count in counts.items() if count]


def _represent_measurement(measurement: Measurement, unit: Unit) -> AdditionalMetricShape:
    raw, reason = measurement.raw, measurement.reason
    return AdditionalMetricShape(
        raw=None if raw is None else represent_number(raw),
        unit=unit,
        sample_size=measurement.sample_size,
        excluded=_represent_excluded(measurement.excluded),
        reason=msgspec.UNSET if reason is None else reason,
    )
