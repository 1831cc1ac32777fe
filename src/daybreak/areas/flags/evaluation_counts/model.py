"""What SDKs told of the evaluations of flags, summed up, as it is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from daybreak.areas.projects.queries import Home
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.columns import Json

# Counts are kept by the minute at first, and folded into wider spans as they age.
FINEST = MINUTE
FOLDED = ((MINUTE, HOUR, 2 * DAY), (HOUR, DAY, 90 * DAY))

# What stands for a variation where an SDK served its caller's default, or one that the flag no longer has.
NO_VARIATION = ""


@dataclass(slots=True)
class FlagUse:
    """Evaluations of one flag in one environment.

    `counts` holds how many there were by the start of their minute (Unix ms) and the number of the variation,
    which is None where the caller's default was served. `default` is the one given last, if `has_default`;
    `runs_in` are the keys and versions of the applications that evaluated it.
    """

    counts: dict[tuple[int, int | None], int] = field(default_factory=dict)
    context_kinds: set[str] = field(default_factory=set)
    runs_in: set[tuple[str, str]] = field(default_factory=set)
    default: Json = None
    has_default: bool = False


# By environment id and the flag's key.
Uses = Mapping[tuple[str, str], FlagUse]


@dataclass(frozen=True, slots=True)
class Request:
    """When a flag was evaluated in an environment for the last time, and the default its caller gave last."""

    environment_id: str
    flag_id: str
    last_at: int
    default: Json


@dataclass(frozen=True, slots=True)
class Span:
    """A flag in an environment in `[start, end)` (Unix ms)."""

    home: Home
    flag_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Events that came; evaluations that were not counted because too many came at once; events in which
    there was nothing to read.
    """

    received: int = 0
    dropped: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class FirstUse:
    """The version of an application that was the first of its versions to evaluate a flag, and since when."""

    flag_id: str
    application_key: str
    version: str
    at: int
