"""What SDKs tell of their evaluations."""

from collections.abc import Iterable
from typing import Any

# Of each flag: two variations, and the caller's default.
OUTCOMES: list[dict[str, int]] = [{"variation": 0, "count": 5}, {"variation": 1, "count": 3}, {"count": 1}]


def summary_of(numbers: Iterable[int], now: int) -> dict[str, Any]:
    """The event that sums up evaluations of these flags. `now` is in Unix ms."""
    features = {
        f"flag-{number}": {
            "default": False,
            "contextKinds": ["user"],
            "counters": [outcome | {"version": 7, "value": True} for outcome in OUTCOMES],
        }
        for number in numbers
    }
    return {"kind": "summary", "startDate": now, "endDate": now, "features": features}
