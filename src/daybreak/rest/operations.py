"""The operations every resource shares. All writes go through `create`, `change` and `remove`, or `note`:
access, locking, audit, tags and notification happen there, once.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement

from daybreak.logic.patching.difference import difference
from daybreak.platform import audit
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict
from daybreak.platform.tags import remove_tags, replace_tags
from daybreak.rest.access import tell_access
from daybreak.rest.call import Call, Page, Shape
from daybreak.rest.conditions import condition_predicates
from daybreak.rest.editing import Edit, parse_edit
from daybreak.rest.expansion import NOTHING, Expanded, load_expansions
from daybreak.rest.filtering import filter_predicates
from daybreak.rest.resource import Resource
from daybreak.rest.sorting import order_by
from daybreak.rest.visibility import where_allowed

Model = TypeVar("Model")
MASK = "…"
# The end of a secret shows which it is, if it is long enough to keep the rest to itself.
LONG_SECRET = 16


def read_one(call: Call, resource: Resource[Model], **path: str) -> Model:
    """The resource at a path, if the caller may see it. Raises NotFound or Forbidden."""
    model = resource.find(call, **path)
    [address] = resource.addresses(call.db, [model])
    call.actor.require((resource.view_action,), address)
    return model


def represent_one(call: Call, resource: Resource[Model], model: Model, expand: str | None = None) -> Shape:
    expanded = load_expansions(call, expand, resource.expansions, [model])
    return represent_all(call, resource, [model], expanded)[0]


def represent_all(
    call: Call, resource: Resource[Model], models: Sequence[Model], expanded: Expanded = NOTHING
) -> Sequence[Shape]:
    """As callers see them: with what each may do to them, where the kind of resource tells it."""
    shapes = resource.represent(call, models, expanded)
    tell_access(call, resource, models, shapes)
    return shapes


def read_page(
    call: Call,
    resource: Resource[Model],
    where: Sequence[ColumnElement[bool]],
    *,
    limit: int,
    offset: int,
    filter: str | None = None,
    sort: str | None = None,
    expand: str | None = None,
) -> Page:
    """One page of what the caller may see, filtered, sorted and expanded. As many queries for 1 row as for
    100.
    """
    filtered = (
        condition_predicates(filter, resource.conditions)
        if resource.conditions
        else filter_predicates(filter, resource.filters)
    )
    predicates = [*where, *filtered, *visible(call, resource)]
    order = order_by(sort or resource.default_sort, resource.sorts, resource.store.table.c.id)
    models, total = resource.store.list_page(call.db, predicates, order, limit, offset)
    expanded = load_expansions(call, expand, resource.expansions, models)
    return Page(represent_all(call, resource, models, expanded), total, limit, offset)


def visible(call: Call, resource: Resource[Any]) -> list[ColumnElement[bool]]:
    """What narrows a list to the resources the caller may see."""
    return where_allowed(call.actor.policy_groups, resource.view_action, resource.located)


def create(call: Call, resource: Resource[Model], model: Model, action: str, comment: str = "") -> Model:
    """Stores a new resource.

    Raises:
        Forbidden: the action is not allowed.
        Conflict: there is one with this key already.

    """
    [address] = resource.addresses(call.db, [model])
    call.actor.require((action,), address)
    _require_free_key(call, resource, model)
    resource.store.insert(call.db, model)
    _keep_tags(call, resource, model)
    _record(call, resource, None, model, Edit(model, (action,), comment), verb="created")
    return model


def _require_free_key(call: Call, resource: Resource[Model], model: Model) -> None:
    if not resource.unique:
        return
    row = resource.store.to_row(model)
    same = [column == row[column.name] for column in resource.unique]
    if resource.store.find(call.db, *same) is not None:
        key = row[resource.unique[-1].name]
        raise Conflict(f"There is a {resource.kind.replace('-', ' ')} with the key {key!r} already")


def change(call: Call, resource: Resource[Model], before: Model, edit: Edit[Model]) -> Model:
    """Replaces `before` by the edit's outcome, with the next version; an edit that changes nothing writes
    nothing.

    Raises:
        Forbidden: one of the edit's actions is not allowed.
        OptimisticLockingError: somebody else was faster.

    """
    require_edit(call, resource, before, edit)
    if edit.after == before:
        return before
    version = resource.store.to_row(before)["version"]
    after = replace(edit.after, version=version + 1)  # type: ignore[type-var]  # models are dataclasses
    resource.store.save(call.db, after, expecting=version)
    _keep_tags(call, resource, after)
    _record(call, resource, before, after, edit, verb="updated")
    return after


def require_edit(call: Call, resource: Resource[Model], before: Model, edit: Edit[Model]) -> None:
    """Raises Forbidden where one of the edit's actions is not allowed at its address."""
    [address] = resource.addresses(call.db, [before])
    call.actor.require(edit.actions, address)
    for place, actions in edit.elsewhere:
        call.actor.require(actions, place)


