"""The filters that lists of teams understand."""

from sqlalchemy import ColumnElement, exists, not_, or_

from daybreak.areas.people.members.conditions import parse_truth
from daybreak.areas.people.teams.tables import team_members, teams
from daybreak.platform.expressions import contains_text


def has_no_members(text: str) -> ColumnElement[bool]:
    """Whether nobody is in the team; `false` asks for the opposite. Raises ValidationFailed."""
    some = exists().where(team_members.c.team_id == teams.c.id)
    return not_(some) if parse_truth("nomembers", text) else some


def is_named(text: str) -> ColumnElement[bool]:
    """Whether the name or the key contains the text."""
    return or_(contains_text(teams.c.name, text), contains_text(teams.c.key, text))
