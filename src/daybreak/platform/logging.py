"""Structured logs: one JSON object a line on standard error. No secret is ever passed to a logger, but in a
`path`, where it is covered up.
"""

import logging
import re
import sys

import msgspec

from daybreak.platform.clock import Clock
from daybreak.platform.request_ids import current_request_id

# What secrets look like that stand in a URL: UUIDs, and what `secrets.token_urlsafe` makes of 32 bytes.
_SECRET = re.compile(
    r"(?<![\w-])[\w-]*(?:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[\w-]{43})(?![\w-])"
)
_SHOWN = 4

_encoder = msgspec.json.Encoder()
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def covered(path: str) -> str:
    """A path as it may be told: of what may be a secret only the end."""
    return _SECRET.sub(lambda found: f"…{found[0][-_SHOWN:]}", path)


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """What a record tells besides its message: what was given as `extra`, the request it belongs to, and the
    error.
    """
    told = {key: value for key, value in record.__dict__.items() if key not in _STANDARD}
    if isinstance(path := told.get("path"), str):
        told["path"] = covered(path)
    if request_id := current_request_id():
        told.setdefault("requestId", request_id)
    if record.exc_info:
        told["error"] = _formatter.formatException(record.exc_info)
    return told


_formatter = logging.Formatter()


class JsonLines(logging.Formatter):
    """Time, level, logger, message, and the fields."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": self._clock.now(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **fields_of(record),
        }
        return _encoder.encode(line).decode()


def log_to_standard_error(clock: Clock, level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(clock))
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    # The first tells of starting and stopping, which we do in our own words; the others of all they send.
    for chatty in ("uvicorn", "urllib3", "opentelemetry"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
