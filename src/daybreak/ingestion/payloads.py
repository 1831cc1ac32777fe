"""Payloads that came before: an SDK sends one again when it did not hear that it had arrived."""

from daybreak.platform.clock import MINUTE

# SDKs try again after a second. Twice this long is remembered at most.
REMEMBERED = 5 * MINUTE
MOST_REMEMBERED = 200_000
LONGEST_ID = 64


class SeenPayloads:
    """Two generations of ids: when the younger one is old or full, the elder is forgotten."""

    def __init__(self) -> None:
        self._younger: set[tuple[str, bytes]] = set()
        self._elder: set[tuple[str, bytes]] = set()
        self._since = 0

    def is_new(self, environment_id: str, payload_id: bytes, now: int) -> bool:
        """Whether this payload comes for the first time, as it does without an id; it is remembered then."""
        if not payload_id or len(payload_id) > LONGEST_ID:
            return True
        place = environment_id, payload_id
        if place in self._younger or place in self._elder:
            return False
        if now >= self._since + REMEMBERED or len(self._younger) >= MOST_REMEMBERED:
            self._elder, self._younger, self._since = self._younger, set(), now
        self._younger.add(place)
        return True
