"""What SDKs of an environment are sent: everything, or only what has changed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from daybreak.areas.flags.feature_flags.delivered import deliver_flag
from daybreak.areas.flags.feature_flags.model import FeatureFlag, list_needed
from daybreak.areas.flags.feature_flags.representation import numbers_of
from daybreak.areas.flags.feature_flags.store import flags_by_id, flags_by_key, list_flags
from daybreak.areas.flags.segments.delivered import deliver_segment
from daybreak.areas.flags.segments.store import list_segments, segments_by_id
from daybreak.areas.flags.shapes import Numbers
from daybreak.areas.projects.queries import delivery_settings, project_ids
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class Payload:
    """Flags and segments by key, as SDKs are sent them. Archived flags are not among them."""

    flags: Mapping[str, dict[str, Json]]
    segments: Mapping[str, dict[str, Json]] = field(default_factory=dict)
    secure_mode_key: str | None = None
    default_ttl: int = 0


@dataclass(frozen=True, slots=True)
class PayloadChange:
    """Some flags and segments by key, as SDKs are sent them now. A flag that was archived is None."""

    flags: dict[str, dict[str, Json] | None]
    segments: dict[str, dict[str, Json]]


def payloads(db: Transaction, environment_ids: Collection[str]) -> Mapping[str, Payload]:
    """Everything, by environment; one that is gone is missing. Two queries a project."""
    by_project, settings = _by_project(db, environment_ids), delivery_settings(db, environment_ids)
    found: dict[str, Payload] = {}
    segments: Mapping[str, dict[str, dict[str, Json]]] = defaultdict(dict)
    for segment in list_segments(db, environment_ids):
        segments[segment.environment_id][segment.key] = deliver_segment(segment)
    for project_id, ids in by_project.items():
        flags = list_flags(db, project_id)
        # A flag that was restored may need one that is still archived: then it is served as off.
        others = {flag.key: numbers_of(flag) for flag in flags}
        for id in ids:
            delivered = {flag.key: deliver_flag(flag, id, others) for flag in flags if not flag.is_archived}
            found[id] = Payload(delivered, segments[id], *settings[id])
    return found


def payload_changes(
    db: Transaction, environment_ids: Collection[str], flag_ids: Collection[str], segment_ids: Collection[str]
) -> Mapping[str, PayloadChange] | None:
    """What has become of some flags and segments, by environment that has one of them. None where one is
    gone: nothing tells any more under which key it was.
    """
    flags, segments = flags_by_id(db, flag_ids), segments_by_id(db, segment_ids)
    if len(flags) < len(set(flag_ids)) or len(segments) < len(set(segment_ids)):
        return None
    found: dict[str, PayloadChange] = defaultdict(lambda: PayloadChange({}, {}))
    for project_id, ids in _by_project(db, environment_ids).items():
        mine = [flag for flag in flags.values() if flag.project_id == project_id]
        others = _numbers_needed(db, project_id, mine)
        for flag in mine:
            for id in ids:
                found[id].flags[flag.key] = None if flag.is_archived else deliver_flag(flag, id, others)
    for segment in segments.values():
        if segment.environment_id in environment_ids:
            found[segment.environment_id].segments[segment.key] = deliver_segment(segment)
    return found


def _by_project(db: Transaction, environment_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    by_project: Mapping[str, list[str]] = defaultdict(list)
    for id, project_id in project_ids(db, environment_ids).items():
        by_project[project_id].append(id)
    return by_project


def _numbers_needed(db: Transaction, project_id: str, flags: Collection[FeatureFlag]) -> dict[str, Numbers]:
    """Of the flags that some flags have as prerequisites, anywhere."""
    needed = list_needed(flags)
    found = flags_by_key(db, project_id, needed) if needed else {}
    return {key: numbers_of(flag) for key, flag in found.items()}
