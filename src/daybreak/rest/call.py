"""What an operation gets: a transaction, the caller, the time. And what it may answer besides a plain
value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.rest.versioning import LATEST_VERSION

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request, as the operations see it. `now` is in Unix milliseconds and the same throughout; `version`
    is that of the API which the caller speaks.
    """

    db: Transaction
    actor: Actor
    now: int
    version: int = LATEST_VERSION


class Shape(msgspec.Struct, rename="camel", kw_only=True, omit_defaults=False):
    """A representation: fields in snake_case here, camelCase on the wire. UNSET fields are left out."""


class Body(msgspec.Struct, rename="camel", kw_only=True):
    """A request body. Unknown fields are ignored, as the API documents."""


@dataclass(frozen=True, slots=True)
class SemanticPatch:
    """The body of a patch whose media type says that it holds instructions."""

    value: Json


class Query(msgspec.Struct, rename="camel", kw_only=True):
    """The query parameters of an operation. Unknown parameters are ignored."""


class NoQuery(Query):
    """An operation without parameters in its query."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list. `links` and `extra` are added to the body as they are.

    `limit` and `offset` make the first, prev, next and last links; a list that pages by other means
    leaves `limit` None and gives its own links.
    """

    items: Sequence[Any]
    total_count: int | None
    limit: int | None = None
    offset: int = 0
    links: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """The rest of an answer that is too large to be held: each part is read in a transaction of its own."""

    count: int
    read: Callable[[Transaction, int], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is not JSON, or not with the route's status. `parts` follow the body."""

    body: bytes
    content_type: str = "application/json"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Parts | None = None
