"""Kinds of contexts: all of a project, and the one operation that makes or changes one."""

import re
from dataclasses import replace

from msgspec import UNSET

from daybreak.areas.flags.context_kinds.model import MANUAL, USER, ContextKind, user_kind
from daybreak.areas.flags.context_kinds.representation import UpsertShape, kind_path
from daybreak.areas.flags.context_kinds.requests import ContextKindBody
from daybreak.areas.flags.context_kinds.resource import CONTEXT_KIND, CREATE, UPDATE
from daybreak.areas.flags.context_kinds.store import find_context_kind, list_context_kinds
from daybreak.areas.projects.queries import ProjectFact, project
from daybreak.platform.errors import InvalidRequest, OptimisticLockingError
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.editing import Edit
from daybreak.rest.expansion import NOTHING
from daybreak.rest.links import links
from daybreak.rest.operations import change, create

_KEY = re.compile(r"[-a-zA-Z0-9._]{1,100}")
_RESERVED = ("kind", "multi")


def list_kinds(call: Call, project_key: str) -> Page:
    """All kinds, `user` among them whether or not one was seen."""
    parent = project(call.db, project_key)
    call.actor.require((CONTEXT_KIND.view_action,), parent.address)
    found = list_context_kinds(call.db, parent.id)
    if all(kind.key != USER for kind in found):
        found = [user_kind(parent.id, parent.created_at), *found]
    return Page(CONTEXT_KIND.represent(call, found, NOTHING), None)


def put_kind(call: Call, body: ContextKindBody, project_key: str, key: str) -> UpsertShape:
    """Raises OptimisticLockingError where the body names another version than the kind has."""
    parent = project(call.db, project_key)
    found = find_context_kind(call.db, parent.id, key)
    if found is not None:
        _update(call, found, body)
        return _told("updated", project_key, key)
    _require_possible(key)
    create(call, CONTEXT_KIND, _make(call, body, parent, key), CREATE)
    return _told("updated" if key == USER else "created", project_key, key)


def _make(call: Call, body: ContextKindBody, parent: ProjectFact, key: str) -> ContextKind:
    started = (
        user_kind(parent.id, parent.created_at, id=object_id())
        if key == USER
        else ContextKind(object_id(), parent.id, key, body.name, MANUAL, call.now, call.now)
    )
    made = _changed(started, body, call.now)
    return made if body.version is UNSET else replace(made, version=body.version)


def _update(call: Call, found: ContextKind, body: ContextKindBody) -> None:
    after = _changed(found, body, call.now)
    if body.version is not UNSET and body.version != found.version:
        raise OptimisticLockingError(
            f"Conflict. The context kind has version {found.version}: read it again and send that version."
        )
    # Nothing has changed but the time.
    after = found if replace(after, modified_at=found.modified_at) == found else after
    change(call, CONTEXT_KIND, found, Edit(after, (UPDATE,), ""))


def _changed(kind: ContextKind, body: ContextKindBody, now: int) -> ContextKind:
    return replace(
        kind,
        name=body.name,
        description=kind.description if body.description is UNSET else body.description,
        archived=body.wants_archived(kind.archived),
        modified_at=now,
    )


def _require_possible(key: str) -> None:
    if not _KEY.fullmatch(key) or key in _RESERVED:
        raise InvalidRequest(
            f"key: {key[:100]!r} is no kind of context: up to 100 letters, digits, '.', '_' and '-' make "
            f"one, and {' and '.join(_RESERVED)} mean something else"
        )


def _told(status: str, project_key: str, key: str) -> UpsertShape:
    return UpsertShape(status=status, links_=links(self=kind_path(project_key, key)))
