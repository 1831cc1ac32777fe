"""What a resource declares. The functions in `operations.py` and `editing.py` read it; nothing inherits
from it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement

from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.store import Store
from daybreak.rest.call import Body, Call, Shape
from daybreak.rest.conditions import Field
from daybreak.rest.expansion import Expanded, Expansion
from daybreak.rest.filtering import Filter
from daybreak.rest.visibility import Located

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a resource stands: its name in titles, its path in the API, and the same of its parent."""

    name: str
    path: str
    parent_name: str = ""
    parent_path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing(Generic[Model]):
    """How a resource is patched.

    `fields` is the struct of what may change, named as in the representation; `read` and `write` go between
    it and the model; `actions` maps JSON pointers to the policy action that changing them needs. A pointer
    covers everything below it.
    """

    fields: type[Body]
    read: Callable[[Model], Any]
    write: Callable[[Model, Any], Model]
    actions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Generic[Model]):
    """Everything particular to one kind of resource.

    `specifier` is how policies name all there are. `find` gets the path's values and raises NotFound;
    `within` gets those of the parent and narrows the list to it. `addresses`, `represent` and the expansions
    always take whole sets; `located` says in terms of the database what `addresses` says of models, where
    there are lists. `tags` gives a model's project id and tags, `secrets` the representation's fields that
    the audit log must not hold in full. No two share their values of the columns in `unique`, of which the
    last is the key. `tells` are the actions that `_access` tells of, besides viewing and what `editing`
    needs; without them representations have none.

    A list is filtered in one of two grammars: `filters` for that of filtering.py, `conditions` for that of
    conditions.py.
    """

    kind: str
    specifier: str
    store: Store[Model]
    find: Callable[..., Model]
    within: Callable[..., Sequence[ColumnElement[bool]]]
    addresses: Callable[[Transaction, Sequence[Model]], Sequence[Address]]
    place: Callable[[Transaction, Model], Place]
    represent: Callable[[Call, Sequence[Model], Expanded], Sequence[Shape]]
    view_action: str
    located: tuple[Located, ...] = ()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    conditions: Mapping[str, Field] = field(default_factory=dict)
    sorts: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    default_sort: str = ""
    expansions: tuple[Expansion, ...] = ()
    editing: Editing[Model] | None = None
    tags: Callable[[Model], tuple[str, Sequence[str]]] | None = None
    secrets: tuple[str, ...] = ()
    unique: tuple[Column[Any], ...] = ()
    tells: tuple[str, ...] = ()

    @property
    def told_actions(self) -> tuple[str, ...]:
        """The actions that `_access` tells of, each once."""
        edits = self.editing.actions.values() if self.editing else ()
        return tuple(dict.fromkeys((self.view_action, *edits, *self.tells))) if self.tells else ()
