"""A big segment of the world, with a finished import and export, and what may be sent about it."""

from collections.abc import Mapping
from typing import Any

from daybreak.areas.flags.list_transfers.carrying_out import continue_export, continue_import
from daybreak.platform.columns import Json
from daybreak.platform.database import Database

SEGMENT = "/api/v2/segments/web/production/beta"

_LISTS = {"included": {"add": ["ann"], "remove": ["bob"]}, "excluded": {"add": ["cy"], "remove": ["di"]}}
_DATE = {"targetType": "included", "value": 1_900_000_000_000}

BODIES: Mapping[str, Json] = {
    "postSegment": {
        "key": "new",
        "name": "New",
        "description": "Testers",
        "tags": ["slow"],
        "unbounded": True,
        "unboundedContextKind": "org",
    },
    "patchSegment": [{"op": "replace", "path": "/name", "value": "Changed"}],
    "updateBigSegmentContextTargets": _LISTS,
    "updateBigSegmentTargets": _LISTS,
    "patchExpiringTargetsForSegment": {
        "instructions": [_DATE | {"kind": "addExpiringTarget", "contextKind": "user", "contextKey": "ann"}],
        "comment": "a trial",
    },
    "patchExpiringUserTargetsForSegment": {
        "instructions": [_DATE | {"kind": "addExpireUserTargetDate", "userKey": "ann"}],
        "comment": "a trial",
    },
    "getContextInstanceSegmentsMembershipByEnv": {"kind": "user", "key": "ann"},
}

# What is not JSON: the bytes and their media type.
UPLOADS: Mapping[str, tuple[bytes, str]] = {
    "createBigSegmentImport": (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="keys.csv"\r\n\r\nann\n\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    )
}


def a_big_segment(api: Any, database: Database, now: int) -> dict[str, str]:
    """The values of its parameters in paths."""
    body = {"key": "beta", "name": "Beta", "unbounded": True}
    assert api.post("/api/v2/segments/web/production", json=body).status_code == 201
    content, kind = UPLOADS["createBigSegmentImport"]
    begun = api.request("POST", f"{SEGMENT}/imports", content=content, headers={"Content-Type": kind})
    assert begun.status_code == 204
    export = api.post(f"{SEGMENT}/exports").json()
    with database.writing() as db:
        continue_import(db, now)
        continue_export(db, now)
    return {
        "segmentKey": "beta",
        "importID": begun.headers["Location"].rpartition("/")[2],
        "exportID": export["id"],
    }
