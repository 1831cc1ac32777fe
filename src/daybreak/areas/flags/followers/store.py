"""Followers in the database."""

from sqlalchemy import ColumnElement

from daybreak.areas.flags.followers.model import Follower
from daybreak.areas.flags.followers.tables import flag_followers
from daybreak.platform.database import Transaction
from daybreak.platform.store import TableStore

follower_store = TableStore(Follower, flag_followers)


def find_follower(db: Transaction, flag_id: str, environment_id: str, member_id: str) -> Follower | None:
    """None where the member does not follow the flag there."""
    where = (*_in_environment(environment_id, flag_id), flag_followers.c.member_id == member_id)
    return follower_store.find(db, *where)


def list_followers(db: Transaction, environment_id: str, flag_id: str | None = None) -> list[Follower]:
    """The followers of a flag in an environment, or of all flags there: whoever came first is first."""
    order = (flag_followers.c.created_at, flag_followers.c.id)
    return follower_store.list_where(db, *_in_environment(environment_id, flag_id), order_by=order)


def _in_environment(environment_id: str, flag_id: str | None) -> list[ColumnElement[bool]]:
    there = [flag_followers.c.environment_id == environment_id]
    return there if flag_id is None else [*there, flag_followers.c.flag_id == flag_id]
