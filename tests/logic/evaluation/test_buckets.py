"""Buckets: the published vectors, evenness and stability."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.logic.evaluation.bucketing import prepare_bucket, prepare_deal, prepare_place
from daybreak.logic.evaluation.context import parse_context
from daybreak.logic.evaluation.model import Rollout, WeightedVariation
from daybreak.logic.evaluation.reference import ReferenceInvalid


@pytest.mark.parametrize(
    ("prefix", "value", "bucket"),
    [
        ("hashKey.saltyA", "userKeyA", 0.42157587),
        ("hashKey.saltyA", "userKeyB", 0.67084850),
        ("hashKey.saltyA", "userKeyC", 0.10343106),
        ("61", "userKeyA", 0.09801207),
        ("61", "userKeyB", 0.14483777),
        ("61", "userKeyC", 0.92426409),
        ("hashKey.saltyA", 33333, 0.54771423),
        ("hashKey.saltyA", 99999, 0.73096580),
    ],
)
def test_place__published_vector__is_met(prefix: str, value: object, bucket: float) -> None:
    assert prepare_place(prefix)(value) == pytest.approx(bucket, abs=1e-8)


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}])
def test_place__value_that_cannot_be_hashed__is_zero(value: object) -> None:
    assert prepare_place("a.b")(value) == 0


@given(st.text(), st.text())
def test_place__any_key__stays_where_it_is(prefix: str, key: str) -> None:
    place = prepare_place(prefix)

    assert 0 <= place(key) == place(key) == prepare_place(prefix)(key) <= 1


def test_place__many_keys__are_even() -> None:
    place = prepare_place("flag.salt")

    tenths = Counter(int(place(f"key-{n}") * 10) for n in range(10_000))

    assert set(tenths) == set(range(10))
    assert all(900 < count < 1_100 for count in tenths.values())


def test_prepare_deal__weights_short_of_the_whole__leave_the_rest_to_the_last() -> None:
    rollout = Rollout((WeightedVariation(3, 1), WeightedVariation(5, 1)))
    deal = prepare_deal(rollout, "flag", "salt", ["first", "last"], "absent")

    assert {deal(parse_context({"kind": "user", "key": f"k{n}"})) for n in range(50)} == {"last"}
    assert deal(parse_context({"kind": "org", "key": "o"})) == "absent"


def test_prepare_bucket__senseless_attribute__is_told_only_where_it_is_asked_for() -> None:
    bucket = prepare_bucket("a.b", "org", "/")

    assert bucket(parse_context({"kind": "user", "key": "u"})) is None
    with pytest.raises(ReferenceInvalid):
        bucket(parse_context({"kind": "org", "key": "o"}))
