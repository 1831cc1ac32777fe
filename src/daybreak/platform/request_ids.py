"""What each request is known by: in its answer, in the lines of the log about it, and in its trace."""

import re
from contextvars import ContextVar
from itertools import count

from daybreak.platform.identifiers import unique_id

# What somebody in front may call a request. Anything else could be mistaken for something in a log, and what
# begins like a key may be one.
_OFFERED = re.compile(r"(?!(?:api|sdk|mob|rel)-)[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

# Of 12 hexadecimal digits.
_LARGEST = 0xFFFF_FFFF_FFFF

_current: ContextVar[str] = ContextVar("request_id", default="")


class RequestIds:
    """Ids in the shape of a UUID: the beginning is that of this process, the rest counts. It runs with every
    request, and a random one would cost ten times as much.
    """

    def __init__(self) -> None:
        random = unique_id()
        self._beginning = random[:24]
        self._numbers = count(int(random[24:], 16))

    def begin(self, offered: bytes | None) -> str:
        """The id of a request that begins now: the one that was offered with it if that is one."""
        if offered is not None and _OFFERED.fullmatch(told := offered.decode("latin-1")):
            id = told
        else:
            id = f"{self._beginning}{next(self._numbers) & _LARGEST:012x}"
        _current.set(id)
        return id


def current_request_id() -> str:
    """That of the request which this is done for; empty where it is for none."""
    return _current.get()


def require_request_id() -> str:
    """As `current_request_id`; a new one where nobody has begun the request."""
    return _current.get() or unique_id()
