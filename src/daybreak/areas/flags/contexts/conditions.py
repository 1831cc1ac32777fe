"""What contexts and their combinations can be filtered by. Letter case counts: keys are not words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Table, and_, exists, false, or_, select, true

from daybreak.areas.flags.contexts.documents import spell_value
from daybreak.areas.flags.contexts.tables import (
    context_attributes,
    context_instance_parts,
    context_instances,
    contexts,
)
from daybreak.areas.projects.queries import Home
from daybreak.logic.evaluation.operators import parse_instant
from daybreak.platform.columns import Json
from daybreak.platform.expressions import contains_text, starts_with
from daybreak.rest.conditions import ANY_OF, Field, condition_predicates, fields_in, parse_conditions

ANY_KIND = "*"
LISTED = ("equals", ANY_OF, "contains")
_TRUTHS: Mapping[str, bool] = {"true": True, "false": False}

Narrow = Callable[[Sequence[Any]], ColumnElement[bool]]
Matches = Callable[[Table, str], ColumnElement[bool]]


def exact_field(column: ColumnElement[str], *more: str) -> Field:
    """A text that is meant as it is written; `more` operators beside those that all texts have."""
    known: dict[str, Narrow] = {
        "equals": lambda values: column == values[0],
        "notEquals": lambda values: column != values[0],
        ANY_OF: column.in_,
        "startsWith": lambda values: starts_with(column, values[0]),
    }
    return Field(str, {name: known[name] for name in ("equals", "notEquals", ANY_OF, *more)})


def context_predicates(home: Home, text: str | None) -> list[ColumnElement[bool]]:
    """The SQL of a filter of contexts. Raises InvalidRequest."""
    attributes = {
        name: _attribute_field(home, name)
        for name in sorted(fields_in(parse_conditions(text or "")) - _CONTEXT_FIELDS.keys())
        if "." in name.strip(".")
    }
    words = {
        "q": Field(str, {"equals": lambda values: _mentions(home, values)}, listed=("equals",)),
        "name": _attribute_field(home, f"{ANY_KIND}.name", ANY_OF),
    }
    return condition_predicates(text, {**_CONTEXT_FIELDS, **words, **attributes})


def instance_predicates(text: str | None) -> list[ColumnElement[bool]]:
    """The SQL of a filter of combinations. Raises InvalidRequest."""
    return condition_predicates(text, _INSTANCE_FIELDS)


def _attribute_field(home: Home, name: str, *more: str) -> Field:
    table = context_attributes.c
    named = _named(name)

    def among(*wanted: ColumnElement[bool]) -> ColumnElement[bool]:
        found = select(table.context_id).where(home.holds(context_attributes), named, *wanted)
        return contexts.c.id.in_(found)

    known: dict[str, Narrow] = {
        "equals": lambda values: among(table.value.in_(_spellings(values))),
        "notEquals": lambda values: ~among(table.value.in_(_spellings(values))),
        "exists": lambda values: among() if _truth(values[0]) else ~among(),
        "startsWith": lambda values: among(starts_with(table.value, spell_value(str(values[0]))[:-1])),
        "before": lambda values: among(table.at < _instant(values[0])),
        "after": lambda values: among(table.at > _instant(values[0])),
        ANY_OF: lambda values: among(table.value.in_([spell_value(value) for value in values])),
    }
    dated = () if more else ("before", "after")
    operators = ("equals", "notEquals", "exists", "startsWith", *dated, *more)
    return Field(
        _read_value,
        {operator: known[operator] for operator in operators},
        listed=("equals", "notEquals", ANY_OF),
        is_spelled=True,
    )


def _named(field: str) -> ColumnElement[bool]:
    """Kinds may have dots as well as names: each dot is tried as the one between them."""
    parts = field.split(".")
    table = context_attributes.c
    found = []
    for place in range(1, len(parts)):
        kind, name = ".".join(parts[:place]), ".".join(parts[place:])
        found.append(table.name == name if kind == ANY_KIND else and_(table.kind == kind, table.name == name))
    return or_(*found)


def _read_value(spelling: str) -> Json:
    """`44`, `true` and `"44"` are what JSON says; other words are texts."""
    try:
        return msgspec.json.decode(spelling)
    except msgspec.DecodeError:
        return spelling


def _spellings(values: Sequence[Json]) -> list[str]:
    """A list of one value may also be that value."""
    whole = spell_value(list(values))
    return [spell_value(values[0]), whole] if len(values) == 1 else [whole]


def _truth(value: Json) -> bool:
    if isinstance(value, bool):
        return value
    if value not in _TRUTHS:
        raise ValueError(f"{value!r} is neither true nor false")
    return _TRUTHS[str(value)]


def _instant(value: Json) -> int:
    at = parse_instant(value)
    if at is None or abs(at) >= 2**53:
        raise ValueError(f"{value!r} is no instant, such as 2022-09-21T19:03:15+00:00")
    return int(at)


def _mentions(home: Home, words: Sequence[str]) -> ColumnElement[bool]:
    table = context_attributes.c
    parts = []
    for word in words:
        said = select(table.context_id).where(
            home.holds(context_attributes), contains_text(table.value, spell_value(word)[1:-1])
        )
        parts.append(or_(contains_text(contexts.c.key, word), contexts.c.id.in_(said)))
    return and_(*parts)


def _is_kind(table: Table, value: str) -> ColumnElement[bool]:
    return table.c.kind == value


def _is_kind_and_key(table: Table, value: str) -> ColumnElement[bool]:
    """Of `user:ann`: a kind has no colon."""
    kind, _, key = value.partition(":")
    return and_(table.c.key == key, table.c.kind == kind)


def _own_pair() -> Field:
    def is_one(values: Sequence[str]) -> ColumnElement[bool]:
        return or_(false(), *(_is_kind_and_key(contexts, value) for value in values))

    return Field(str, {"equals": is_one, "notEquals": lambda values: ~is_one(values), ANY_OF: is_one})


def _own_list(matches: Matches) -> Field:
    """Of one context the list of its kinds, or of its kinds and keys, has one item."""

    def is_all(values: Sequence[str]) -> ColumnElement[bool]:
        return and_(true(), *(matches(contexts, value) for value in values))

    return Field(
        str,
        {
            "equals": is_all,
            ANY_OF: lambda values: or_(false(), *(matches(contexts, value) for value in values)),
            "contains": is_all,
        },
        listed=LISTED,
    )


def _parts_list(matches: Matches) -> Field:
    """The same of a combination: of all its parts."""
    table = context_instance_parts

    def has(value: str) -> ColumnElement[bool]:
        mine = and_(
            table.c.project_id == context_instances.c.project_id,
            table.c.environment_id == context_instances.c.environment_id,
        )
        return exists().where(mine, table.c.instance_id == context_instances.c.id, matches(table, value))

    def has_all(values: Sequence[str]) -> ColumnElement[bool]:
        return and_(true(), *(has(value) for value in values))

    def is_all(values: Sequence[str]) -> ColumnElement[bool]:
        is_part = and_(
            table.c.project_id == context_instances.c.project_id,
            table.c.instance_id == context_instances.c.id,
        )
        others = and_(true(), *(~matches(table, value) for value in values))
        return and_(has_all(values), ~exists().where(is_part, others))

    return Field(
        str,
        {
            "equals": is_all,
            ANY_OF: lambda values: or_(false(), *(has(value) for value in values)),
            "contains": has_all,
        },
        listed=LISTED,
    )


_CONTEXT_FIELDS: Mapping[str, Field] = {
    "applicationId": exact_field(contexts.c.application_id),
    "id": exact_field(contexts.c.id),
    "key": exact_field(contexts.c.key, "startsWith"),
    "kind": exact_field(contexts.c.kind),
    "kinds": _own_list(_is_kind),
    "kindKey": _own_pair(),
    "kindKeys": _own_list(_is_kind_and_key),
}
_INSTANCE_FIELDS: Mapping[str, Field] = {
    "applicationId": exact_field(context_instances.c.application_id),
    "id": exact_field(context_instances.c.instance_id),
    "kinds": _parts_list(_is_kind),
    "kindKeys": _parts_list(_is_kind_and_key),
}
CONTEXT_OF_APPLICATION = {"applicationId": _CONTEXT_FIELDS["applicationId"]}
INSTANCE_OF_APPLICATION = {"applicationId": _INSTANCE_FIELDS["applicationId"]}
