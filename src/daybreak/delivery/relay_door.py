"""The path of Relay Proxies, which configure themselves by what they are told on it."""

from urllib.parse import parse_qs

from daybreak.delivery.relay_hub import RelayHub
from daybreak.delivery.streams import AUTO_CONFIGURATION, put_event, stream
from daybreak.sdk.answers import Receive, Scope, Send, refuse
from daybreak.sdk.credentials import secret_in

PATH = "/relay_auto_config"

# From this version of the protocol on relays know filters.
WITH_FILTERS = "2"


class RelayDoor:
    """Streams the environments that a Relay Proxy configuration covers, with their keys."""

    def __init__(self, hub: RelayHub) -> None:
        self._hub = hub

    def handles(self, path: str) -> bool:
        return path == PATH

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "GET":
            await refuse(send, 405, "Only GET is possible here", {"allow": "GET"})
            return
        if self._hub.is_closed:
            await refuse(send, 503, "The server is about to stop")
            return
        query = parse_qs(scope["query_string"].decode("latin-1"))
        with_filters = query.get("rpacProtocolVersion") == [WITH_FILTERS]
        secret = secret_in(dict(scope["headers"]))
        heard = await self._hub.listen(secret, with_filters=with_filters)
        if heard is None:
            await refuse(send, 401, "Invalid Relay Proxy key")
            return
        everything, listener = heard
        try:
            await stream(send, receive, [], AUTO_CONFIGURATION, put_event(everything), listener)
        finally:
            self._hub.leave(listener)
