"""Contexts of the world, as an SDK brought them, and what may be sent about them."""

import json
from collections.abc import Mapping

from sqlalchemy import select

from daybreak.areas.flags.contexts.tables import context_instances
from daybreak.areas.flags.intake import SeenContext, learn_contexts
from daybreak.areas.projects.queries import environment
from daybreak.platform.columns import Json
from daybreak.platform.database import Database

BODIES: Mapping[str, Json] = {
    "putContextKind": {
        "name": "Device",
        "description": "What people hold",
        "hideInTargeting": False,
        "archived": False,
        "version": 1,
    },
    "searchContexts": {"filter": "kind equals device", "sort": "-ts", "limit": 20},
    "searchContextInstances": {"filter": 'kinds anyOf ["device"]', "sort": "-ts", "limit": 20},
}

# What the parameters of paths are called that lead to them.
NAMES = {"kind": "device", "key": "device", "attributeName": "name"}

_BOTH = {"kind": "multi", "device": {"key": "device", "name": "Phone"}, "user": {"key": "cy", "name": "Cy"}}


def seen_contexts(database: Database, now: int) -> str:
    """The id of the instance that two contexts make."""
    with database.writing() as db:
        place = environment(db, "web", "production")
        learn_contexts(db, [SeenContext(place.id, "till", json.dumps(_BOTH).encode())], now)
        return str(db.value(select(context_instances.c.instance_id)))
