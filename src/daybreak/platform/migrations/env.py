"""Alembic's entry: one history for SQLite and PostgreSQL, run on the connection that its caller opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from daybreak.platform.columns import JsonDocument
from daybreak.platform.database import metadata
from daybreak.platform.partitions import is_partition


def render_plainly(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations outlive the program's own types: a JSON document is text to them."""
    return "sa.Text()" if kind == "type" and isinstance(item, JsonDocument) else False


def is_declared(_item: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:  # noqa: FBT001 - Alembic's signature
    """Parts of tables come and go with time: migrations know nothing of them."""
    return not (kind == "table" and reflected and is_partition(name or ""))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_plainly,
    include_object=is_declared,
)
with context.begin_transaction():
    context.run_migrations()
