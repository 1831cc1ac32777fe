"""The paths that SDKs send events to, and whose they are."""

import re
from dataclasses import dataclass
from enum import Enum

BULK = {"/bulk": "sdk", "/mobile": "mobile", "/mobile/events": "mobile", "/mobile/events/bulk": "mobile"}
DIAGNOSTIC = {"/diagnostic": "sdk", "/mobile/events/diagnostic": "mobile"}

_BROWSER = re.compile(r"/events/(bulk|diagnostic)/([-a-zA-Z0-9._]{1,64})")
_PIXEL = re.compile(r"/a/([-a-zA-Z0-9._]{1,64})\.gif")


class Content(Enum):
    """What is sent: events, what an SDK tells of itself, or events in the address of a picture."""

    EVENTS = "events"
    DIAGNOSTIC = "diagnostic"
    PIXEL = "pixel"


@dataclass(frozen=True, slots=True)
class Told:
    """What is sent there. Whose it is says a key of that kind, or the environment's id in the path."""

    content: Content
    key_kind: str = ""
    environment_id: str = ""

    @property
    def application_kind(self) -> str:
        """What kind of application sends there."""
        return {"sdk": "server", "mobile": "mobile"}.get(self.key_kind, "browser")


def parse_path(path: str) -> Told | None:
    """None for a path that takes no events."""
    if path in BULK:
        return Told(Content.EVENTS, key_kind=BULK[path])
    if path in DIAGNOSTIC:
        return Told(Content.DIAGNOSTIC, key_kind=DIAGNOSTIC[path])
    if found := _BROWSER.fullmatch(path):
        content = Content.EVENTS if found[1] == "bulk" else Content.DIAGNOSTIC
        return Told(content, environment_id=found[2])
    if found := _PIXEL.fullmatch(path):
        return Told(Content.PIXEL, environment_id=found[1])
    return None
