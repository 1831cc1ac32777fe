"""What the made-up shop is made of, who works on it, and how well that went over the last year: slowly
better, with one bad month in between. `schedule.py` makes days out of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Mishap(Enum):
    """How a deployment goes wrong: its pipeline fails and is run again; or the version before comes back
    until a fix is there; or what it brought is reverted.
    """

    FAILED = auto()
    ROLLED_BACK = auto()
    REVERTED = auto()


@dataclass(frozen=True, slots=True)
class DemoApplication:
    """`deployments` are how many there were in each period, the oldest first; `mishaps` what went wrong with
    some of them, by how many periods ago that was. From `changes[0]` to `changes[1]` land in between.
    `pace` is how long a change takes compared with others, `minutes` how long a deployment does.
    """

    key: str
    team: Sequence[str]
    things: Sequence[str]
    package: str
    deployments: Sequence[int]
    mishaps: Mapping[int, Sequence[Mishap]]
    changes: tuple[int, int]
    pace: float
    minutes: int

    @property
    def repository(self) -> str:
        return f"shop/{self.key}"


# How many days a change took from its first commit on, in each of the periods.
LEAD_DAYS = (9.6, 9.3, 8.8, 8.1, 7.7, 7.0, 6.4, 5.9, 12.4, 6.8, 5.4, 4.6, 3.8, 3.1)

FAILED, ROLLED_BACK, REVERTED = Mishap

WEB = DemoApplication(
    key="web",
    team=("mara", "nils", "olga", "pete"),
    things=(
        "the cart", "the checkout form", "the product page", "the search box", "the address book",
        "the banner", "the order list", "the gift cards", "the size table", "the picture gallery",
        "the reviews", "the wish list", "the delivery dates",
    ),
    package="rollup",
    deployments=(5, 5, 6, 6, 7, 8, 9, 11, 6, 9, 11, 13, 15, 17),
    mishaps={
        12: [REVERTED],
        11: [ROLLED_BACK],
        10: [REVERTED],
        9: [ROLLED_BACK],
        8: [ROLLED_BACK],
        7: [REVERTED],
        6: [ROLLED_BACK],
        5: [ROLLED_BACK, REVERTED],
        4: [REVERTED],
        3: [ROLLED_BACK],
        2: [ROLLED_BACK],
        1: [REVERTED],
        0: [FAILED],
    },
    changes=(1, 2),
    pace=0.8,
    minutes=9,
)  # fmt: skip
API = DemoApplication(
    key="api",
    team=("ruth", "sami", "tess"),
    things=(
        "orders", "payments", "the stock levels", "price lists", "the search index", "invoices",
        "customer accounts", "vouchers", "the tax tables", "returns", "parcel labels",
    ),
    package="msgspec",
    deployments=(3, 3, 4, 4, 5, 5, 6, 7, 4, 6, 7, 8, 9, 11),
    mishaps={
        12: [ROLLED_BACK],
        11: [REVERTED],
        10: [ROLLED_BACK],
        9: [REVERTED],
        8: [REVERTED, ROLLED_BACK],
        7: [ROLLED_BACK],
        6: [REVERTED],
        5: [ROLLED_BACK, REVERTED],
        4: [ROLLED_BACK],
        3: [ROLLED_BACK],
        2: [ROLLED_BACK],
        1: [FAILED],
        0: [ROLLED_BACK],
    },
    changes=(1, 2),
    pace=1.0,
    minutes=14,
)  # fmt: skip
MOBILE = DemoApplication(
    key="mobile",
    team=("uma", "viktor"),
    things=(
        "the start page", "the scanner", "push messages", "the cart", "offline mode", "the sign-in",
        "the store finder",
    ),
    package="detox",
    deployments=(1, 1, 2, 2, 2, 2, 2, 3, 1, 2, 2, 3, 3, 4),
    mishaps={9: [REVERTED], 7: [ROLLED_BACK], 5: [ROLLED_BACK], 3: [ROLLED_BACK], 1: [REVERTED]},
    changes=(2, 4),
    pace=1.5,
    minutes=55,
)  # fmt: skip

APPLICATIONS: Sequence[DemoApplication] = (WEB, API, MOBILE)
