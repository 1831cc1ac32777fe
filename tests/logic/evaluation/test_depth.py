"""Flags and segments that need each other so deep that nobody can follow."""

from typing import Any

import pytest

from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.reason import ERROR
from logic.evaluation.providers import Prepared

DEPTH = 1_000


def a_flag(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "version": 1, "on": True, "variations": ["a"], "fallthrough": {"variation": 0}} | more


def member_of(segment: str) -> dict[str, Any]:
    return {"clauses": [{"attribute": "", "op": "segmentMatch", "values": [segment]}], "variation": 0}


def a_chain_of_segments() -> dict[str, Any]:
    return {
        f"s{depth}": {"key": f"s{depth}", "version": 1, "rules": [member_of(f"s{depth - 1}")]}
        for depth in range(DEPTH)
    }


def a_chain_of_flags() -> dict[str, Any]:
    return {
        f"f{depth}": a_flag(f"f{depth}", prerequisites=[{"key": f"f{depth - 1}", "variation": 0}])
        for depth in range(1, DEPTH)
    }


@pytest.mark.parametrize(
    "deep",
    [a_flag("deep", rules=[member_of(f"s{DEPTH - 1}")]),
     a_flag("deep", prerequisites=[{"key": f"f{DEPTH - 1}", "variation": 0}])],
)  # fmt: skip
def test_evaluate__chain_too_deep__is_an_error_of_this_flag_only(deep: dict[str, Any]) -> None:
    near = a_flag("near", rules=[member_of("s1")], prerequisites=[{"key": "f0", "variation": 0}])
    flags = {"deep": deep, "near": near, "f0": a_flag("f0")} | a_chain_of_flags()
    provider = Prepared(flags, a_chain_of_segments())
    evaluation = Evaluation(parse_context({"kind": "user", "key": "ann"}), provider)

    assert evaluation.evaluate(provider.flags["deep"]) == ERROR

    after = evaluation.evaluate(provider.flags["near"])
    assert (after.value, [each.key for each in after.prerequisites]) == ("a", ["f0"])


def test_evaluate__layers_that_need_all_of_the_next__are_an_error_that_comes_soon() -> None:
    flags = {
        f"{side}{layer}": a_flag(
            f"{side}{layer}",
            prerequisites=[{"key": f"{other}{layer + 1}", "variation": 0} for other in "ab" if layer < 60],
        )
        for layer in range(61)
        for side in "ab"
    }
    provider = Prepared(flags, {})
    evaluation = Evaluation(parse_context({"kind": "user", "key": "ann"}), provider)

    assert evaluation.evaluate(provider.flags["a0"]) == ERROR
    assert evaluation.evaluate(provider.flags["a58"]).value == "a"
