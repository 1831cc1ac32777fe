"""What others may ask about flags: what SDKs of an environment are to be sent, what SDKs sent, and where code
mentions flags.
"""

from collections.abc import Collection
from dataclasses import dataclass

from daybreak.areas.flags.big_segments.store import memberships
from daybreak.areas.flags.code_references.model import ReferenceChange
from daybreak.areas.flags.code_references.of_commits import visible_reference_changes
from daybreak.areas.flags.code_references.store import flag_keys_of, reference_counts
from daybreak.areas.flags.code_references.store import list_changes as reference_changes
from daybreak.areas.flags.evaluation_counts.model import NO_VARIATION, FirstUse, Span, Totals
from daybreak.areas.flags.evaluation_counts.store import count_by_hour, list_first_uses, list_requests
from daybreak.areas.flags.evaluation_counts.store import read_totals as event_totals
from daybreak.areas.flags.feature_flags.store import flags_by_id, flags_by_key, list_live_flags_in
from daybreak.areas.flags.flag_changes.model import ChangeCounts, CreationCounts, Extent, FlagChange
from daybreak.areas.flags.flag_changes.queries import (
    ChangesAsked,
    count_changes,
    count_creations,
    list_changes,
    list_moving,
    list_turned,
    tally_changes,
)
from daybreak.areas.flags.flag_health.model import HealthCounts, TemporaryFlag
from daybreak.areas.flags.flag_health.store import (
    count_health,
    evaluated_by,
    list_temporary,
    only_evaluated,
)
from daybreak.areas.flags.flag_statuses.model import Status, status_of
from daybreak.areas.flags.imports.comparing import Comparison, compare_delivered
from daybreak.areas.flags.imports.dates import list_with_targets
from daybreak.areas.flags.imports.flags import missing_prerequisites
from daybreak.areas.flags.imports.places import carried_environment_keys
from daybreak.areas.flags.payloads import Payload, payload_changes, payloads
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.database import Transaction

__all__ = [
    "ChangeCounts",
    "ChangesAsked",
    "Comparison",
    "CreationCounts",
    "Extent",
    "FirstUse",
    "FlagChange",
    "FlagFact",
    "HealthCounts",
    "Payload",
    "ReferenceChange",
    "Span",
    "TemporaryFlag",
    "Totals",
    "carried_environment_keys",
    "compare_delivered",
    "count_by_hour",
    "count_changes",
    "count_creations",
    "count_health",
    "count_statuses",
    "event_totals",
    "flag_facts",
    "flag_keys_of",
    "list_changes",
    "list_first_uses",
    "list_moving",
    "list_temporary_in",
    "list_turned",
    "list_with_targets",
    "memberships",
    "missing_prerequisites",
    "payload_changes",
    "payloads",
    "reference_changes",
    "reference_counts",
    "tally_changes",
    "visible_reference_changes",
]


@dataclass(frozen=True, slots=True)
class FlagFact:
    """A flag in an environment. `off_variations` are the ids of what is served while it is off; the caller's
    default is one of them.
    """

    id: str
    key: str
    off_variations: frozenset[str]


def flag_facts(
    db: Transaction, place: EnvironmentFact, ids: Collection[str], keys: Collection[str]
) -> list[FlagFact]:
    """The flags of the environment's project that have one of these ids or keys. At most four queries."""
    by_id = flags_by_id(db, ids) if ids else {}
    by_key = flags_by_key(db, place.project.id, keys) if keys else {}
    found = {flag.id: flag for flag in (*by_id.values(), *by_key.values())}
    facts = []
    for flag in found.values():
        off = flag.in_environment(place.id).off_variation_id
        facts.append(FlagFact(flag.id, flag.key, frozenset({NO_VARIATION, off or NO_VARIATION})))
    return facts


def count_statuses(
    db: Transaction, place: EnvironmentFact, application_keys: tuple[str, ...], now: int
) -> dict[str, int]:
    """How many flags have which status: all that are not archived, or those that applications evaluate."""
    requests = {each.flag_id: each for each in list_requests(db, [place.project.id], [place.id])}
    evaluated = {
        flag_id for _, _, flag_id in evaluated_by(db, {place.id: place.project.id}, application_keys)
    }
    counts = {status.value: 0 for status in Status}
    for flag in list_live_flags_in(db, place.project.id, place.id):
        if not application_keys or flag.id in evaluated:
            counts[status_of(flag, place.id, requests.get(flag.id), now).value] += 1
    return counts


def list_temporary_in(db: Transaction, extent: Extent, now: int) -> list[TemporaryFlag]:
    """The temporary flags of an environment as of now, or those that the extent's applications evaluate."""
    places = {extent.environment_id: extent.home.project_id}
    flags = list_temporary(db, places, now)[extent.environment_id]
    return only_evaluated(flags, extent, evaluated_by(db, places, extent.application_keys))
