"""What the flags area plugs in."""

from daybreak.areas.flags.code_references.routes import ROUTES as CODE_REFERENCE_ROUTES
from daybreak.areas.flags.feature_flags.routes import ROUTES as FLAG_ROUTES
from daybreak.rest.routing import Route


def routes() -> list[Route]:
    return [*FLAG_ROUTES, *CODE_REFERENCE_ROUTES]