def patch(call: Call, resource: Resource[Model], before: Model, body: Json) -> Model:
    """Applies a JSON patch or merge patch to a resource that declares `editing`."""
    assert resource.editing is not None
    represented = represent_plainly(call, resource, before)
    return change(call, resource, before, parse_edit(resource.editing, before, represented, body))


def remove(call: Call, resource: Resource[Model], model: Model, action: str, comment: str = "") -> None:
    """Deletes a resource. Raises Forbidden."""
    [address] = resource.addresses(call.db, [model])
    call.actor.require((action,), address)
    _record(call, resource, model, None, Edit(model, (action,), comment), verb="deleted")
    id = resource.store.to_row(model)["id"]
    resource.store.delete(call.db, id)
    remove_tags(call.db, resource.kind, id)


def note(call: Call, resource: Resource[Model], model: Model, action: str) -> None:
    """Records what was done about a resource that does not show in it, such as another password of a member.

    Raises:
        Forbidden: the action is not allowed.

    """
    edit = Edit(model, (action,), "")
    require_edit(call, resource, model, edit)
    _record(call, resource, model, model, edit, verb="updated")


def _keep_tags(call: Call, resource: Resource[Model], model: Model) -> None:
    if resource.tags is not None:
        project_id, tags = resource.tags(model)
        replace_tags(call.db, resource.kind, resource.store.to_row(model)["id"], project_id, tags)


def represent_plainly(call: Call, resource: Resource[Model], model: Model) -> dict[str, Json]:
    """The representation as patches see it."""
    plain: dict[str, Json] = msgspec.to_builtins(resource.represent(call, [model], NOTHING)[0])
    return plain


def _represent_for_audit(
    call: Call, resource: Resource[Model], model: Model | None
) -> dict[str, Json] | None:
    if model is None:
        return None
    plain = represent_plainly(call, resource, model)
    return {
        name: _mask(value) if name in resource.secrets and isinstance(value, str) else value
        for name, value in plain.items()
    }


def _mask(secret: str) -> str:
    return MASK + (secret[-4:] if len(secret) >= LONG_SECRET else "")


def _record(
    call: Call,
    resource: Resource[Model],
    before: Model | None,
    after: Model | None,
    edit: Edit[Model],
    verb: str,
) -> None:
    subject = after if after is not None else before
    assert subject is not None
    place = resource.place(call.db, subject)
    [own_address] = resource.addresses(call.db, [subject])
    # What was done in one place of the resource, as in one environment of a flag, is found there.
    address = edit.elsewhere[0][0] if len(edit.elsewhere) == 1 and not edit.actions else own_address
    old, new = _represent_for_audit(call, resource, before), _represent_for_audit(call, resource, after)
    entry = audit.AuditEntry(
        kind=resource.kind,
        resource_id=resource.store.to_row(subject)["id"],
        address=str(address),
        name=place.name,
        title_verb=f"{verb} the {resource.kind}",
        actions=edit.all_actions,
        path=place.path,
        comment=edit.comment,
        parent_name=place.parent_name,
        parent_path=place.parent_path,
        before=old,
        after=new,
        delta=_represent_delta(old, new),
    )
    audit.record(call.db, call.actor, call.now, entry)


def _represent_delta(before: Json, after: Json) -> Json:
    if before is None or after is None:
        return None
    return [{"op": str(o.kind), "path": o.path, "value": o.value} for o in difference(before, after)]
