"""States of an environment held in dictionaries, for evaluation without a server."""

from collections.abc import Mapping
from typing import Any

from daybreak.logic.evaluation.prepare import PreparedFlag, prepare_flag
from daybreak.logic.evaluation.reading import read_flag, read_segment
from daybreak.logic.evaluation.reason import BigSegmentsStatus
from daybreak.logic.evaluation.segments import PreparedSegment, prepare_segment


class Prepared:
    """Delivered JSON of flags and segments by key, prepared once."""

    def __init__(
        self,
        flags: Mapping[str, Any],
        segments: Mapping[str, Any] | None = None,
        memberships: Mapping[str, Mapping[str, bool]] | None = None,
        status: BigSegmentsStatus = "HEALTHY",
    ) -> None:
        self.flags = {key: prepare_flag(read_flag(data)) for key, data in flags.items()}
        self.segments = {key: prepare_segment(read_segment(data)) for key, data in (segments or {}).items()}
        self._memberships = memberships or {}
        self._status = status
        self.asked: list[str] = []

    def flag(self, key: str) -> PreparedFlag | None:
        return self.flags.get(key)

    def segment(self, key: str) -> PreparedSegment | None:
        return self.segments.get(key)

    def memberships(self, context_key: str) -> tuple[Mapping[str, bool], BigSegmentsStatus]:
        self.asked.append(context_key)
        return self._memberships.get(context_key, {}), self._status
