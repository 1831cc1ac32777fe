"""The paths that client-side SDKs ask by the newer protocol, spoken here to server-side SDKs only."""

from daybreak.sdk.answers import Receive, Scope, Send, refuse, respond
from daybreak.sdk.cross_origin import cross_origin

METHODS = "GET, POST, REPORT, OPTIONS"
PATHS = ("/sdk/poll/eval", "/sdk/stream/eval")


class NewerClientDoor:
    """Tells SDKs to go on by the protocol before it, which they know as well."""

    def handles(self, path: str) -> bool:
        return any(path == own or path.startswith(f"{own}/") for own in PATHS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - as all doors
        shared = cross_origin(dict(scope["headers"]), METHODS)
        if scope["method"] == "OPTIONS":
            await respond(send, 200, b"", shared)
        else:
            more = shared | {"x-ld-fd-fallback": "true"}
            await refuse(send, 404, "Client-side SDKs are not told values by this protocol", more)
