"""What client-side SDKs are sent: not flags, but what each flag comes to for one context."""

import base64
import binascii
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

import msgspec

from daybreak.delivery.snapshot import Item, Scene, Snapshot
from daybreak.logic.evaluation.context import Context, ContextInvalid, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.reason import Result, represent_reason

_encode = msgspec.json.Encoder().encode


class SdkKind(Enum):
    """Who asks: it decides what proves it, and which flags are seen."""

    BROWSER = "browser"
    MOBILE = "mobile"
    SERVER = "sdk"


class Mode(Enum):
    """What is asked for: the values once, the values and a ping for every change, or the pings alone."""

    POLL = "poll"
    STREAM = "stream"
    PING = "ping"
    GOALS = "goals"


@dataclass(frozen=True, slots=True)
class Asked:
    """A path of a client-side SDK. `context` is None where the body holds it."""

    kind: SdkKind
    mode: Mode
    environment_id: str = ""
    context: str | None = None


# A context may hold slashes: the standard alphabet of base64 has one.
_ENVIRONMENT, _CONTEXT = r"/(?P<environment_id>[^/]+)", r"/(?P<context>[^/].*)"
_IN_BODY = r"/(?:context|contexts|user|users)"
_IN_PATH = r"/(?:contexts|users)" + _CONTEXT

# The first that fits counts.
_PATHS = tuple(
    (re.compile(pattern, re.DOTALL), kind, mode)
    for pattern, kind, mode in (
        ("/sdk/evalx" + _IN_PATH, SdkKind.SERVER, Mode.POLL),
        ("/sdk/evalx" + _IN_BODY, SdkKind.SERVER, Mode.POLL),
        ("/sdk/evalx" + _ENVIRONMENT + _IN_PATH, SdkKind.BROWSER, Mode.POLL),
        ("/sdk/evalx" + _ENVIRONMENT + _IN_BODY, SdkKind.BROWSER, Mode.POLL),
        ("/msdk/evalx" + _IN_PATH, SdkKind.MOBILE, Mode.POLL),
        ("/msdk/evalx" + _IN_BODY, SdkKind.MOBILE, Mode.POLL),
        ("/eval" + _ENVIRONMENT + _CONTEXT, SdkKind.BROWSER, Mode.STREAM),
        ("/eval" + _ENVIRONMENT, SdkKind.BROWSER, Mode.STREAM),
        ("/meval" + _CONTEXT, SdkKind.MOBILE, Mode.STREAM),
        ("/meval", SdkKind.MOBILE, Mode.STREAM),
        ("/ping" + _ENVIRONMENT, SdkKind.BROWSER, Mode.PING),
        ("/mping", SdkKind.MOBILE, Mode.PING),
        ("/sdk/goals" + _ENVIRONMENT, SdkKind.BROWSER, Mode.GOALS),
    )
)
_BEGINNINGS = ("/sdk/evalx/", "/sdk/goals/", "/msdk/", "/eval/", "/meval", "/ping/", "/mping")


def parse_path(path: str) -> Asked | None:
    """None for a path that is not a client-side SDK's."""
    if not path.startswith(_BEGINNINGS):
        return None
    path = path.rstrip("/")
    for pattern, kind, mode in _PATHS:
        found = pattern.fullmatch(path)
        if found is not None:
            return Asked(kind, mode, **found.groupdict())
    return None


def read_context(encoded: bytes | str) -> Context:
    """A context from JSON, or from JSON in base64, of either alphabet, padded or not.

    Raises:
        ContextInvalid: it is none.

    """
    try:
        if isinstance(encoded, str):
            plain = encoded.rstrip("=").replace("+", "-").replace("/", "_")
            encoded = base64.urlsafe_b64decode(plain + "=" * (-len(plain) % 4))
        return parse_context(msgspec.json.decode(encoded))
    except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise ContextInvalid(str(error)) from None


def is_proved(snapshot: Snapshot, context: Context, given: str) -> bool:
    """Whether `given` is the hash that only a server knowing the SDK key can make; needed in secure mode."""
    if snapshot.secure_mode_key is None:
        return True
    wanted = hmac.new(snapshot.secure_mode_key.encode(), context.full_key.encode(), sha256).hexdigest()
    # Of texts, only those in ASCII can be compared.
    return hmac.compare_digest(wanted.encode(), given.encode())


Flags = tuple[Item, ...]


def _browser_flags(snapshot: Snapshot) -> Flags:
    return tuple(
        item for item in snapshot.flags.values() if item.facts.client_side_availability.using_environment_id
    )


def _mobile_flags(snapshot: Snapshot) -> Flags:
    return tuple(
        item for item in snapshot.flags.values() if item.facts.client_side_availability.using_mobile_key
    )


def _all_flags(snapshot: Snapshot) -> Flags:
    return tuple(snapshot.flags.values())


_SEEN: Mapping[SdkKind, Callable[[Snapshot], Flags]] = {
    SdkKind.BROWSER: _browser_flags,
    SdkKind.MOBILE: _mobile_flags,
    SdkKind.SERVER: _all_flags,
}


def seen_by(kind: SdkKind, snapshot: Snapshot) -> Flags:
    """The flags that are meant for SDKs of a kind."""
    return snapshot.made(_SEEN[kind])


def evaluate_all(scene: Scene, context: Context, kind: SdkKind, *, with_reasons: bool) -> bytes:
    """What every flag that the SDK may see comes to, by key."""
    evaluate, tell = Evaluation(context, scene).evaluate, _tell_with_reason if with_reasons else _tell
    return b"{%b}" % b",".join(
        [item.told(tell, evaluate(item.flag)) for item in seen_by(kind, scene.snapshot)]
    )


def _tell(item: Item, result: Result) -> bytes:
    return _told(item, result, with_reason=result.is_experiment)


def _tell_with_reason(item: Item, result: Result) -> bytes:
    return _told(item, result, with_reason=True)


def _told(item: Item, result: Result, *, with_reason: bool) -> bytes:
    facts = item.facts
    told: dict[str, Any] = {
        "value": result.value,
        "variation": result.variation,
        "version": facts.version,
        "flagVersion": facts.version,
        "trackEvents": facts.track_events or result.is_experiment,
    }
    if result.is_experiment:
        told["trackReason"] = True
    if with_reason:
        told["reason"] = represent_reason(result.reason)
    if facts.debug_events_until_date is not None:
        told["debugEventsUntilDate"] = facts.debug_events_until_date
    if result.prerequisites:
        told["prerequisites"] = [each.key for each in result.prerequisites if each.parent == item.flag.key]
    return _encode(item.flag.key) + b":" + _encode(told)
