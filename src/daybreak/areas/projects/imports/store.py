"""What is here already of what comes from another account."""

from collections.abc import Collection

from sqlalchemy import or_, select

from daybreak.areas.projects.environments.store import environment_store
from daybreak.areas.projects.environments.tables import environments, expiring_sdk_keys
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.database import Transaction


def is_project_id_taken(db: Transaction, id: str) -> bool:
    return db.value(select(projects.c.id).where(projects.c.id == id)) is not None


def list_taken(db: Transaction, id: str, secrets: Collection[str], *, but: str) -> list[str]:
    """What another environment than `but` has already: its client-side id, or one of its keys."""
    mine = environments.c
    others = environment_store.list_where(
        db, or_(mine.id == id, mine.sdk_key.in_(secrets), mine.mobile_key.in_(secrets)), mine.id != but
    )
    taken = [f"the client-side id {id}" for other in others if other.id == id]
    taken += ["a key" for other in others if {other.sdk_key, other.mobile_key} & set(secrets)]
    old = select(expiring_sdk_keys.c.sdk_key).where(
        expiring_sdk_keys.c.sdk_key.in_(secrets), expiring_sdk_keys.c.environment_id != but
    )
    return taken + ["a key"] * len(db.rows(old))
