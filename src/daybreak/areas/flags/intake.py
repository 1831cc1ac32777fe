"""What others tell about flags: flags that are made for somebody, that an environment starts as a copy
of another one, what SDKs sent.
"""

from collections.abc import Collection, Mapping

from daybreak.areas.flags.contexts.learning import keep_seen
from daybreak.areas.flags.contexts.model import SeenContext
from daybreak.areas.flags.evaluation_counts.model import FlagUse, Totals, Uses
from daybreak.areas.flags.evaluation_counts.store import add_totals, add_uses
from daybreak.areas.flags.feature_flags.operations import create_flag, patch_flag
from daybreak.areas.flags.feature_flags.requests import NewFlag, NewFlagQuery
from daybreak.areas.flags.feature_flags.requests import PatchQuery as FlagPatchQuery
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.feature_flags.store import bare_flags_in, copy_environment
from daybreak.areas.flags.imports.dates import DatesOf, carry_dates
from daybreak.areas.flags.imports.flags import carry_flags
from daybreak.areas.flags.imports.kinds import carry_context_kinds
from daybreak.areas.flags.imports.segments import carry_segments
from daybreak.areas.flags.segments.operations import create_segment, patch_segment
from daybreak.areas.flags.segments.requests import NewSegment
from daybreak.areas.flags.segments.requests import PatchQuery as SegmentPatchQuery
from daybreak.areas.projects.queries import environments_by_id
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.parsing import convert

__all__ = [
    "DatesOf",
    "FlagUse",
    "SeenContext",
    "Totals",
    "add_flag",
    "add_segment",
    "add_totals",
    "carry_context_kinds",
    "carry_dates",
    "carry_flags",
    "carry_segments",
    "change_flag_in",
    "copy_flags",
    "count_evaluations",
    "learn_contexts",
]


def add_flag(call: Call, project_key: str, body: Json) -> None:
    """As the API makes one. Raises what `create_flag` does."""
    create_flag(call, convert(body, NewFlag), NewFlagQuery(), project_key)


def change_flag_in(
    call: Call, project_key: str, key: str, environment_key: str, change: Mapping[str, Json]
) -> None:
    """Replaces these parts of the flag's configuration in an environment. Raises what `patch_flag` does."""
    patch = [
        {"op": "replace", "path": f"/environments/{environment_key}/{name}", "value": value}
        for name, value in change.items()
    ]
    patch_flag(call, patch, FlagPatchQuery(), project_key, key)


def add_segment(call: Call, project_key: str, environment_key: str, body: Json, members: Json) -> None:
    """A segment with its members, which are merged into it. Raises what `create_segment` does."""
    segment = create_segment(call, convert(body, NewSegment), project_key, environment_key)
    patch_segment(call, {"merge": members}, SegmentPatchQuery(), project_key, environment_key, segment.key)


def copy_flags(call: Call, *, source_id: str, target_id: str) -> None:
    """Part of creating the environment: its audit entry tells of it, and no right is needed but to create it,
    and to see what is copied. Raises Forbidden.
    """
    for address in FEATURE_FLAG.addresses(call.db, bare_flags_in(call.db, source_id)):
        call.actor.require((FEATURE_FLAG.view_action,), address)
    copy_environment(call.db, source_id, target_id, call.now)


def count_evaluations(db: Transaction, uses: Uses, now: int) -> None:
    """Adds what SDKs told. What belongs to environments and flags that do not exist is passed over."""
    places = environments_by_id(db, {environment_id for environment_id, _ in uses})
    add_uses(db, uses, {id: place.project.id for id, place in places.items()}, now)


def learn_contexts(db: Transaction, seen: Collection[SeenContext], now: int) -> None:
    """Keeps the contexts that SDKs told of. Those of environments that do not exist are passed over."""
    places = environments_by_id(db, {each.environment_id for each in seen})
    keep_seen(db, seen, {id: place.project.id for id, place in places.items()}, now)
