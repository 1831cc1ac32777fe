"""Members as flags show them: who follows, links and maintains."""

from collections.abc import Collection

from daybreak.areas.people.queries import MemberSummaryShape, member_summaries
from daybreak.platform.database import Transaction


def represent_members(db: Transaction, ids: Collection[str]) -> dict[str, MemberSummaryShape]:
    """By their ids. Of those who are gone nothing else is known. One query."""
    known = member_summaries(db, ids)
    return {id: known.get(id) or _represent_unknown(id) for id in ids}


def _represent_unknown(id: str) -> MemberSummaryShape:
    return MemberSummaryShape(links_={}, id=id, first_name="", last_name="", role="", email="")
