"""Flag links in the database."""

from sqlalchemy import or_

from daybreak.areas.flags.flag_links.model import FlagLink
from daybreak.areas.flags.flag_links.tables import flag_links
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.store import TableStore

flag_link_store = TableStore(FlagLink, flag_links)


def find_flag_link(db: Transaction, flag_id: str, id: str) -> FlagLink:
    """By its id or its key; where one link's key is another one's id, the id counts. Raises NotFound."""
    mine = flag_links.c.flag_id == flag_id, or_(flag_links.c.id == id, flag_links.c.key == id)
    found = sorted(flag_link_store.list_where(db, *mine), key=lambda link: link.id != id)
    if not found:
        raise NotFound(f"Invalid resource identifier: the feature flag has no link {id!r}")
    return found[0]


def is_linked(db: Transaction, flag_id: str, deep_link: str) -> bool:
    mine = flag_links.c.flag_id == flag_id, flag_links.c.deep_link == deep_link
    return flag_link_store.find(db, *mine) is not None


def list_flag_links(db: Transaction, flag_id: str) -> list[FlagLink]:
    """In the order in which they were made."""
    order = (flag_links.c.created_at, flag_links.c.id)
    return flag_link_store.list_where(db, flag_links.c.flag_id == flag_id, order_by=order)
