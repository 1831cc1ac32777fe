"""Kinds of contexts as the API shows them."""

import msgspec

from daybreak.areas.flags.context_kinds.model import ContextKind
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class ContextKindShape(Shape):
    """A kind. `hideInTargeting` always says the same as `archived`."""

    key: str
    name: str
    description: str
    version: int
    creation_date: int
    last_modified: int
    created_from: str
    hide_in_targeting: bool
    archived: bool
    links_: Links = msgspec.field(name="_links")
    last_seen: int | msgspec.UnsetType = msgspec.UNSET


class UpsertShape(Shape):
    """Whether a kind was created or updated."""

    status: str
    links_: Links = msgspec.field(name="_links")


def kinds_path(project_key: str) -> str:
    return path("/api/v2/projects/{p}/context-kinds", p=project_key)


def kind_path(project_key: str, key: str) -> str:
    return path("/api/v2/projects/{p}/context-kinds/{k}", p=project_key, k=key)


def represent_context_kind(kind: ContextKind, project_key: str) -> ContextKindShape:
    return ContextKindShape(
        key=kind.key,
        name=kind.name,
        description=kind.description,
        version=kind.version,
        creation_date=kind.created_at,
        last_modified=kind.modified_at,
        created_from=kind.created_from,
        hide_in_targeting=kind.archived,
        archived=kind.archived,
        last_seen=msgspec.UNSET if kind.last_seen is None else kind.last_seen,
        links_=links(self=kind_path(project_key, kind.key), parent=kinds_path(project_key)),
    )
