"""What a PostgreSQL server says of itself. Nobody asks where the database is a file."""

from typing import NamedTuple

from sqlalchemy import text

from daybreak.platform.database import Transaction

_SETTINGS = text(
    "SELECT name, CAST(setting AS integer) AS value FROM pg_settings"
    " WHERE name IN ('server_version_num', 'max_connections', 'superuser_reserved_connections')"
)
_CLIENTS = text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")


class ServerState(NamedTuple):
    """Its major version; how many connections it lets in, keeps for itself, and has."""

    version: int
    most_connections: int
    reserved_connections: int
    connections: int


def read_server_state(db: Transaction) -> ServerState:
    settings: dict[str, int] = {row.name: row.value for row in db.rows(_SETTINGS)}
    most, reserved = settings["max_connections"], settings["superuser_reserved_connections"]
    return ServerState(settings["server_version_num"] // 10_000, most, reserved, int(db.value(_CLIENTS)))
