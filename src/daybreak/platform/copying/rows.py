"""One table of a copy: its rows as they are stored, and a tally by which two tables are compared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
from sqlalchemy import Column, Table, TableClause, column, func, select, table
from sqlalchemy.types import TypeDecorator, TypeEngine

from daybreak.platform.database import Transaction

# So many rows are in memory at once, however many a table has: some hold a megabyte each.
BATCH = 250

Rows = Sequence[tuple[Any, ...]]

_encode = msgspec.json.Encoder().encode
_BYTES_OF_A_DIGEST = 8
_LARGEST = (1 << 8 * _BYTES_OF_A_DIGEST) - 1


@dataclass(slots=True)
class Tally:
    """How many rows there are, and the sum of their digests: the same for the same rows in any order."""

    rows: int = 0
    checksum: int = 0

    def add(self, rows: Rows) -> None:
        digests = (blake2b(_encode(row), digest_size=_BYTES_OF_A_DIGEST).digest() for row in rows)
        self.rows += len(rows)
        self.checksum = (self.checksum + sum(map(int.from_bytes, digests))) & _LARGEST


def as_stored(declared: Table) -> TableClause:
    """The table with what its columns hold, not what the program makes of it: a document stays a text, and
    arrives letter by letter.
    """
    return table(declared.name, *(column(each.name, _stored_type(each)) for each in declared.columns))


def _stored_type(declared: Column[Any]) -> TypeEngine[Any]:
    kind = declared.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind


def count_rows(db: Transaction, stored: TableClause) -> int:
    count: int = db.value(select(func.count()).select_from(stored))
    return count


def read_rows(db: Transaction, stored: TableClause) -> Iterator[Rows]:
    """All rows, a batch at a time; the database is asked for no more than is taken."""
    result = db.execute(select(stored).execution_options(yield_per=BATCH))
    for batch in result.partitions():
        yield [tuple(row) for row in batch]
