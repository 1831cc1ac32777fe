"""How long single flags may be kept: the SDK for PHP starts anew for every page, and has a cache for them."""

from email.utils import formatdate

from daybreak.platform.clock import SECOND


def caching_headers(minutes: int, now: int) -> dict[str, str]:
    """None where the environment says that nothing may be kept."""
    if not minutes:
        return {}
    seconds = minutes * 60
    return {
        "cache-control": f"max-age={seconds}",
        "expires": formatdate(now // SECOND + seconds, usegmt=True),
        "vary": "authorization",
    }
