"""Where a context falls between 0 and 1: always the same for the same key, evenly over all keys."""

from collections.abc import Callable, Sequence
from hashlib import sha1
from itertools import accumulate
from struct import Struct
from typing import TypeVar

from daybreak.logic.evaluation.context import Context
from daybreak.logic.evaluation.model import DEFAULT_KIND, WHOLE, Json, Rollout
from daybreak.logic.evaluation.reference import Reference, ReferenceInvalid, parse_reference

# Of a hash, its first 15 hexadecimal digits count: of its first eight bytes, all but the last four bits.
_SCALE = float(16**15 - 1)
_read = Struct(">Q").unpack_from
_KEY = Reference(("key",))

Outcome = TypeVar("Outcome")
Bucket = Callable[[Context], float | None]


def prepare_place(prefix: str) -> Callable[[Json], float]:
    """Where a value falls, hashed after a prefix. 0 for one that is neither a text nor a whole number: such
    contexts get the first share.
    """
    begun = sha1(f"{prefix}.".encode("utf-8", "surrogatepass"), usedforsecurity=False)

    def place(value: Json) -> float:
        if not isinstance(value, str):
            if isinstance(value, bool) or not isinstance(value, int):
                return 0.0
            value = str(value)
        hashed = begun.copy()
        hashed.update(value.encode("utf-8", "surrogatepass"))
        begin: int = _read(hashed.digest())[0]
        return (begin >> 4) / _SCALE

    return place


def prepare_bucket(prefix: str, context_kind: str, bucket_by: str) -> Bucket:
    """The bucket of contexts of a kind; None for a context that has none of it.

    It raises ReferenceInvalid for one that has, where no attribute can be meant by `bucket_by`.
    """
    kind = context_kind or DEFAULT_KIND
    is_path = bool(context_kind)
    try:
        reference = parse_reference(bucket_by, is_path=is_path) if bucket_by else _KEY
        is_valid = True
    except ReferenceInvalid:
        is_valid = False
    place = prepare_place(prefix)

    def bucket(context: Context) -> float | None:
        single = context.singles.get(kind)
        if single is None:
            return None
        if not is_valid:
            parse_reference(bucket_by, is_path=is_path)
        return place(single.key if reference is _KEY else single.value(reference))

    return bucket


def prepare_deal(
    rollout: Rollout, flag_key: str, salt: str, outcomes: Sequence[Outcome], absent: Outcome
) -> Callable[[Context], Outcome]:
    """What comes of the share of a rollout that a context gets: one of the `outcomes`, which are in the order
    of the shares, at least one.

    Weights need not add up to the whole: what lies beyond their sum gets the last share. A context without
    the rollout's kind takes part in nothing: it gets what is meant for those that are `absent`.
    """
    prefix = f"{flag_key}.{salt}" if rollout.seed is None else str(rollout.seed)
    by = "" if rollout.is_experiment else rollout.bucket_by
    bucket = prepare_bucket(prefix, rollout.context_kind, by)
    bounds = accumulate(share.weight / WHOLE for share in rollout.variations)
    steps, last = tuple(zip(bounds, outcomes, strict=True)), outcomes[-1]

    def deal(context: Context) -> Outcome:
        found = bucket(context)
        if found is None:
            return absent
        for bound, dealt in steps:
            if found < bound:
                return dealt
        return last

    return deal
