"""What members are filtered and sorted by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, or_, select

from daybreak.areas.people.custom_roles.tables import custom_roles
from daybreak.areas.people.members.model import ADMIN, OWNER
from daybreak.areas.people.members.tables import member_roles, member_sightings, members
from daybreak.areas.people.teams.tables import team_members, teams
from daybreak.logic.policy.roles import BUILT_IN_ROLES
from daybreak.platform.errors import InvalidRequest
from daybreak.platform.expressions import contains_text
from daybreak.rest.filtering import Filter
from daybreak.rest.parsing import LATEST_INSTANT, parse_json

_mine = members.c


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def matches_text(text: str) -> ColumnElement[bool]:
    """Whether the email or the name contains a text, in whatever case."""
    full_name = _mine.first_name + literal(" ") + _mine.last_name
    return or_(contains_text(_mine.email, text), contains_text(full_name, text))


def has_any_role(text: str) -> ColumnElement[bool]:
    """Whether a member has one of the roles, separated by `|`; the owner counts as an admin."""
    names = _split(text)
    built_in = {name.lower() for name in names} & BUILT_IN_ROLES.keys()
    if ADMIN in built_in:
        built_in.add(OWNER)
    named = or_(custom_roles.c.key.in_(names), custom_roles.c.id.in_(names))
    held = select(member_roles.c.member_id).join(custom_roles, custom_roles.c.id == member_roles.c.role_id)
    return or_(has_built_in_role(built_in), _mine.id.in_(held.where(named)))


def has_built_in_role(names: Collection[str]) -> ColumnElement[bool]:
    """Whether one of these roles says what a member may do: custom roles count in place of it."""
    has_custom = exists().where(member_roles.c.member_id == _mine.id)
    return and_(_mine.role.in_(names), not_(has_custom))


def has_id(ids: Iterable[str]) -> ColumnElement[bool]:
    """Whether a member is one of these."""
    return _mine.id.in_(sorted(ids))


def is_in_team(key: str) -> ColumnElement[bool]:
    """Whether a member belongs to the team; letter case does not count."""
    inside = select(team_members.c.member_id).join(teams, teams.c.id == team_members.c.team_id)
    return _mine.id.in_(inside.where(func.lower(teams.c.key) == key.lower()))


def _is_in_no_team(text: str) -> ColumnElement[bool]:
    inside = _mine.id.in_(select(team_members.c.member_id))
    return not_(inside) if parse_truth("noteam", text) else inside


def parse_truth(name: str, text: str) -> bool:
    """Raises InvalidRequest."""
    if text.lower() not in {"true", "false"}:
        raise InvalidRequest(f"filter: {name} is true or false, not {text!r}")
    return text.lower() == "true"


def _was_seen(text: str) -> ColumnElement[bool]:
    return was_seen(parse_json(text.encode()))


def was_seen(wanted: object) -> ColumnElement[bool]:
    """Whether a member has been active as `wanted` says: `{"never": true}`, `{"noData": true}`, or
    `{"before": <Unix milliseconds>}`. Raises InvalidRequest.
    """
    never = not_(exists().where(member_sightings.c.member_id == _mine.id))
    match wanted:
        case {"never": True} | {"noData": True}:
            return never
        case {"before": int(instant)} if not isinstance(instant, bool) and 0 <= instant < LATEST_INSTANT:
            return or_(never, _seen_at() < instant)
    raise InvalidRequest('lastSeen: is {"never": true}, {"noData": true} or {"before": <Unix milliseconds>}')


def _seen_at() -> ColumnElement[int]:
    return (
        select(member_sightings.c.seen_at).where(member_sightings.c.member_id == _mine.id).scalar_subquery()
    )


FILTERS: Mapping[str, Filter] = {
    "query": matches_text,
    "role": has_any_role,
    "id": lambda text: _mine.id.in_(_split(text)),
    "email": lambda text: _mine.email.in_([email.lower() for email in _split(text)]),
    "team": is_in_team,
    "noteam": _is_in_no_team,
    "lastSeen": _was_seen,
}

_DISPLAYED = func.lower(
    case(
        (and_(_mine.first_name == "", _mine.last_name == ""), _mine.email),
        else_=_mine.first_name + literal(" ") + _mine.last_name,
    )
)

SORTS: Mapping[str, ColumnElement[Any]] = {
    "displayName": _DISPLAYED,
    # Never seen is longest ago.
    "lastSeen": func.coalesce(_seen_at(), 0),
    "creationDate": _mine.created_at,
}


def chosen_by(
    *,
    last_seen: object = None,
    query: str | None = None,
    roles: str | None = None,
    team: str | None = None,
    ignored: Sequence[str] = (),
) -> list[ColumnElement[bool]]:
    """The conditions that each leave members out of a change of all of them. Raises InvalidRequest."""
    out: list[ColumnElement[bool]] = [_mine.id.in_(ignored)] if ignored else []
    if last_seen is not None:
        out.append(was_seen(last_seen))
    if query:
        out.append(matches_text(query))
    if roles:
        out.append(has_any_role(roles))
    if team:
        out.append(is_in_team(team))
    return [not_(condition) for condition in out]
