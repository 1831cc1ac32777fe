"""Alembic's entry: one history for SQLite and PostgreSQL, run on the connection that its caller opened."""

from alembic import context

from daybreak.platform.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
