"""Which users a list shows: each once, as its application that was seen last told it."""

from collections.abc import Mapping

import msgspec
from sqlalchemy import ColumnElement, or_, select

from daybreak.areas.flags.context_kinds.model import USER
from daybreak.areas.flags.contexts.documents import spell_value
from daybreak.areas.flags.contexts.tables import context_attributes, contexts
from daybreak.areas.projects.queries import Home
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.expressions import contains_text
from daybreak.rest.filtering import parse_filter

_SEARCHED = ("name", "firstName", "lastName", "email")
_WORDS: Mapping[str, object] = {"true": True, "false": False}


def users_of(home: Home) -> list[ColumnElement[bool]]:
    newer = contexts.alias()
    latest = (
        select(newer.c.id)
        .where(
            home.holds(newer),
            newer.c.key == contexts.c.key,
            newer.c.kind == USER,
        )
        .order_by(newer.c.last_seen.desc(), newer.c.id)
        .limit(1)
        .correlate(contexts)
        .scalar_subquery()
    )
    return [home.holds(contexts), contexts.c.kind == USER, contexts.c.id == latest]


def named(home: Home, text: str) -> ColumnElement[bool]:
    """Whose key, name or email address holds the text."""
    table = context_attributes.c
    said = select(table.context_id).where(
        home.holds(context_attributes),
        table.name.in_(_SEARCHED),
        contains_text(table.value, spell_value(text)[1:-1]),
    )
    return or_(contains_text(contexts.c.key, text), contexts.c.id.in_(said))


def filtered(home: Home, text: str | None) -> list[ColumnElement[bool]]:
    """Of `firstName:Anna,activeTrial:false`. Raises InvalidRequest."""
    return [_has(home, name, value) for name, value in parse_filter(text)]


def _has(home: Home, name: str, value: str) -> ColumnElement[bool]:
    if not name:
        raise InvalidRequest("filter: the name of an attribute comes before the colon")
    if name == "key":
        return contexts.c.key == value
    table = context_attributes.c
    found = select(table.context_id).where(
        home.holds(context_attributes), table.name == name, table.value.in_(_spellings(value))
    )
    return contexts.c.id.in_(found)


def _spellings(value: str) -> set[str]:
    """A word may be meant as a text, a number or a truth."""
    try:
        meant = msgspec.json.decode(value)
    except msgspec.DecodeError:
        meant = value
    return {spell_value(value), spell_value(meant)}
