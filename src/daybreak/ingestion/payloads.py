"""Payloads of events as they are kept, and which came before: an SDK sends one again when it did not hear
that it had arrived.
"""

import msgspec

from daybreak.platform.board import Board


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
    """Which ids of payloads came before, to any process of this machine, as far as the board remembers: the
    last million or so. It remembers hashes of 61 bits, with a secret of this start. A payload would not be
    counted that is taken for another one: its chance is one in 10¹⁷.
    """

    def __init__(self, board: Board) -> None:
        self._board = board

    def is_known(self, environment_id: str, id: bytes) -> bool:
        """Whether this payload came before. One without an id never did."""
        return bool(id) and self._board.is_marked((environment_id, id))

    def remember(self, environment_id: str, id: bytes) -> None:
        """It has been taken."""
        if id:
            self._board.mark((environment_id, id))
