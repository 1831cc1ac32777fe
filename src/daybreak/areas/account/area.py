"""What the account area plugs in. It completes the table of routes, because it also describes the whole."""

from collections.abc import Callable, Sequence

from daybreak.areas.account.audit_log.routes import ROUTES as AUDIT_LOG_ROUTES
from daybreak.areas.account.root import routes as root
from daybreak.areas.account.root.credentials import CredentialReader
from daybreak.rest.authentication import ActorReader
from daybreak.rest.reference import Reference
from daybreak.rest.routing import Route


def routes(
    others: Sequence[Route],
    *,
    token: ActorReader,
    credential: CredentialReader,
    is_ready: Callable[[], bool],
) -> list[Route]:
    """`others` and this area's own."""
    everything = [*others, *AUDIT_LOG_ROUTES]
    # The list is handed over before it is complete: it is read when somebody asks.
    everything += root.routes(
        everything, Reference(everything), token=token, credential=credential, is_ready=is_ready
    )
    return everything
