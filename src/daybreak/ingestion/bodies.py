"""The bodies of events: sent whole or in chunks, plain or compressed, and never larger than is bearable."""

import zlib
from collections.abc import Mapping

from daybreak.sdk.answers import Receive

# SDKs keep at most some ten thousand events back; what is larger than this unpacked is no honest payload.
LARGEST_SENT = 10 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024

# Tells zlib that the data has gzip's header.
_GZIP = 16 + zlib.MAX_WBITS


class BodyRefused(Exception):
    """Why, and with which status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def read_events_body(receive: Receive, headers: Mapping[bytes, bytes]) -> bytes:
    """Raises BodyRefused."""
    encoding = headers.get(b"content-encoding", b"").decode("latin-1").strip().lower()
    if encoding not in {"", "identity", "gzip"}:
        raise BodyRefused(400, f"The encoding {encoding!r} is unknown: send events plain or as gzip")
    sent = await _read(receive)
    return _unpack(sent) if encoding == "gzip" else sent


async def _read(receive: Receive) -> bytes:
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyRefused(400, "The body ended early")
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > LARGEST_SENT:
            raise BodyRefused(413, f"Send at most {LARGEST_SENT} bytes of events at once")
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _unpack(sent: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        # Stops at the limit, whatever a small body would swell to.
        found = unpacking.decompress(sent, LARGEST_UNPACKED)
    except zlib.error as error:
        raise BodyRefused(400, f"The body is not gzip: {error}") from None
    if unpacking.unconsumed_tail:
        raise BodyRefused(413, f"Send at most {LARGEST_UNPACKED} bytes of events at once, unpacked")
    if not unpacking.eof:
        raise BodyRefused(400, "The gzip data ends early")
    return found
