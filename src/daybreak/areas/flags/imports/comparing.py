"""Whether SDKs are sent the same here as by another account: read as an SDK reads it, so that what is only
written otherwise makes no difference.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import msgspec

from daybreak.areas.flags.imports.places import find_carried_environment
from daybreak.areas.flags.payloads import payloads
from daybreak.logic.evaluation.model import DEFAULT_KIND, Clause, Flag, Rollout, Segment, Served, Target
from daybreak.logic.evaluation.reading import DataInvalid, read_flag, read_segment
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction

# What names a resource, or counts its changes.
_NAMES: Final = frozenset({"key", "version"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many flags and segments are served alike, and what of the others is not: by kind and key."""

    alike: int
    differing: Sequence[tuple[str, str, str]]


def compare_delivered(
    db: Transaction, source: str, place: tuple[str, str], delivered: Mapping[str, Json]
) -> Comparison | None:
    """`place` are the keys of a project and an environment. None where that did not come from there."""
    here = find_carried_environment(db, source, place)
    if here is None:
        return None
    own = payloads(db, [here.id])[here.id]
    flags, flags_alike = _compare(own.flags, delivered["flags"], difference_of_flags)
    segments, segments_alike = _compare(own.segments, delivered["segments"], difference_of_segments)
    differing = [("flag", key, what) for key, what in flags]
    differing += [("segment", key, what) for key, what in segments]
    return Comparison(flags_alike + segments_alike, differing)


def _compare(
    here: Mapping[str, Json], there: Mapping[str, Json], difference: Callable[[Json, Json], str]
) -> tuple[list[tuple[str, str]], int]:
    """Those that differ and how, by key, and how many are alike."""
    live = {key: data for key, data in there.items() if not data.get("deleted")}
    keys = sorted(here.keys() | live.keys())
    found = [(key, difference(here.get(key), live.get(key))) for key in keys]
    differing = [(key, what) for key, what in found if what]
    return differing, len(keys) - len(differing)


def difference_of_flags(here: Json, there: Json) -> str:
    """What of a flag is not the same, in words: nothing where SDKs make the same of both."""
    return _difference(here, there, _read_flag)


def difference_of_segments(here: Json, there: Json) -> str:
    """As of flags."""
    return _difference(here, there, _read_segment)


def _difference(here: Json, there: Json, read: Callable[[Json], Mapping[str, Any]]) -> str:
    if here is None or there is None:
        return "is not here" if here is None else "is not there"
    try:
        own, other = read(here), read(there)
    except DataInvalid as error:
        return f"cannot be read: {error}"
    return ", ".join(name for name in own if own[name] != other[name])


def _read_flag(data: Json) -> Mapping[str, Any]:
    flag = read_flag(data)
    plain = replace(
        flag,
        variations=_exactly(flag.variations),
        rules=tuple(
            replace(rule, clauses=_clauses(rule.clauses), served=_served(rule.served)) for rule in flag.rules
        ),
        fallthrough=_served(flag.fallthrough),
        targets=(),
        context_targets=(),
    )
    availability = data.get("clientSideAvailability") or {}
    return _parts(plain) | {
        "targets": _targets(flag),
        "clientSideAvailability": (
            availability.get("usingMobileKey", True),
            availability.get("usingEnvironmentId", bool(data.get("clientSide"))),
        ),
    }


def _read_segment(data: Json) -> Mapping[str, Any]:
    segment = read_segment(data)
    is_big = segment.unbounded
    plain = replace(
        segment,
        included=(),
        excluded=(),
        rules=tuple(
            replace(
                rule,
                clauses=_clauses(rule.clauses),
                bucket_by=_attribute(rule.bucket_by),
                context_kind=rule.context_kind or DEFAULT_KIND,
            )
            if rule.weight is not None
            else replace(rule, clauses=_clauses(rule.clauses), bucket_by="", context_kind="")
            for rule in segment.rules
        ),
        unbounded_kind=(segment.unbounded_kind or DEFAULT_KIND) if is_big else "",
        generation=segment.generation if is_big else None,
    )
    members = {
        name: {
            (target.context_kind or DEFAULT_KIND, key)
            for target in getattr(segment, name)
            for key in target.values
        }
        for name in ("included", "excluded")
    }
    return _parts(plain) | members


def _parts(value: Flag | Segment) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in _NAMES}


def _targets(flag: Flag) -> set[tuple[str, str, int]]:
    """Kinds and keys of contexts, and the variations they get. A key has one: their order decides nothing."""
    every: Iterable[Target] = (*flag.targets, *flag.context_targets)
    return {
        (target.context_kind or DEFAULT_KIND, key, target.variation)
        for target in every
        for key in target.values
    }


def _clauses(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Without a kind an attribute is a plain name: a difference only where it looks like a path."""
    return tuple(
        replace(
            clause,
            values=_exactly(clause.values),
            context_kind=clause.context_kind or ("" if clause.attribute.startswith("/") else DEFAULT_KIND),
        )
        for clause in clauses
    )


def _exactly(values: Iterable[Json]) -> tuple[bytes, ...]:
    """As JSON: in Python true is 1."""
    return tuple(msgspec.json.encode(value, order="deterministic") for value in values)


def _served(served: Served) -> Served:
    return served if served.rollout is None else replace(served, rollout=_rollout(served.rollout))


def _rollout(rollout: Rollout) -> Rollout:
    return replace(
        rollout,
        context_kind=rollout.context_kind or DEFAULT_KIND,
        # An experiment deals by the key whatever it says.
        bucket_by="" if rollout.is_experiment else _attribute(rollout.bucket_by),
    )


def _attribute(name: str) -> str:
    return "" if name == "key" else name
