"""What clients in use send in patches of flags by mistake, and are not refused for."""

from collections.abc import Collection

import msgspec

from daybreak.areas.flags.feature_flags.representation import FlagEnvironmentShape
from daybreak.logic.patching.errors import PatchInvalid
from daybreak.logic.patching.pointer import Pointer, parse_pointer
from daybreak.platform.columns import Json

_KNOWN = frozenset(field.encode_name for field in msgspec.structs.fields(FlagEnvironmentShape))


def tolerate(patch: Json, environment_keys: Collection[str]) -> Json:
    """The patch as it was meant; what is no JSON patch is left to be refused by whoever reads it."""
    if isinstance(patch, dict) and isinstance(patch.get("patch"), list):
        return {**patch, "patch": tolerate(patch["patch"], environment_keys)}
    if not isinstance(patch, list):
        return patch
    return [_with_version(item) for item in patch if not _is_to_ignore(item, environment_keys)]


def _with_version(operation: Json) -> Json:
    """The version is tested by its public name, as everything else is."""
    if _names(operation, "test") == ("version",):
        return {**operation, "path": "/_version"}
    return operation


def _is_to_ignore(operation: Json, environment_keys: Collection[str]) -> bool:
    """Whether it replaces what no configuration of a flag has: terraform sends `fallthough`."""
    match _names(operation, "replace"):
        case ("environments", key, name):
            return key in environment_keys and name not in _KNOWN
    return False


def _names(operation: Json, kind: str) -> Pointer:
    """Where an operation of that kind applies."""
    if not isinstance(operation, dict) or operation.get("op") != kind:
        return ()
    path = operation.get("path")
    try:
        return parse_pointer(path) if isinstance(path, str) else ()
    except PatchInvalid:
        return ()
