"""Custom roles in the database, and how many hold each."""

from collections.abc import Collection, Sequence

from sqlalchemy import Column, func, or_, select

from daybreak.areas.people.access_tokens.tables import token_roles
from daybreak.areas.people.custom_roles.model import CustomRole
from daybreak.areas.people.custom_roles.tables import custom_roles
from daybreak.areas.people.members.tables import member_roles
from daybreak.areas.people.teams.tables import team_roles
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, NotFound, ValidationFailed
from daybreak.platform.store import TableStore

custom_role_store = TableStore(CustomRole, custom_roles)


def find_custom_role(db: Transaction, key_or_id: str) -> CustomRole:
    """Raises NotFound. Where the key of one is the id of another, the key counts."""
    found = roles_named(db, [key_or_id])
    if not found:
        raise NotFound(f"Invalid resource identifier: there is no custom role {key_or_id!r}")
    return found[key_or_id]


def custom_role_ids(db: Transaction, field: str, keys_or_ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of roles named by their keys or ids, each once.

    Raises:
        ValidationFailed: there is no such role, naming the field.

    """
    found = roles_named(db, keys_or_ids)
    missing = [name for name in keys_or_ids if name not in found]
    if missing:
        raise ValidationFailed(FieldFault(field, f"there is no custom role {missing[0]!r}"))
    return tuple(dict.fromkeys(found[name].id for name in keys_or_ids))


def roles_named(db: Transaction, keys_or_ids: Collection[str]) -> dict[str, CustomRole]:
    """Those that exist, by id and by key. One query, or none for no names."""
    if not keys_or_ids:
        return {}
    mine = custom_roles.c
    found = custom_role_store.list_where(db, or_(mine.key.in_(keys_or_ids), mine.id.in_(keys_or_ids)))
    return {role.id: role for role in found} | {role.key: role for role in found}


def custom_roles_by_id(db: Transaction, ids: Collection[str]) -> dict[str, CustomRole]:
    """One query; none where none are asked for."""
    found = custom_role_store.list_where(db, custom_roles.c.id.in_(ids)) if ids else []
    return {role.id: role for role in found}


def count_members(db: Transaction, ids: Collection[str]) -> dict[str, int]:
    """How many members each role is assigned to; roles that nobody has are missing."""
    return _count(db, member_roles.c.role_id, ids)


def count_teams(db: Transaction, ids: Collection[str]) -> dict[str, int]:
    """How many teams each role is assigned to; roles that none has are missing."""
    return _count(db, team_roles.c.role_id, ids)


def count_tokens(db: Transaction, ids: Collection[str]) -> dict[str, int]:
    """How many access tokens have each role; roles that none has are missing."""
    return _count(db, token_roles.c.role_id, ids)


def _count(db: Transaction, column: Column[str], ids: Collection[str]) -> dict[str, int]:
    counted = (
        select(column.label("id"), func.count().label("holders")).where(column.in_(ids)).group_by(column)
    )
    return {row.id: row.holders for row in db.rows(counted)}
