"""Scans of code, matched to the commits of pull requests and deployments.

A scan tells how it differs from the one before. That is the work of a change only if both scans lie around
commits of that change alone: otherwise it is left out, and nothing is guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from daybreak.areas.flags.queries import ReferenceChange, visible_reference_changes
from daybreak.areas.insights.flag_events.representation import FlagReferenceShape, FlagReferencesShape
from daybreak.areas.insights.flag_references.model import Commits
from daybreak.areas.insights.flag_references.store import first_parents_of
from daybreak.logic.linking.scans import lies_within
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call


def load_references(
    call: Call, owners: Sequence[str], commits: Mapping[str, Commits]
) -> dict[str, FlagReferencesShape]:
    """By owner, the flags that its commits brought or took away. At most three queries."""
    heads = {sha for each in commits.values() for sha in each.shas}
    matched = match_changes(call.db, commits, visible_reference_changes(call, heads))
    return {owner: _represent(matched.get(owner, ())) for owner in owners}


def match_changes(
    db: Transaction, commits: Mapping[str, Commits], found: Sequence[ReferenceChange]
) -> dict[str, list[ReferenceChange]]:
    """Which of these changes of references each owner of commits made; without any: missing."""
    by_head: dict[str, list[ReferenceChange]] = defaultdict(list)
    for change in found:
        by_head[change.head].append(change)
    scanned = {owner: each for owner, each in commits.items() if by_head.keys() & each.shas}
    if not scanned:
        return {}
    parents = first_parents_of(
        db,
        {id for each in scanned.values() for id in each.repository_ids},
        {sha for each in scanned.values() for sha in each.shas},
    )
    return {
        owner: [
            change
            for head in sorted(by_head.keys() & each.shas)
            for change in by_head[head]
            if lies_within(head, change.previous_head, each.shas, parents)
        ]
        for owner, each in scanned.items()
    }


def _represent(changes: Sequence[ReferenceChange]) -> FlagReferencesShape:
    added, removed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for change in changes:
        added[change.project_key, change.flag_key] += change.added
        removed[change.project_key, change.flag_key] += change.removed
    items = [
        FlagReferenceShape(
            project_key=flag[0],
            flag_key=flag[1],
            references_added=added[flag],
            references_removed=removed[flag],
        )
        for flag in sorted(added)
    ]
    return FlagReferencesShape(items=items, total_count=len(items))
