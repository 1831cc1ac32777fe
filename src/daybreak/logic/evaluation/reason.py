"""Why a value was returned, and everything an evaluation comes to."""

from typing import Any, Literal, NamedTuple

from daybreak.logic.evaluation.model import Json

BigSegmentsStatus = Literal["HEALTHY", "STALE", "STORE_ERROR", "NOT_CONFIGURED"]

# The later the worse: of several stores asked, the worst answer is told.
BIG_SEGMENTS_STATUSES: tuple[BigSegmentsStatus, ...] = ("HEALTHY", "STALE", "STORE_ERROR", "NOT_CONFIGURED")


class Reason(NamedTuple):
    """Fields beside `kind` are set where the kind has them."""

    kind: str
    rule_index: int | None = None
    rule_id: str | None = None
    prerequisite_key: str | None = None
    error_kind: str | None = None
    in_experiment: bool = False
    big_segments_status: BigSegmentsStatus | None = None


OFF = Reason("OFF")
FALLTHROUGH = Reason("FALLTHROUGH")
TARGET_MATCH = Reason("TARGET_MATCH")
MALFORMED_FLAG = Reason("ERROR", error_kind="MALFORMED_FLAG")


class Result(NamedTuple):
    """`variation` is None where there is none to return: then callers use their own default.

    `is_experiment` makes SDKs send the evaluation in full, with its reason. `prerequisites` are the results
    of those that were evaluated, and of theirs, in order.
    """

    value: Json
    variation: int | None
    reason: Reason
    is_experiment: bool = False
    prerequisites: "tuple[PrerequisiteResult, ...]" = ()


class PrerequisiteResult(NamedTuple):
    """`result` is None for a flag that does not exist; `parent` is whose prerequisite it was."""

    key: str
    parent: str
    result: Result | None


ERROR = Result(None, None, MALFORMED_FLAG)


def represent_reason(reason: Reason) -> dict[str, Any]:
    """As SDKs and the API show it."""
    shown: dict[str, Any] = {
        "kind": reason.kind,
        "ruleIndex": reason.rule_index,
        "ruleId": reason.rule_id,
        "prerequisiteKey": reason.prerequisite_key,
        "errorKind": reason.error_kind,
        "inExperiment": reason.in_experiment or None,
        "bigSegmentsStatus": reason.big_segments_status,
    }
    return {name: value for name, value in shown.items() if value is not None}
