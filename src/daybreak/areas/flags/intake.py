"""What other areas tell about flags: that an environment starts as a copy of another one."""

from daybreak.areas.flags.feature_flags.store import copy_environment
from daybreak.rest.call import Call


def copy_flags(call: Call, *, source_id: str, target_id: str) -> None:
    """Part of creating the environment: its audit entry tells of it, and its right is needed, no other."""
    copy_environment(call.db, source_id, target_id, call.now)
