"""What becomes of a payload: read, passed over if it came before, kept in the journal, added up."""

import logging

import msgspec

from daybreak.ingestion.applications import parse_tags
from daybreak.ingestion.buffer import Buffer
from daybreak.ingestion.events import EventsInvalid, parse_events
from daybreak.ingestion.payloads import Payload, SeenPayloads, decode_payload, encode_payload
from daybreak.ingestion.versions import RunningVersions

logger = logging.getLogger(__name__)


class Receiver:
    """Takes payloads of SDKs, and those that a process which died had taken."""

    def __init__(self, buffer: Buffer, versions: RunningVersions, seen: SeenPayloads) -> None:
        self._buffer = buffer
        self._versions = versions
        self._seen = seen

    def take(self, payload: Payload) -> None:
        """What was taken outlives this process.

        Raises:
            EventsInvalid, OSError: it was not taken, and may come again.

        """
        if not self._seen.is_known(payload.environment_id, payload.id):
            self._add(payload, encode_payload(payload))
            self._seen.remember(payload.environment_id, payload.id)

    def restore(self, record: bytes) -> None:
        """Takes what a journal holds. What another version has left there, and nobody can read, is passed
        over: it must not keep the rest from being written.
        """
        try:
            payload = decode_payload(record)
            self._add(payload)
        except (msgspec.DecodeError, EventsInvalid):
            logger.exception("a payload in a journal cannot be read")
        else:
            self._seen.remember(payload.environment_id, payload.id)

    def _add(self, payload: Payload, record: bytes = b"") -> None:
        events, unreadable = parse_events(payload.body)
        application = parse_tags(payload.tags)
        self._buffer.add(
            payload.environment_id,
            events,
            payload.at,
            application=application,
            source=payload.source,
            unreadable=unreadable,
            is_summarized=payload.is_summarized,
            record=record,
        )
        if application is not None and events:
            self._versions.see(payload.environment_id, application, payload.application_kind, payload.at)
