"""Deleting a flag: by its own operation, or by an instruction that stands alone."""

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.peace import require_unneeded
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.feature_flags.store import list_flags_held
from daybreak.areas.flags.flag_changes.noting import note_deletion
from daybreak.areas.projects.queries import environments_in, projects_by_id
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call, SemanticPatch
from daybreak.rest.operations import remove
from daybreak.rest.semantic_patch import parse_instructions

DELETE = "deleteFlag"


def is_deletion(patch: SemanticPatch) -> bool:
    """Raises InvalidRequest where the flag is to be deleted and more: nothing of it would be left to see."""
    kinds = [item.get("kind") for item in parse_instructions(patch).items]
    if DELETE in kinds and len(kinds) > 1:
        raise InvalidRequest(f"instructions: {DELETE} stands alone; send the others without it, or it alone")
    return DELETE in kinds


def remove_flag(call: Call, flag: FeatureFlag, comment: str = "", *, is_rehearsal: bool = False) -> None:
    """Raises Forbidden, or Conflict for a flag that others need, archived ones too: they may be restored. A
    rehearsal deletes nothing.
    """
    [address] = FEATURE_FLAG.addresses(call.db, [flag])
    call.actor.require((DELETE,), address)
    require_unneeded(list_flags_held(call.db, flag.project_id), flag, "deleted")
    if not is_rehearsal:
        remove(call, FEATURE_FLAG, flag, DELETE, comment)
        parent = projects_by_id(call.db, {flag.project_id})[flag.project_id]
        note_deletion(call, flag, [place.id for place in environments_in(call.db, parent)])
