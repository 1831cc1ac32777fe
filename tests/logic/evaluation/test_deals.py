"""Shares of rollouts: as weighted, and nobody loses one that grows."""

from hypothesis import given
from hypothesis import strategies as some

from daybreak.logic.evaluation.bucketing import prepare_deal
from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.model import Rollout, WeightedVariation


@given(some.text(max_size=20), some.integers(0, 100_000))
def test_deal__many_keys__get_shares_as_weighted(salt: str, weight: int) -> None:
    shares = (WeightedVariation(0, weight), WeightedVariation(1, 100_000 - weight))
    deal = prepare_deal(Rollout(shares), "flag", salt, [0, 1], 0)

    dealt = [deal(parse_context({"key": f"user-{n}"})) for n in range(400)]

    # Six standard deviations of 400 draws, at the widest.
    assert abs(dealt.count(0) / 400 - weight / 100_000) < 0.15


@given(some.text(min_size=1), some.integers(0, 90_000))
def test_deal__a_growing_share__loses_nobody(key: str, weight: int) -> None:
    def dealt(first: int) -> int:
        shares = (WeightedVariation(0, first), WeightedVariation(1, 100_000 - first))
        deal = prepare_deal(Rollout(shares), "flag", "salt", [0, 1], 0)
        return deal(parse_context({"key": key}))

    assert dealt(weight + 10_000) <= dealt(weight)
