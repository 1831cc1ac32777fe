"""Cross-origin requests: any site may call the API with a token in hand; none may ride on a cookie."""

from collections.abc import Mapping

_ALLOWED: list[tuple[bytes, bytes]] = [
    (
        b"access-control-allow-headers",
        b"Accept, Content-Type, Accept-Encoding, Authorization, LD-API-Version, X-HTTP-Method-Override",
    ),
    (b"access-control-allow-methods", b"OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE"),
    (
        b"access-control-expose-headers",
        b"ETag, X-Ratelimit-Global-Remaining, X-Ratelimit-Route-Remaining, X-Ratelimit-Reset, X-Request-Id",
    ),
    (b"access-control-max-age", b"300"),
]


def cross_origin_headers(headers: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    """Echoes the origin when there is one, else allows all of them."""
    origin = headers.get(b"origin")
    if origin is None:
        return [(b"access-control-allow-origin", b"*"), *_ALLOWED]
    return [(b"access-control-allow-origin", origin), (b"vary", b"Origin"), *_ALLOWED]
