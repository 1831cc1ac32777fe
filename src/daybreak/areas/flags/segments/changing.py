"""The one way in which a segment is changed, whoever asks: a patch, a list of members, or a date that has
come.
"""

from dataclasses import replace

from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.peace import require_no_cycle
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.flags.segments.soundness import require_sound
from daybreak.rest.call import Call
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, require_edit


def change_segment(
    call: Call,
    before: Segment,
    edit: Edit[Segment],
    *,
    modified_at: int | None = None,
    is_rehearsal: bool = False,
) -> Segment:
    """The segment after the edit; a rehearsal checks everything and writes nothing. `modified_at` tells when
    it was changed, where that was not now.

    Raises:
        Forbidden: one of the edit's actions is not allowed.
        ValidationFailed: the segment would not be sound.
        Conflict: it would need itself.
        OptimisticLockingError: somebody else was faster.

    """
    at = call.now if modified_at is None else modified_at
    after = edit.after if edit.after == before else replace(edit.after, modified_at=at)
    require_sound(after)
    require_no_cycle(call.db, after)
    placed = replace(edit, after=after)
    if is_rehearsal:
        require_edit(call, SEGMENT, before, placed)
        return after
    return change(call, SEGMENT, before, placed)
