"""Evaluations as the API shows them."""

import msgspec

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.logic.evaluation.reason import Reason, Result
from daybreak.platform.columns import Json
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links

Unset = msgspec.UnsetType


class ReasonShape(Shape):
    """Why a value was returned. In this API, and in no SDK, the D of `ruleID` is a capital."""

    kind: str
    rule_index: int | Unset = msgspec.UNSET
    rule_id: str | Unset = msgspec.field(name="ruleID", default=msgspec.UNSET)
    prerequisite_key: str | Unset = msgspec.UNSET
    in_experiment: bool | Unset = msgspec.UNSET
    error_kind: str | Unset = msgspec.UNSET


class EvaluationShape(Shape):
    """What one flag serves a context; null where the caller would use a default of its own."""

    name: str
    key: str
    value: Json = msgspec.field(name="_value")
    reason: ReasonShape
    links_: Links = msgspec.field(name="_links")


def represent_evaluation(flag: FeatureFlag, result: Result, project_key: str) -> EvaluationShape:
    return EvaluationShape(
        name=flag.name,
        key=flag.key,
        value=result.value,
        reason=represent_reason(result.reason),
        links_=links(self=flag_path(project_key, flag.key)),
    )


def represent_reason(reason: Reason) -> ReasonShape:
    return ReasonShape(
        kind=reason.kind,
        rule_index=_or_unset(reason.rule_index),
        rule_id=_or_unset(reason.rule_id),
        prerequisite_key=_or_unset(reason.prerequisite_key),
        in_experiment=reason.in_experiment or msgspec.UNSET,
        error_kind=_or_unset(reason.error_kind),
    )


def _or_unset(value: Json) -> Json:
    return msgspec.UNSET if value is None else value
