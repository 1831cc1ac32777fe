"""Evaluation: off, prerequisites, targets, rules, fallthrough, in this order.

An `Evaluation` is one context over one state of an environment. It may evaluate all of its flags, and finds
out only once which segments the context is a member of.
"""

from collections.abc import Mapping
from typing import Protocol

from daybreak.logic.evaluation.clauses import MalformedFlag
from daybreak.logic.evaluation.context import Context
from daybreak.logic.evaluation.prepare import PreparedFlag, off_result
from daybreak.logic.evaluation.reason import (
    BIG_SEGMENTS_STATUSES,
    ERROR,
    BigSegmentsStatus,
    PrerequisiteResult,
    Reason,
    Result,
)
from daybreak.logic.evaluation.reference import ReferenceInvalid
from daybreak.logic.evaluation.segments import PreparedSegment

Memberships = Mapping[str, bool]

# Flags that need the same ones are evaluated for each: in layers, that doubles with every further one.
MOST_PREREQUISITES = 1_000


class Provider(Protocol):
    """One state of an environment."""

    def flag(self, key: str) -> PreparedFlag | None: ...

    def segment(self, key: str) -> PreparedSegment | None: ...

    def memberships(self, context_key: str) -> tuple[Memberships, BigSegmentsStatus]:
        """Which big segments include or exclude the key, by the segments' references."""
        ...


class Evaluation:
    """One context, evaluated over flags of one state of an environment."""

    __slots__ = ("_known", "_memberships", "_path", "_prerequisites", "_provider", "_status", "context")

    def __init__(self, context: Context, provider: Provider) -> None:
        self.context = context
        self._provider = provider
        self._known: dict[str, bool] = {}
        self._memberships: dict[str, tuple[Memberships, BigSegmentsStatus]] = {}
        self._path: list[str] = []
        self._prerequisites: list[PrerequisiteResult] = []
        self._status: BigSegmentsStatus | None = None

    def evaluate(self, flag: PreparedFlag) -> Result:
        """What the flag serves the context, and why. A malformed flag is a result too."""
        if not flag.on:
            return flag.off
        self._status = None
        try:
            result = self._evaluate(flag, ())
        except (MalformedFlag, ReferenceInvalid, RecursionError):
            # Segments or prerequisites that need each other a hundred deep are too deep for this flag only.
            self._path.clear()
            self._prerequisites.clear()
            return ERROR
        if self._status is not None:
            result = result._replace(reason=result.reason._replace(big_segments_status=self._status))
        if self._prerequisites:
            result = result._replace(prerequisites=tuple(self._prerequisites))
            self._prerequisites.clear()
        return result

    def _evaluate(self, flag: PreparedFlag, above: tuple[str, ...]) -> Result:
        """Of a flag that is on. `above` are the flags whose prerequisite it is."""
        context = self.context
        if flag.prerequisites:
            failed = self._find_failed(flag, (*above, flag.key))
            if failed is not None:
                return off_result(flag.flag, Reason("PREREQUISITE_FAILED", prerequisite_key=failed))
        for kind, results in flag.targets:
            single = context.singles.get(kind)
            if single is not None and single.key in results:
                return results[single.key]
        for rule in flag.rules:
            for condition in rule.conditions:
                if not condition(self):
                    break
            else:
                return rule.serve(context)
        return flag.fallthrough(context)

    def _find_failed(self, flag: PreparedFlag, path: tuple[str, ...]) -> str | None:
        """The key of the first prerequisite that is not met."""
        for prerequisite in flag.prerequisites:
            key = prerequisite.key
            if key in path:
                raise MalformedFlag(f"{key!r} is a prerequisite of itself")
            needed = self._provider.flag(key)
            result = None
            if needed is not None:
                result = self._evaluate(needed, path) if needed.on else needed.off
            self._prerequisites.append(PrerequisiteResult(key, flag.key, result))
            if len(self._prerequisites) > MOST_PREREQUISITES:
                raise MalformedFlag("its prerequisites need each other in more ways than anybody follows")
            # What is off meets nothing, whatever it serves.
            if (
                needed is None
                or result is None
                or not needed.on
                or result.variation != prerequisite.variation
            ):
                return key
        return None

    def is_member(self, segment_key: str) -> bool:
        """Whether the context is a member of a segment; of one that does not exist it is not."""
        known = self._known.get(segment_key)
        if known is not None:
            return known
        segment = self._provider.segment(segment_key)
        if segment is None:
            return False
        if segment_key in self._path:
            raise MalformedFlag(f"the segment {segment_key!r} refers to itself")
        status, self._status = self._status, None
        found = self._find_membership(segment)
        if self._status is None:
            # Another flag that asks again has to be told the status again: what it is part of is not kept.
            self._known[segment_key] = found
        self._note(status)
        return found

    def find_listed(self, segment: PreparedSegment) -> bool | None:
        """What the segment's own lists say of the context; None where they say nothing."""
        return self._ask_store(segment) if segment.unbounded else segment.lists(self)

    def _find_membership(self, segment: PreparedSegment) -> bool:
        listed = self.find_listed(segment)
        if listed is not None:
            return listed
        if not segment.rules:
            return False
        self._path.append(segment.key)
        found = segment.matches(self)
        self._path.pop()
        return found

    def _ask_store(self, segment: PreparedSegment) -> bool | None:
        """What is kept elsewhere about a big segment; None where nothing is, so that its rules decide."""
        if not segment.has_generation:
            self._note("NOT_CONFIGURED")
            return False
        single = self.context.singles.get(segment.unbounded_kind)
        if single is None:
            return False
        if single.key not in self._memberships:
            self._memberships[single.key] = self._provider.memberships(single.key)
        memberships, status = self._memberships[single.key]
        self._note(status)
        return memberships.get(segment.reference)

    def _note(self, status: BigSegmentsStatus | None) -> None:
        """Keeps the worst status."""
        if status is None:
            return
        if self._status is None or BIG_SEGMENTS_STATUSES.index(status) > BIG_SEGMENTS_STATUSES.index(
            self._status
        ):
            self._status = status
