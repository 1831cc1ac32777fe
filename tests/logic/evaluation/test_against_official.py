"""Our evaluator and the vendor's own give the same, over generated environments and contexts."""

import logging
from collections import Counter
from typing import Any

import ldclient.impl.evaluator
import pytest
from ldclient.context import Context as OfficialContext
from ldclient.impl.events.types import EventFactory
from ldclient.impl.model.feature_flag import FeatureFlag
from ldclient.impl.model.segment import Segment

from daybreak.logic.evaluation.context import ContextInvalid, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.operators import OPERATORS
from daybreak.logic.evaluation.reason import BigSegmentsStatus, represent_reason
from logic.evaluation.generated import Maker
from logic.evaluation.providers import Prepared

ENVIRONMENTS_OF_A_SEED = 27
CONTEXTS = 24
STATUSES: tuple[BigSegmentsStatus, ...] = ("HEALTHY", "STALE")
SEEDS = range(6)

# What has to come up in a seed for the comparison to mean something.
KINDS_OF_REASON = {
    "OFF", "FALLTHROUGH", "TARGET_MATCH", "RULE_MATCH", "PREREQUISITE_FAILED", "ERROR",
    "inExperiment", "bigSegmentsStatus",
}  # fmt: skip

Seen = Counter[str]


@pytest.fixture(autouse=True)
def quiet() -> None:
    logging.getLogger("ldclient").setLevel(logging.CRITICAL)


@pytest.mark.parametrize("seed", SEEDS)
def test_evaluate__generated_pairs__are_the_same_as_the_official_evaluators(seed: int) -> None:
    events = EventFactory(with_reasons=False)
    maker, seen, pairs = Maker(seed), Counter[str](), 0
    for _ in range(ENVIRONMENTS_OF_A_SEED):
        flags, segments = maker.environment()
        memberships = maker.memberships()
        status = maker.draw.choice(STATUSES)
        official = official_evaluator(flags, segments, memberships, status)
        ours = Prepared(flags, segments, memberships, status)
        _note_operators(flags, segments, seen)
        for _ in range(CONTEXTS):
            data = maker.context()
            theirs, context = official_context(data), our_context(data)
            assert (theirs is None) == (context is None), data
            if theirs is None or context is None:
                seen["invalid context"] += 1
                continue
            evaluation = Evaluation(context, ours)
            for key, flag in ours.flags.items():
                expected = official.evaluate(FeatureFlag(flags[key]), theirs, events)
                result = evaluation.evaluate(flag)
                told = (result.value, result.variation, represent_reason(result.reason))
                detail = expected.detail
                reason = {name: value for name, value in detail.reason.items() if value not in {None, ""}}
                assert told == (detail.value, detail.variation_index, reason), (flags[key], segments, data)
                if reason["kind"] != "ERROR":
                    direct = [each.key for each in result.prerequisites if each.parent == key]
                    assert direct == expected.prerequisites
                seen.update([reason["kind"], *reason])
                pairs += 1
    assert pairs > 3_400
    assert seen.keys() >= KINDS_OF_REASON | set(OPERATORS)
    assert seen["invalid context"] > 0
    assert all(seen[kind] > 5 for kind in KINDS_OF_REASON), seen


def official_evaluator(
    flags: dict[str, Any], segments: dict[str, Any], memberships: dict[str, Any], status: BigSegmentsStatus
) -> Any:
    read_flags = {key: FeatureFlag(data) for key, data in flags.items()}
    read_segments = {key: Segment(data) for key, data in segments.items()}
    return ldclient.impl.evaluator.Evaluator(
        read_flags.get, read_segments.get, lambda key: (memberships.get(key), status)
    )


def official_context(data: dict[str, Any]) -> OfficialContext | None:
    if "kind" not in data:
        # The SDK has left users behind: they are contexts of kind user, with all attributes side by side.
        rest = {name: value for name, value in data.items() if name != "custom"}
        data = {"kind": "user", **data["custom"], **rest}
        if data["key"] == "":
            data["key"] = "ann"
    context = OfficialContext.from_dict(data)
    return context if context.valid else None


def our_context(data: dict[str, Any]) -> Any:
    if "kind" not in data and data["key"] == "":
        data = {**data, "key": "ann"}
    try:
        return parse_context(data)
    except ContextInvalid:
        return None


def _note_operators(flags: dict[str, Any], segments: dict[str, Any], seen: Seen) -> None:
    for each in (*flags.values(), *segments.values()):
        seen.update(clause["op"] for rule in each["rules"] for clause in rule["clauses"])
