"""Alembic's entry: one history for SQLite and PostgreSQL, run on the connection that its caller opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from daybreak.platform.columns import JsonDocument
from daybreak.platform.database import metadata


def render_plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations outlive the program's own types: a JSON document is text to them."""
    return "sa.Text()" if kind == "type" and isinstance(item, JsonDocument) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_plainly,
)
with context.begin_transaction():
    context.run_migrations()
