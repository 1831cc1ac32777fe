"""The flags of the made-up shop, and what was done to them over the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from daybreak.platform.columns import Json

PROJECT, ENVIRONMENT = "demo", "production"

# While this flag serves true, the made-up people use the shop.
TRAFFIC = "simulated-traffic"

ON, OFF = {"on": True}, {"on": False}


@dataclass(frozen=True, slots=True)
class Step:
    """What an environment was changed to, part by part."""

    days_ago: int
    change: dict[str, Json]


@dataclass(frozen=True, slots=True)
class DemoFlag:
    """`body` is what it is made from; nobody asks for a flag later than `asked_until` days ago."""

    body: dict[str, Json]
    steps: Sequence[Step] = field(default=())
    asked_until: int = 0
    age: int = 45

    @property
    def key(self) -> str:
        return str(self.body["key"])


def _rollout(*weights: int) -> dict[str, Json]:
    shares = [{"variation": number, "weight": weight} for number, weight in enumerate(weights)]
    return {"fallthrough": {"rollout": {"variations": shares}}}


def _rule(attribute: str, values: list[str], variation: int, op: str = "in") -> dict[str, Json]:
    clause = {"contextKind": "user", "attribute": attribute, "op": op, "values": values}
    return {"clauses": [clause], "variation": variation}


SEGMENT: dict[str, Json] = {"key": "testers", "name": "Testers", "description": "Who sees new things first"}
SEGMENT_MEMBERS: dict[str, Json] = {"included": ["ann", "bob"], "rules": []}

FLAGS: Sequence[DemoFlag] = (
    DemoFlag(
        {
            "key": TRAFFIC,
            "name": "Simulated traffic",
            "description": "Turn this off, and the made-up people of this project stop using it",
            "temporary": False,
        },
        [Step(45, ON)],
    ),
    DemoFlag(
        {"key": "new-checkout", "name": "New checkout", "description": "Rolled out step by step"},
        [
            Step(20, ON | _rollout(10_000, 90_000)),
            Step(18, _rollout(30_000, 70_000)),
            Step(16, _rollout(60_000, 40_000)),
            Step(13, {"fallthrough": {"variation": 0}}),
        ],
        age=22,
    ),
    DemoFlag(
        {
            "key": "banner-text",
            "name": "Banner",
            "description": "One text for each country",
            "temporary": False,
            "variations": [{"value": "Hello"}, {"value": "Bonjour"}, {"value": "Guten Tag"}],
        },
        [
            Step(24, ON | {"fallthrough": {"variation": 0}}),
            Step(9, {"rules": [_rule("country", ["FR"], 1), _rule("country", ["DE", "AT"], 2)]}),
        ],
    ),
    DemoFlag(
        {
            "key": "search-settings",
            "name": "Search settings",
            "temporary": False,
            "variations": [{"value": {"fuzzy": False, "limit": 20}}, {"value": {"fuzzy": True, "limit": 50}}],
            "defaults": {"onVariation": 1, "offVariation": 0},
        },
        [Step(11, ON | {"rules": [_rule("plan", ["gold"], 1)], "fallthrough": {"variation": 0}})],
    ),
    DemoFlag(
        {"key": "express-delivery", "name": "Express delivery", "description": "Went wrong, and was undone"},
        [Step(7, ON), Step(6, OFF)],
        age=10,
    ),
    DemoFlag(
        {"key": "beta-program", "name": "Beta program", "description": "For the segment `testers`"},
        [
            Step(
                4,
                ON
                | {"rules": [_rule("", ["testers"], 0, op="segmentMatch")], "fallthrough": {"variation": 1}},
            )
        ],
        age=5,
    ),
    DemoFlag(
        {"key": "old-cart", "name": "Old cart", "description": "Stale: for everybody since long ago"},
        [Step(40, ON)],
    ),
    DemoFlag(
        {"key": "summer-sale", "name": "Summer sale", "description": "Stale: nobody asks for it any more"},
        [Step(38, ON)],
        asked_until=21,
    ),
    DemoFlag(
        {
            "key": "orders-database",
            "name": "Orders in the new database",
            "purpose": "migration",
            "migrationSettings": {"stageCount": 6},
        },
        [Step(14, ON | {"fallthrough": {"variation": 1}}), Step(3, {"fallthrough": {"variation": 2}})],
    ),
)
