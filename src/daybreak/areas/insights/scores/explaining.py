"""`expand=explanation`: the metric's own explanation and the rows behind it, as the API shows them."""

from collections.abc import Mapping

import msgspec

from daybreak.areas.insights.scores.evidence import Evidence
from daybreak.areas.insights.scores.representation import (
    AdditionalMetricShape,
    AnchorShape,
    ContributorsShape,
    ExcludedShape,
    ExplanationShape,
    FailedDeploymentShape,
    NextTierShape,
    represent_number,
)
from daybreak.logic.scoring.explanation import Explanation
from daybreak.logic.scoring.grades import Unit
from daybreak.logic.scoring.indicators import Measurement
from daybreak.logic.scoring.model import Metric
from daybreak.logic.scoring.scorecard import Scorecard
from daybreak.logic.scoring.stability import measure_recovery_time, measure_rework_rate

WHY = {
    "archived": "archived deployments count nowhere",
    "timedOut": "started more than 24 hours before the end and never ended",
    "inProgress": "started, and not ended by the end of the period",
    "cancelled": "cancelled or skipped, so neither finished nor failed",
    "bots": "made by bots; their deployments count, their lead times do not",
    "partial": "counted, but the first commit is unknown, so the time starts later than the work did",
    "clipped": "counted, but a clock was wrong: a boundary lay after the next one and was moved to it",
    "notRecovered": "no successful deployment has followed yet",
}

_ABOUT_DEPLOYMENTS = {Metric.DEPLOYMENT_FREQUENCY, Metric.DEPLOYMENT_FAILURE_RATE}


def represent_explanations(card: Scorecard, evidence: Evidence) -> dict[str, ExplanationShape]:
    return {metric: _represent(each, evidence) for metric, each in card.explanations.items()}


def represent_additional(evidence: Evidence) -> dict[str, AdditionalMetricShape]:
    """DORA's fourth and fifth key, which have no score."""
    return {
        "failedDeploymentRecoveryTime": _represent_measurement(
            measure_recovery_time(evidence.recovery), Unit.MILLISECONDS
        ),
        "deploymentReworkRate": _represent_measurement(measure_rework_rate(evidence.rework), Unit.PERCENT),
    }


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
        excluded=_represent_excluded(_left_out(metric, evidence)),
        next_tier=None
        if following is None
        else NextTierShape(raw=represent_number(following.raw), points_gained=following.points_gained),
        contributors=ContributorsShape(
            deployments=list(evidence.deployments) if metric in _ABOUT_DEPLOYMENTS else [],
            changes=list(evidence.changes) if metric is Metric.LEAD_TIME else [],
            truncated=evidence.is_truncated,
        ),
        failed=_represent_failed(metric, evidence),
        reason=msgspec.UNSET if explanation.reason is None else explanation.reason,
    )


def _left_out(metric: Metric, evidence: Evidence) -> Mapping[str, int]:
    if metric in _ABOUT_DEPLOYMENTS:
        return evidence.left_out_deployments
    return evidence.left_out_changes if metric is Metric.LEAD_TIME else {}


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
