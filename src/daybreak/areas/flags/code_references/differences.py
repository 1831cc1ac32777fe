"""What a scan changed: references that came, and references that went. Pure.

References are counted by file, because lines move and their surroundings change without meaning anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.flags.code_references.model import CodeReference, ReferenceChange

# Of a flag, named by its project's key and its own, in a file.
Mention = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Scans:
    """Two scans of one branch that followed each other, at different commits."""

    repository_id: str
    previous_head: str
    head: str


def count_mentions(references: Iterable[CodeReference]) -> Counter[Mention]:
    return Counter((each.project_key, each.flag_key, each.path) for each in references)


def list_differences(
    scans: Scans, before: Mapping[Mention, int], after: Mapping[Mention, int]
) -> Sequence[ReferenceChange]:
    """One for each flag of which references came or went."""
    added, removed = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for mention in before.keys() | after.keys():
        project_key, flag_key, _ = mention
        difference = after.get(mention, 0) - before.get(mention, 0)
        # A scanner may leave out which flag it found.
        if difference and flag_key:
            (added if difference > 0 else removed)[project_key, flag_key] += abs(difference)
    known = {(project_key, flag_key) for project_key, flag_key, _ in before}
    return [
        ReferenceChange(
            scans.repository_id,
            scans.head,
            *flag,
            scans.previous_head,
            added[flag],
            removed[flag],
            is_first=flag not in known,
        )
        for flag in sorted(added.keys() | removed.keys())
    ]
