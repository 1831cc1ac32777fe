"""Payloads of events as they are kept, and which came before: an SDK sends one again when it did not hear
that it had arrived.
"""

import msgspec

from daybreak.platform.board import Board
from daybreak.platform.clock import MINUTE

# SDKs try again after a second. Twice this long is remembered at most.
REMEMBERED = 5 * MINUTE
MOST_REMEMBERED = 200_000
LONGEST_ID = 64


class Payload(msgspec.Struct, frozen=True, array_like=True):
    """What was sent at once, with what its headers told. `at` is when it came (Unix ms), `tags` the header
    that names an application, `source` where its contexts are told to come from.
    """

    environment_id: str
    application_kind: str
    at: int
    id: bytes
    tags: bytes
    source: str
    is_summarized: bool
    body: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Payload)


def encode_payload(payload: Payload) -> bytes:
    return _encoder.encode(payload)


def decode_payload(record: bytes) -> Payload:
    return _decoder.decode(record)


class SeenPayloads:
    """Two generations of marks: when the younger one is old or full, the elder is forgotten. What other
    processes of this machine have seen, the board tells.

    A mark is a keyed hash of 61 bits: the ids themselves take more than twice the memory. That any two of
    200,000 are taken for one has a chance of one in a hundred millions; that payload would not be counted.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._younger: set[int] = set()
        self._elder: set[int] = set()
        self._since = 0

    def is_known(self, environment_id: str, id: bytes) -> bool:
        """Whether this payload came before. One without an id never did."""
        mark = hash((environment_id, id))
        return mark in self._younger or mark in self._elder or self._board.is_marked(mark)

    def remember(self, environment_id: str, id: bytes, now: int) -> None:
        """It has been taken."""
        if not id or len(id) > LONGEST_ID:
            return
        if now >= self._since + REMEMBERED or len(self._younger) >= MOST_REMEMBERED:
            self._elder, self._younger, self._since = self._younger, set(), now
        mark = hash((environment_id, id))
        self._younger.add(mark)
        self._board.mark(mark)
