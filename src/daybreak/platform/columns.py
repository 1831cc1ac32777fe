"""Columns every table makes the same way, so that both engines store the same thing."""

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Dialect, ForeignKey, Integer, Text
from sqlalchemy.types import TypeDecorator

Json = Any

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder()


class JsonDocument(TypeDecorator[Json]):
    """A JSON value kept as text: loaded and saved whole, and seldom looked into by SQL (`has_item`)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _encoder.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else _decoder.decode(value)


def identifier(name: str = "id", *, primary: bool = True) -> Column[str]:
    return Column(name, Text, primary_key=primary, nullable=False)


def reference(name: str, target: str, *, index: bool = False, optional: bool = False) -> Column[str]:
    """A foreign key; what is referred to takes its dependants along when it is deleted."""
    return Column(name, Text, ForeignKey(target, ondelete="CASCADE"), nullable=optional, index=index)


def part_of_key(name: str) -> Column[str]:
    """A text that the primary key needs besides those before it."""
    return Column(name, Text, primary_key=True)


def text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Text, nullable=optional)


def milliseconds(name: str, *, optional: bool = False) -> Column[int]:
    """An instant or a duration in milliseconds."""
    return Column(name, BigInteger, nullable=optional)


def number(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=optional)


def flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def document(name: str, *, optional: bool = False) -> Column[Json]:
    return Column(name, JsonDocument, nullable=optional)


def version() -> Column[int]:
    """Counts the changes of a row; the ground of optimistic locking."""
    return Column("version", Integer, nullable=False)
