"""Which application an SDK runs in, as its `X-LaunchDarkly-Tags` header tells."""

import re
from dataclasses import dataclass

# What SDKs let through; anything else did not come from one.
_VALUE = re.compile(r"[-a-zA-Z0-9._]{1,64}")


@dataclass(frozen=True, slots=True)
class Application:
    """Its key and version, where its developer named them."""

    key: str
    version: str
    name: str


def parse_tags(header: bytes) -> Application | None:
    """From `application-id/till application-version/1.2`; None without both of these."""
    if not header:
        return None
    tags = dict(part.partition("/")[::2] for part in header.decode("latin-1").split(" "))
    values = {name: value for name, value in tags.items() if _VALUE.fullmatch(value)}
    key, version = values.get("application-id"), values.get("application-version")
    if key is None or version is None:
        return None
    return Application(key, version, values.get("application-name", key))
