"""Which application an SDK runs in, as its `X-LaunchDarkly-Tags` header tells, and which SDK it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# What SDKs let through; anything else did not come from one.
_VALUE = re.compile(r"[-a-zA-Z0-9._]{1,64}")


@dataclass(frozen=True, slots=True)
class Application:
    """Its key and version, where its developer named them."""

    key: str
    version: str
    name: str


def source_of(headers: Mapping[bytes, bytes]) -> str:
    """What a context is told to come from: the application, and without a name of it the SDK."""
    application_id = _values(headers.get(b"x-launchdarkly-tags", b"")).get("application-id")
    if application_id is not None:
        return application_id
    sdk = headers.get(b"x-launchdarkly-user-agent") or headers.get(b"user-agent", b"")
    name = sdk.decode("latin-1").partition(" ")[0][:64]
    return name if name.isprintable() else ""


def _values(header: bytes) -> dict[str, str]:
    tags = dict(part.partition("/")[::2] for part in header.decode("latin-1").split(" "))
    return {name: value for name, value in tags.items() if _VALUE.fullmatch(value)}


def parse_tags(header: bytes) -> Application | None:
    """From `application-id/till application-version/1.2`; None without both of these."""
    if not header:
        return None
    values = _values(header)
    key, version = values.get("application-id"), values.get("application-version")
    if key is None or version is None:
        return None
    return Application(key, version, values.get("application-name", key))
