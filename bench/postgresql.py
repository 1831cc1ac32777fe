"""A database on a PostgreSQL server of the bench's own, and connections to it past Daybreak."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url

from databases import fresh_postgresql_database, postgresql_server


@contextmanager
def fresh_database() -> Iterator[str]:
    """Its address. The server ends with the block."""
    with postgresql_server() as server, fresh_postgresql_database(server) as url:
        yield url


def connected(url: str) -> psycopg.Connection:
    """Each statement is a transaction of its own. To be used as a context, which closes it."""
    address = make_url(url)
    return psycopg.connect(
        host=str(address.query["host"]), user=address.username, dbname=address.database, autocommit=True
    )


def tidy_up(url: str) -> None:
    """What PostgreSQL does by itself, where that is not turned off as it is here."""
    if url.startswith("postgresql"):
        with connected(url) as connection:
            connection.execute("VACUUM ANALYZE")
