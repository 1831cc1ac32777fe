"""How long single flags may be kept: the SDK for PHP starts anew for every page, and has a cache for them."""

import time
from email.utils import formatdate


def caching_headers(minutes: int) -> dict[str, str]:
    """None where the environment says that nothing may be kept."""
    if not minutes:
        return {}
    seconds = minutes * 60
    return {
        "cache-control": f"max-age={seconds}",
        "expires": formatdate(time.time() + seconds, usegmt=True),
        "vary": "authorization",
    }
