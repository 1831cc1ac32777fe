"""What segments and flags of an environment owe each other: nobody takes away what another one needs."""

from daybreak.areas.flags.faults import require_acyclic
from daybreak.areas.flags.feature_flags.store import list_live_flags_in
from daybreak.areas.flags.segments.model import Segment, segments_named
from daybreak.areas.flags.segments.store import list_segments
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.database import Transaction
from daybreak.platform.errors import Conflict


def flags_using(db: Transaction, place: EnvironmentFact, key: str) -> list[tuple[str, str]]:
    """Keys and names of the flags whose rules ask for the segment in its environment."""
    return [
        (flag.key, flag.name)
        for flag in list_live_flags_in(db, place.project.id, place.id)
        if any(key in segments_named(rule.clauses) for rule in flag.in_environment(place.id).rules)
    ]


def require_unused(db: Transaction, place: EnvironmentFact, segment: Segment) -> None:
    """Raises Conflict where a flag or another segment asks for it."""
    flags = [f"the flag {key!r}" for key, _ in flags_using(db, place, segment.key)]
    others = [
        f"the segment {other.key!r}"
        for other in list_segments(db, [place.id])
        if other.id != segment.id and segment.key in other.needed_segments
    ]
    if flags or others:
        users = ", ".join([*flags, *others][:10])
        raise Conflict(f"The segment is in use by {users}: take it out of their rules first")


def require_no_cycle(db: Transaction, segment: Segment) -> None:
    """Raises Conflict where a segment would need itself. Asks for the others only if it needs any."""
    if not segment.needed_segments:
        return
    db.hold(f"the segments of {segment.environment_id} that need each other")
    others = list_segments(db, [segment.environment_id])
    needs = {other.key: other.needed_segments for other in others if other.id != segment.id}
    require_acyclic(segment.key, segment.needed_segments, needs, "segment")
