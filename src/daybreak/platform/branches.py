"""Many questions of one kind as one statement: a branch of a UNION for each.

To put such a statement together takes longer than the database takes to answer. So it is kept for every
shape: how many questions there are, and how large each is, in whatever the question has a changing number of.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Row, Select, literal, union_all

from daybreak.platform.database import Transaction

# For a question's number and size: a statement with one row, whose values are named by that number.
Branch = Callable[[int, int], Select[*tuple[Any, ...]]]

MOST_SHAPES = 256


def read_branches(
    db: Transaction, branch: Branch, sizes: Sequence[int], values: Mapping[str, Any]
) -> list[Row[Any]]:
    """The row of each question. One query, or none for no question. `branch` is a function of a module: its
    statements are kept by it.
    """
    if not sizes:
        return []
    rows = {row.branch: row for row in db.execute(_union(branch, tuple(sizes)), values)}
    return [rows[number] for number in range(len(sizes))]


@lru_cache(MOST_SHAPES)
def _union(branch: Branch, shape: Sequence[int]) -> CompoundSelect[*tuple[Any, ...]]:
    parts = (
        branch(number, size).add_columns(literal(number).label("branch")) for number, size in enumerate(shape)
    )
    return union_all(*parts)
