"""Rows <-> frozen dataclasses: a model whose fields are the columns of its table needs no more code than
this.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from sqlalchemy import Column, ColumnElement, Row, Table, and_, delete, func, select, update

from daybreak.platform.columns import JsonDocument
from daybreak.platform.database import Transaction
from daybreak.platform.errors import OptimisticLockingError
from daybreak.platform.spreading import spreading_column

Model = TypeVar("Model")


class Store(Protocol[Model]):
    """Loads a resource whole, saves it whole. `table` holds a row for each, with an `id` and a `version`."""

    @property
    def table(self) -> Table: ...

    def to_row(self, value: Model) -> dict[str, Any]: ...

    def find(self, db: Transaction, *where: ColumnElement[bool]) -> Model | None: ...

    def list_where(
        self, db: Transaction, *where: ColumnElement[bool], order_by: Sequence[ColumnElement[Any]] = ()
    ) -> list[Model]: ...

    def list_page(
        self,
        db: Transaction,
        where: Sequence[ColumnElement[bool]],
        order_by: Sequence[ColumnElement[Any]],
        limit: int,
        offset: int,
    ) -> tuple[list[Model], int]:
        """One page and the number of rows in all pages."""
        ...

    def insert(self, db: Transaction, value: Model) -> None: ...

    def save(self, db: Transaction, value: Model, *, expecting: int | None) -> None:
        """Raises OptimisticLockingError where the row is no longer the version expected."""
        ...

    def delete(self, db: Transaction, id: str) -> None:
        """Raises OptimisticLockingError where the row is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that lists, in order, what belongs to rows of another: `owner` is that row's id.

    Listed are texts, or where there are several `values` what `make` makes of them, a named tuple.
    """

    owner: Column[str]
    position: Column[int]
    values: tuple[Column[str], ...]
    make: Callable[..., Any] = str

    def read(self, db: Transaction, ids: Collection[str]) -> dict[str, list[Any]]:
        """By owner. One query, or none for no owners."""
        found: dict[str, list[Any]] = defaultdict(list)
        if ids:
            listed = select(self.owner, *self.values).where(self.owner.in_(ids)).order_by(self.position)
            for row in db.rows(listed):
                found[row[0]].append(self.make(*row[1:]))
        return found

    def write(self, db: Transaction, owner: str, items: Sequence[Any]) -> None:
        """Makes the items the owner's."""
        table = self.owner.table
        assert isinstance(table, Table)
        db.execute(delete(table).where(self.owner == owner))
        names = [column.name for column in self.values]
        rows = [
            {
                self.owner.name: owner,
                self.position.name: position,
                **dict(zip(names, item if isinstance(item, tuple) else (item,), strict=True)),
            }
            for position, item in enumerate(items)
        ]
        db.insert(table, rows)


@dataclass(frozen=True)
class TableStore(Generic[Model]):
    """A store of one table. `model` has a field for each column, and perhaps more that have defaults.

    `lists` names the fields, tuples, that are kept in tables of their own.
    """

    model: type[Model]
    table: Table
    lists: Mapping[str, Listing] = field(default_factory=dict)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        own = fields(self.model)  # type: ignore[arg-type]  # a dataclass by contract
        return tuple(field.name for field in own if field.name in self.table.columns)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset(c.name for c in self.table.columns if isinstance(c.type, JsonDocument))

    def from_row(self, row: Row[Any]) -> Model:
        mapping = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
        return msgspec.convert({name: mapping[name] for name in self._names}, self.model)

    def to_row(self, value: Model) -> dict[str, Any]:
        return {
            name: msgspec.to_builtins(getattr(value, name))
            if name in self._documents
            else getattr(value, name)
            for name in self._names
        }

    def _load(self, db: Transaction, rows: Sequence[Row[Any]]) -> list[Model]:
        """A query for each list, however many rows."""
        models = [self.from_row(row) for row in rows]
        for name, listing in self.lists.items():
            items = listing.read(db, [row.id for row in rows])
            models = [
                replace(model, **{name: tuple(items.get(row.id, ()))})  # type: ignore[type-var]  # models are dataclasses
                for model, row in zip(models, rows, strict=True)
            ]
        return models

    def _write_lists(self, db: Transaction, value: Model, id: str) -> None:
        for name, listing in self.lists.items():
            listing.write(db, id, getattr(value, name))

    def find(self, db: Transaction, *where: ColumnElement[bool]) -> Model | None:
        row = db.first(select(self.table).where(*where))
        return None if row is None else self._load(db, [row])[0]

    def list_where(
        self, db: Transaction, *where: ColumnElement[bool], order_by: Sequence[ColumnElement[Any]] = ()
    ) -> list[Model]:
        return self._load(db, db.rows(select(self.table).where(*where).order_by(*order_by)))

    def list_page(
        self,
        db: Transaction,
        where: Sequence[ColumnElement[bool]],
        order_by: Sequence[ColumnElement[Any]],
        limit: int,
        offset: int,
    ) -> tuple[list[Model], int]:
        """One page and the number of rows in all pages. Two queries, however many rows."""
        total = db.value(select(func.count()).select_from(self.table).where(*where))
        page = select(self.table).where(*where).order_by(*order_by).limit(limit).offset(offset)
        return self._load(db, db.rows(page)), int(total)

    def insert(self, db: Transaction, value: Model) -> None:
        row = self.to_row(value)
        db.insert(self.table, [row])
        self._write_lists(db, value, row["id"])

    def save(self, db: Transaction, value: Model, *, expecting: int | None) -> None:
        """Writes the row if its version is still `expecting` (None: without that check).

        Raises:
            OptimisticLockingError: the row has been changed or deleted since it was read.

        """
        row = self.to_row(value)
        where = [self.table.c.id == row["id"]]
        spread_by = spreading_column(self.table)
        if spread_by is not None:
            # One server has the row, and may not hand it to another.
            where.append(spread_by == row.pop(spread_by.name))
        if expecting is not None:
            where.append(self.table.c.version == expecting)
        if db.execute(update(self.table).where(and_(*where)).values(row)).rowcount != 1:
            raise OptimisticLockingError(
                "Conflict. Somebody else changed this at the same time: read it again."
            )
        self._write_lists(db, value, row["id"])

    def delete(self, db: Transaction, id: str) -> None:
        """Raises OptimisticLockingError where somebody else has deleted the row since it was read."""
        if db.execute(delete(self.table).where(self.table.c.id == id)).rowcount != 1:
            raise OptimisticLockingError("Conflict. Somebody else deleted this at the same time.")
