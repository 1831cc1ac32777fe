"""Where a context falls between 0 and 1: always the same for the same key, evenly over all keys."""

from collections.abc import Callable
from hashlib import sha1
from itertools import accumulate

from daybreak.logic.evaluation.context import Context
from daybreak.logic.evaluation.model import DEFAULT_KIND, WHOLE, Json, Rollout
from daybreak.logic.evaluation.reference import Reference, ReferenceInvalid, parse_reference

_DIGITS = 15
_SCALE = float(16**_DIGITS - 1)

# From a context to (variation, whether it takes part in an experiment).
Deal = Callable[[Context], tuple[int, bool]]
Bucket = Callable[[Context], float | None]


def bucket_of(prefix: str, value: Json) -> float:
    """0 for a value that is neither a text nor a whole number: such contexts get the first share."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return 0.0
    digest = sha1(f"{prefix}.{value}".encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    return int(digest[:_DIGITS], 16) / _SCALE


def prepare_bucket(prefix: str, context_kind: str, bucket_by: str) -> Bucket:
    """The bucket of contexts of a kind; None for a context that has none of it.

    It raises ReferenceInvalid for one that has, where no attribute can be meant by `bucket_by`.
    """
    kind = context_kind or DEFAULT_KIND
    is_path = bool(context_kind)
    reference = Reference(("key",))
    try:
        reference = parse_reference(bucket_by, is_path=is_path) if bucket_by else reference
        is_valid = True
    except ReferenceInvalid:
        is_valid = False

    def bucket(context: Context) -> float | None:
        single = context.singles.get(kind)
        if single is None:
            return None
        if not is_valid:
            parse_reference(bucket_by, is_path=is_path)
        return bucket_of(prefix, single.value(reference))

    return bucket


def prepare_deal(rollout: Rollout, flag_key: str, salt: str) -> Deal:
    """The share of a rollout, which has at least one, that a context gets.

    Weights need not add up to the whole: what lies beyond their sum gets the last share. A context without
    the rollout's kind gets the first one, and takes part in nothing.
    """
    prefix = f"{flag_key}.{salt}" if rollout.seed is None else str(rollout.seed)
    by = "" if rollout.is_experiment else rollout.bucket_by
    bucket = prepare_bucket(prefix, rollout.context_kind, by)
    bounds = list(accumulate(share.weight / WHOLE for share in rollout.variations))
    shares = [
        (share.variation, rollout.is_experiment and not share.untracked) for share in rollout.variations
    ]
    steps = tuple(zip(bounds, shares, strict=True))
    absent, last = (rollout.variations[0].variation, False), shares[-1]

    def deal(context: Context) -> tuple[int, bool]:
        found = bucket(context)
        if found is None:
            return absent
        for bound, share in steps:
            if found < bound:
                return share
        return last

    return deal
