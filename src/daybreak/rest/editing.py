"""Patches: JSON patch and merge patch, bare or with a comment, applied to a resource's representation.

A patch speaks of the representation, not of our model: represent, patch, parse what may change, write back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from daybreak.logic.patching.errors import PatchFailed, PatchInvalid, PatchTestFailed
from daybreak.logic.patching.json_patch import apply_patch, parse_patch, touched
from daybreak.logic.patching.merge_patch import apply_merge_patch
from daybreak.logic.policy.address import Address
from daybreak.platform.columns import Json
from daybreak.platform.errors import Conflict, InvalidRequest, PatchRefused
from daybreak.rest.parsing import convert
from daybreak.rest.resource import Editing

Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Edit(Generic[Model]):
    """A change that was asked for: the model as it would be, the actions it comprises, the caller's
    comment.

    `elsewhere` are actions that have to be allowed at other addresses than the resource's own.
    """

    after: Model
    actions: tuple[str, ...]
    comment: str
    elsewhere: tuple[tuple[Address, tuple[str, ...]], ...] = ()

    @property
    def all_actions(self) -> tuple[str, ...]:
        placed = [action for _, actions in self.elsewhere for action in actions]
        return tuple(dict.fromkeys([*self.actions, *placed]))


def parse_edit(
    editing: Editing[Model], before: Model, represented: Mapping[str, Json], patch: Json
) -> Edit[Model]:
    """The edit that `patch` asks of `before`, whose representation is `represented`.

    Raises:
        InvalidRequest: not a patch, or a path that cannot be changed.
        PatchRefused: a patch that cannot be applied.
        Conflict: a `test` in the patch did not hold.
        ValidationFailed: the outcome is not a valid resource.

    """
    comment, operations, merge = _unwrap(patch)
    document = {**represented, **msgspec.to_builtins(editing.read(before))}
    if merge is not None:
        pointers = tuple(f"/{name}" for name in merge)
        patched: Json = apply_merge_patch(document, merge)
    else:
        pointers, patched = _apply(document, operations)
    actions = tuple(dict.fromkeys(_action(editing.actions, pointer) for pointer in pointers))
    fields = convert(patched, editing.fields)
    return Edit(editing.write(before, fields), actions, comment)


def _unwrap(patch: Json) -> tuple[str, Json, dict[str, Json] | None]:
    """(comment, JSON patch operations, merge patch): one of the last two is None."""
    if isinstance(patch, list):
        return "", patch, None
    if not isinstance(patch, dict):
        raise InvalidRequest("A patch is a list of operations, or an object with the fields to change")
    # Generated clients send null for what was not given.
    comment = patch.get("comment")
    if comment is None:
        comment = ""
    if not isinstance(comment, str):
        raise InvalidRequest("comment: is a text")
    if "patch" in patch:
        return comment, patch["patch"], None
    if "merge" in patch:
        if not isinstance(patch["merge"], dict):
            raise InvalidRequest("merge: is an object with the fields to change")
        return comment, None, patch["merge"]
    if "instructions" in patch:
        raise InvalidRequest(
            "Instructions need Content-Type: application/json; domain-model=launchdarkly.semanticpatch, "
            "and a resource that knows any"
        )
    return "", None, patch


def _apply(document: dict[str, Json], operations: Json) -> tuple[tuple[str, ...], Json]:
    try:
        parsed = parse_patch(operations)
        patched = apply_patch(document, parsed)
    except PatchInvalid as error:
        raise InvalidRequest(str(error)) from None
    except PatchTestFailed as error:
        raise Conflict(str(error)) from None
    except PatchFailed as error:
        raise PatchRefused(f"Unprocessable entity. Could not apply patch: {error}") from None
    return touched(parsed), patched


def _action(actions: Mapping[str, str], pointer: str) -> str:
    for editable, action in actions.items():
        if pointer == editable or pointer.startswith(f"{editable}/"):
            return action
    raise InvalidRequest(f"{pointer or '/'} cannot be changed; what can: {', '.join(actions)}")
