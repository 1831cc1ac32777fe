"""What browsers are told before they send to another origin than their page's: SDKs run on any page."""

from collections.abc import Mapping

ALLOWED_HEADERS = (
    "Cache-Control, Content-Type, Content-Length, Content-Encoding, Accept-Encoding, Authorization, "
    "X-LaunchDarkly-User-Agent, X-LaunchDarkly-Payload-ID, X-LaunchDarkly-Wrapper, "
    "X-LaunchDarkly-Event-Schema, X-LaunchDarkly-Tags, X-LaunchDarkly-Instance-Id, X-API-Key, If-None-Match"
)


def cross_origin(headers: Mapping[bytes, bytes], methods: str) -> dict[str, str]:
    """The headers of an answer to any origin; `methods` as HTTP lists them."""
    return {
        "access-control-allow-origin": headers.get(b"origin", b"*").decode("latin-1"),
        "access-control-allow-credentials": "false",
        "access-control-allow-methods": methods,
        "access-control-allow-headers": ALLOWED_HEADERS,
        "access-control-expose-headers": "Date, ETag, X-LD-FD-Fallback",
        "access-control-max-age": "300",
    }
