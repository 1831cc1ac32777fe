"""The made-up people: two hundred, always the same ones."""

from collections.abc import Sequence
from functools import cache

from daybreak.platform.columns import Json

_NAMES = ("ann", "bob", "cy", "dee", "eve", "flo", "gus", "hal", "ida", "jon")
_COUNTRIES = ("FR", "DE", "US", "GB", "AT", "JP", "BR")
_PLANS = ("free", "free", "free", "silver", "gold")
_NUMBER = 200


@cache
def list_people() -> Sequence[dict[str, Json]]:
    """As an SDK tells of contexts."""
    return [
        {
            "kind": "user",
            "key": _key(number),
            "name": _key(number).title(),
            "country": _COUNTRIES[number % len(_COUNTRIES)],
            "plan": _PLANS[number % len(_PLANS)],
        }
        for number in range(_NUMBER)
    ]


def _key(number: int) -> str:
    round_, place = divmod(number, len(_NAMES))
    return _NAMES[place] + (f"-{round_}" if round_ else "")
