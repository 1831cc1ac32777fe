"""JSON merge patch (RFC 7386): an object that looks like the document, where null removes a member."""

from daybreak.logic.patching.json_value import Json, copy_json, require_nesting


def apply_merge_patch(document: Json, patch: Json) -> Json:
    """The patched document; shares nothing with `document` or `patch`."""
    return _merge(document, patch, 0)


def _merge(document: Json, patch: Json, depth: int) -> Json:
    if not isinstance(patch, dict):
        return copy_json(patch, depth)
    require_nesting(depth)
    before = document if isinstance(document, dict) else {}
    after = {name: copy_json(value, depth + 1) for name, value in before.items() if name not in patch}
    for name, value in patch.items():
        if value is not None:
            # A new member is merged into nothing rather than copied: nulls inside it must not survive.
            after[name] = _merge(before.get(name), value, depth + 1)
    return after
