"""Contexts as SDKs bring them."""

import json
from typing import Any

from daybreak.areas.flags.intake import SeenContext, learn_contexts
from daybreak.areas.projects.queries import environment
from daybreak.platform.database import Database

HOME = "/api/v2/projects/web/environments/production"

ANN = {
    "kind": "user",
    "key": "ann",
    "name": "Ann",
    "email": "ann@acme.io",
    "age": 44,
    "beta": True,
    "since": "2022-09-21T19:03:15+00:00",
    "plans": ["gold", "old"],
    "address": {"city": "Bonn"},
    "job/title": "chief",
}
BOB = {"kind": "user", "key": "bob", "name": "Bob", "email": "bob@other.io", "age": 7}
PHONE = {"kind": "device", "key": "phone", "name": "Phone"}


def both(*contexts: dict[str, Any]) -> dict[str, Any]:
    """Several contexts in one."""
    parts = {
        each["kind"]: {name: value for name, value in each.items() if name != "kind"} for each in contexts
    }
    return {"kind": "multi"} | parts


def seen(
    database: Database,
    now: int,
    *documents: Any,
    application: str = "till",
    place: str = "production",
    is_partial: bool = False,
) -> None:
    with database.writing() as db:
        id = environment(db, "web", place).id
        told = [SeenContext(id, application, json.dumps(each).encode(), is_partial) for each in documents]
        learn_contexts(db, told, now)
