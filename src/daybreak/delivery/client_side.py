"""What client-side SDKs are sent: not flags, but what each flag comes to for one context."""

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

import msgspec

from daybreak.delivery.snapshot import Availability, Item, Scene, Snapshot
from daybreak.logic.evaluation.context import Context, ContextInvalid, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.reason import represent_reason

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


# A word with alternatives is any of them; what is in braces is taken from the path.
_PATHS = (
    ("sdk/evalx/contexts|users/{context}", SdkKind.SERVER, Mode.POLL),
    ("sdk/evalx/context|contexts|user|users", SdkKind.SERVER, Mode.POLL),
    ("sdk/evalx/{environment_id}/contexts|users/{context}", SdkKind.BROWSER, Mode.POLL),
    ("sdk/evalx/{environment_id}/context|contexts|user|users", SdkKind.BROWSER, Mode.POLL),
    ("msdk/evalx/contexts|users/{context}", SdkKind.MOBILE, Mode.POLL),
    ("msdk/evalx/context|contexts|user|users", SdkKind.MOBILE, Mode.POLL),
    ("eval/{environment_id}/{context}", SdkKind.BROWSER, Mode.STREAM),
    ("eval/{environment_id}", SdkKind.BROWSER, Mode.STREAM),
    ("meval/{context}", SdkKind.MOBILE, Mode.STREAM),
    ("meval", SdkKind.MOBILE, Mode.STREAM),
    ("ping/{environment_id}", SdkKind.BROWSER, Mode.PING),
    ("mping", SdkKind.MOBILE, Mode.PING),
    ("sdk/goals/{environment_id}", SdkKind.BROWSER, Mode.GOALS),
)


def parse_path(path: str) -> Asked | None:
    """None for a path that is not a client-side SDK's."""
    parts = path.strip("/").split("/")
    for pattern, kind, mode in _PATHS:
        words = pattern.split("/")
        if len(words) == len(parts) and all(map(_fits, words, parts)):
            named = {w[1:-1]: part for w, part in zip(words, parts, strict=True) if w.startswith("{")}
            return Asked(kind, mode, **named)
    return None


def _fits(word: str, part: str) -> bool:
    return part in word.split("|") or (word.startswith("{") and part != "")


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
    except (binascii.Error, msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        raise ContextInvalid(str(error)) from None


def is_proved(snapshot: Snapshot, context: Context, given: str) -> bool:
    """Whether `given` is the hash that only a server knowing the SDK key can make; needed in secure mode."""
    if snapshot.secure_mode_key is None:
        return True
    wanted = hmac.new(snapshot.secure_mode_key.encode(), context.full_key.encode(), sha256).hexdigest()
    return hmac.compare_digest(wanted, given)


_SEEN: Mapping[SdkKind, Callable[[Availability], bool]] = {
    SdkKind.BROWSER: lambda availability: availability.using_environment_id,
    SdkKind.MOBILE: lambda availability: availability.using_mobile_key,
    SdkKind.SERVER: lambda _: True,
}


def is_seen_by(kind: SdkKind, item: Item) -> bool:
    """Whether a flag is meant for SDKs of this kind."""
    return _SEEN[kind](item.facts.client_side_availability)


def evaluate_all(scene: Scene, context: Context, kind: SdkKind, *, with_reasons: bool) -> bytes:
    """What every flag that the SDK may see comes to, by key."""
    evaluation = Evaluation(context, scene)
    return _encode(
        {
            key: _evaluate(evaluation, item, with_reasons=with_reasons)
            for key, item in scene.snapshot.flags.items()
            if is_seen_by(kind, item)
        }
    )


def _evaluate(evaluation: Evaluation, item: Item, *, with_reasons: bool) -> Mapping[str, Any]:
    result, facts = evaluation.evaluate(item.flag), item.facts
    told: dict[str, Any] = {
        "value": result.value,
        "variation": result.variation,
        "version": facts.version,
        "flagVersion": facts.version,
        "trackEvents": facts.track_events or result.is_experiment,
    }
    if result.is_experiment:
        told["trackReason"] = True
    if with_reasons or result.is_experiment:
        told["reason"] = represent_reason(result.reason)
    if facts.debug_events_until_date is not None:
        told["debugEventsUntilDate"] = facts.debug_events_until_date
    if result.prerequisites:
        told["prerequisites"] = [each.key for each in result.prerequisites if each.parent == item.flag.key]
    return told
