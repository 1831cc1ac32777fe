"""Contexts as the API shows them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from daybreak.areas.flags.contexts.model import Context, ContextInstance
from daybreak.areas.flags.contexts.queries import NameFact, ValueFact
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.clock import rfc_3339
from daybreak.rest.access import AccessibleShape
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class ContextShape(AccessibleShape, kw_only=True):
    """One context of one kind, as an application told it."""

    last_seen: str
    application_id: str
    context: dict[str, Any]
    associated_contexts: int
    links_: Links = msgspec.field(name="_links")


class ContextInstanceShape(AccessibleShape, kw_only=True):
    """The contexts that an application evaluated together."""

    last_seen: str
    id: str
    application_id: str
    context: dict[str, Any]
    links_: Links = msgspec.field(name="_links")


class ForgottenShape(Shape):
    """What is told of a context that is deleted: nothing of its attributes."""

    id: str
    application_id: str


class NameShape(Shape):
    """The name of an attribute. `weight` is the number of contexts that have it."""

    name: str
    weight: int
    redacted: bool


class NamesShape(Shape):
    """The names of one kind."""

    kind: str
    names: list[NameShape]


class NamesCollectionShape(Shape):
    """The names, by kind."""

    items: list[NamesShape]


class ValueShape(Shape):
    """A value of an attribute. `weight` is the number of contexts that have it."""

    name: Any
    weight: int


class ValuesShape(Shape):
    """The values of one kind."""

    kind: str
    values: list[ValueShape]


class ValuesCollectionShape(Shape):
    """The values, by kind."""

    items: list[ValuesShape]


def environment_path(place: EnvironmentFact) -> str:
    return path("/api/v2/projects/{p}/environments/{e}", p=place.project.key, e=place.key)


def context_path(place: EnvironmentFact, kind: str, key: str) -> str:
    return environment_path(place) + path("/contexts/{k}/{c}", k=kind, c=key)


def instance_path(place: EnvironmentFact, instance_id: str) -> str:
    return environment_path(place) + path("/context-instances/{i}", i=instance_id)


def contexts_search_path(place: EnvironmentFact) -> str:
    return f"{environment_path(place)}/contexts/search"


def instances_search_path(place: EnvironmentFact) -> str:
    return f"{environment_path(place)}/context-instances/search"


def represent_context(place: EnvironmentFact, context: Context, associated: int) -> ContextShape:
    return ContextShape(
        last_seen=rfc_3339(context.last_seen),
        application_id=context.application_id,
        context=context.document,
        associated_contexts=associated,
        links_=links(self=context_path(place, context.kind, context.key), parent=environment_path(place)),
    )


def represent_instance(place: EnvironmentFact, instance: ContextInstance) -> ContextInstanceShape:
    return ContextInstanceShape(
        last_seen=rfc_3339(instance.last_seen),
        id=instance.instance_id,
        application_id=instance.application_id,
        context=instance.document,
        links_=links(self=instance_path(place, instance.instance_id), parent=environment_path(place)),
    )


def represent_names(facts: Sequence[NameFact]) -> NamesCollectionShape:
    by_kind: dict[str, list[NameShape]] = {}
    for fact in facts:
        shape = NameShape(name=fact.name, weight=fact.weight, redacted=fact.redacted)
        by_kind.setdefault(fact.kind, []).append(shape)
    return NamesCollectionShape(items=[NamesShape(kind=kind, names=names) for kind, names in by_kind.items()])


def represent_values(facts: Sequence[ValueFact]) -> ValuesCollectionShape:
    by_kind: dict[str, list[ValueShape]] = {}
    for fact in facts:
        shape = ValueShape(name=msgspec.json.decode(fact.value), weight=fact.weight)
        by_kind.setdefault(fact.kind, []).append(shape)
    return ValuesCollectionShape(
        items=[ValuesShape(kind=kind, values=values) for kind, values in by_kind.items()]
    )
