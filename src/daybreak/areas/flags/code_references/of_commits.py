"""What scans at commits changed about the mentions of flags, as far as a caller may see it."""

from collections.abc import Collection

from daybreak.areas.flags.code_references.model import ReferenceChange
from daybreak.areas.flags.code_references.resource import CODE_REPOSITORY
from daybreak.areas.flags.code_references.store import list_changes
from daybreak.rest.call import Call
from daybreak.rest.operations import visible


def visible_reference_changes(call: Call, heads: Collection[str]) -> list[ReferenceChange]:
    """Those of repositories that the caller may see."""
    return list_changes(call.db, heads, visible(call, CODE_REPOSITORY)) if heads else []
