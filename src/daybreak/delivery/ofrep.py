"""The OpenFeature Remote Evaluation Protocol: flags evaluated here, for SDKs that cannot evaluate themselves.

https://openfeature.dev/docs/reference/other-technologies/ofrep
"""

from collections.abc import Mapping

import msgspec

from daybreak.delivery.client_side import SdkKind, seen_by
from daybreak.delivery.snapshot import Item, Scene
from daybreak.logic.evaluation.context import MULTI, Context, ContextInvalid, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.model import DEFAULT_KIND
from daybreak.logic.evaluation.reason import Result, represent_reason
from daybreak.platform.columns import Json

FLAGS = "/ofrep/v1/evaluate/flags"

_encode = msgspec.json.Encoder().encode

# OpenFeature's words for why a value was returned. What is missing here says it was a rule.
_REASONS = {"OFF": "DISABLED", "PREREQUISITE_FAILED": "DISABLED", "FALLTHROUGH": "DEFAULT"}


class Refusal(Exception):
    """Why nothing was evaluated: one of OpenFeature's error codes, and words."""

    def __init__(self, code: str, details: str, status: int = 400) -> None:
        super().__init__(details)
        self.code = code
        self.details = details
        self.status = status

    def represent(self, key: str | None) -> bytes:
        told = {"errorCode": self.code, "errorDetails": self.details}
        return _encode(told if key is None else {"key": key} | told)


class Request(msgspec.Struct):
    """What providers send."""

    context: dict[str, Json] | None = None


_read = msgspec.json.Decoder(Request).decode


def read_context(body: bytes) -> Context:
    """Whom to evaluate for: the targeting key is the key of a context, whose kind is `user` unless told.

    Raises:
        Refusal: it is no context.

    """
    try:
        given = _read(body or b"{}").context or {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal("PARSE_ERROR", f"The body is not JSON with a context: {error}") from None
    try:
        return parse_context(_translate(given))
    except ContextInvalid as error:
        raise Refusal("INVALID_CONTEXT", f"The context is not one: {error}") from None


def _translate(given: Mapping[str, Json]) -> dict[str, Json]:
    kind = given.get("kind", DEFAULT_KIND)
    if kind != MULTI:
        return {"kind": kind} | _translate_single(given)
    parts = {name: part for name, part in given.items() if name not in {"kind", "targetingKey"}}
    return {"kind": kind} | {
        name: _translate_single(part) if isinstance(part, dict) else part for name, part in parts.items()
    }


def _translate_single(given: Mapping[str, Json]) -> dict[str, Json]:
    key = given.get("targetingKey") or given.get("key")
    if not key:
        raise Refusal("TARGETING_KEY_MISSING", "The context needs a targetingKey: whom to evaluate for")
    named = {"targetingKey", "kind", "privateAttributes"}
    return {name: value for name, value in given.items() if name not in named} | {"key": key}


def evaluate_one(scene: Scene, context: Context, kind: SdkKind, key: str) -> tuple[bytes, Result]:
    """Raises Refusal where the flag does not exist for this SDK, or cannot be evaluated."""
    item = scene.snapshot.flags.get(key)
    if item is None or item not in seen_by(kind, scene.snapshot):
        raise Refusal("FLAG_NOT_FOUND", "There is no feature flag with this key", 404)
    result = Evaluation(context, scene).evaluate(item.flag)
    if result.reason.error_kind is not None:
        raise Refusal("GENERAL", _explain(result.reason.error_kind))
    return item.told(_tell, result), result


def evaluate_all(scene: Scene, context: Context, kind: SdkKind) -> bytes:
    """Every flag that the SDK may see."""
    evaluate = Evaluation(context, scene).evaluate
    flags = [item.told(_tell, evaluate(item.flag)) for item in seen_by(kind, scene.snapshot)]
    metadata = _encode({"flagSetId": scene.snapshot.environment_id})
    return b'{"flags":[%b],"metadata":%b}' % (b",".join(flags), metadata)


def _tell(item: Item, result: Result) -> bytes:
    """Without a value the caller takes its own default."""
    key, reason = item.flag.key, represent_reason(result.reason)
    kind, error = reason.pop("kind"), reason.pop("errorKind", None)
    if error is not None:
        return _encode({"key": key, "errorCode": "GENERAL", "errorDetails": _explain(error)})
    said = "SPLIT" if "inExperiment" in reason else _REASONS.get(kind, "TARGETING_MATCH")
    told = {"key": key, "reason": said, "variant": "", "metadata": {"version": item.version} | reason}
    if result.variation is not None:
        told |= {"value": result.value, "variant": str(result.variation)}
    return _encode(told)


def _explain(error: str) -> str:
    return f"The flag cannot be evaluated: {error}"
