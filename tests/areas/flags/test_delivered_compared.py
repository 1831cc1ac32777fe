"""Whether SDKs are sent the same: what is only written otherwise makes no difference."""

from typing import Any

import pytest

from daybreak.areas.flags.imports.comparing import difference_of_flags, difference_of_segments

CLAUSE = {"attribute": "email", "op": "in", "values": ["a"], "contextKind": "user", "negate": False}
DEFAULTS = [("contextKind", "user"), ("kind", "rollout")]
SHARES = [{"variation": 0, "weight": 60_000}, {"variation": 1, "weight": 40_000}]
FLAG: dict[str, Any] = {
    "key": "checkout",
    "version": 3,
    "on": True,
    "deleted": False,
    "prerequisites": [],
    "targets": [{"variation": 0, "values": ["ann", "bob"]}],
    "contextTargets": [
        {"variation": 0, "values": [], "contextKind": "user"},
        {"variation": 1, "values": ["acme"], "contextKind": "org"},
    ],
    "rules": [
        {
            "id": "r",
            "clauses": [CLAUSE],
            "trackEvents": False,
            "rollout": {"kind": "rollout", "contextKind": "user", "variations": SHARES},
        }
    ],
    "fallthrough": {"variation": 1},
    "offVariation": 1,
    "variations": [True, False],
    "clientSideAvailability": {"usingMobileKey": True, "usingEnvironmentId": False},
    "clientSide": False,
    "salt": "s",
    "trackEvents": False,
    "trackEventsFallthrough": False,
    "debugEventsUntilDate": None,
}
SEGMENT: dict[str, Any] = {
    "key": "beta",
    "version": 1,
    "included": ["ann"],
    "excluded": [],
    "includedContexts": [{"contextKind": "org", "values": ["acme"]}],
    "excludedContexts": [],
    "salt": "s",
    "rules": [{"id": "r", "clauses": [CLAUSE], "weight": 20_000}],
    "unbounded": False,
    "generation": 1,
}


def terse(value: Any) -> Any:
    """Without what may be left out where it is as it is by default."""
    if isinstance(value, dict):
        return {
            name: terse(member)
            for name, member in value.items()
            if not (member is False or member is None or member == [] or (name, member) in DEFAULTS)
        }
    if isinstance(value, list):
        return [terse(member) for member in value]
    return value


@pytest.mark.parametrize(
    "there",
    [
        FLAG | {"version": 99, "samplingRatio": 1, "excludeFromSummaries": False},
        FLAG | {"targets": [{"variation": 0, "values": ["bob"]}, {"variation": 0, "values": ["ann"]}]},
        FLAG | {"targets": [{"variation": 0, "values": ["ann", "bob"], "contextKind": "user"}]},
    ],
)
def test_differenceOfFlags__written_otherwise__is_none(there: dict[str, Any]) -> None:
    assert difference_of_flags(FLAG, there) == ""


def test_differenceOfFlags__left_out__is_none() -> None:
    there = terse(FLAG)
    del there["clientSideAvailability"]
    assert "contextKind" not in there["rules"][0]["clauses"][0]
    assert difference_of_flags(FLAG, there) == ""


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ({"on": False}, "on"),
        ({"salt": "t"}, "salt"),
        ({"variations": [1, 0]}, "variations"),
        ({"offVariation": None}, "off_variation"),
        ({"fallthrough": {"rollout": {"variations": SHARES}}}, "fallthrough"),
        ({"targets": [{"variation": 1, "values": ["ann", "bob"]}]}, "targets"),
        ({"contextTargets": []}, "targets"),
        ({"rules": []}, "rules"),
        (
            {
                "rules": [
                    FLAG["rules"][0] | {"clauses": [CLAUSE | {"attribute": "/email", "contextKind": ""}]}
                ]
            },
            "rules",
        ),
        ({"rules": [FLAG["rules"][0] | {"rollout": {"variations": SHARES, "seed": 61}}]}, "rules"),
        ({"prerequisites": [{"key": "other", "variation": 0}]}, "prerequisites"),
        ({"clientSideAvailability": {"usingEnvironmentId": True}}, "clientSideAvailability"),
        ({"on": "yes"}, "cannot be read: on: str where bool belongs"),
    ],
)
def test_differenceOfFlags__something_that_matters__is_named(there: dict[str, Any], named: str) -> None:
    assert difference_of_flags(FLAG, FLAG | there) == named


def test_difference__on_one_side_alone__says_on_which() -> None:
    assert difference_of_flags(None, FLAG) == "is not here"
    assert difference_of_flags(FLAG, None) == "is not there"


@pytest.mark.parametrize(
    ("there", "named"),
    [
        ({"version": 9, "generation": None}, ""),
        ({"rules": [SEGMENT["rules"][0] | {"bucketBy": "key", "rolloutContextKind": "user"}]}, ""),
        (
            {"includedContexts": [{"contextKind": "user", "values": ["ann"]}, *SEGMENT["includedContexts"]]},
            "",
        ),
        ({"salt": "t"}, "salt"),
        ({"rules": [SEGMENT["rules"][0] | {"weight": 30_000}]}, "rules"),
        ({"included": []}, "included"),
        ({"excluded": ["eve"]}, "excluded"),
        ({"unbounded": True}, "unbounded, unbounded_kind, generation"),
    ],
)
def test_differenceOfSegments__what_matters__is_named(there: dict[str, Any], named: str) -> None:
    assert difference_of_segments(SEGMENT, SEGMENT | there) == named
