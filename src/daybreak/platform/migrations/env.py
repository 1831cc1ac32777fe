"""Alembic's entry: one history for SQLite and PostgreSQL, run on the connection that `schema.py` opened,
or, for `make migrate`, on the database that the settings name.
"""

from alembic import context

from daybreak.platform.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
