"""One environment as evaluation wants it: what SDKs are sent of it, prepared when it is first needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from daybreak.areas.flags.big_segments.store import memberships
from daybreak.areas.flags.feature_flags.delivered import deliver_flag
from daybreak.areas.flags.feature_flags.model import FeatureFlag, list_needed
from daybreak.areas.flags.feature_flags.store import numbers_by_key
from daybreak.areas.flags.payloads import Payload, payloads
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.logic.evaluation.context import Context, ContextInvalid, parse_context
from daybreak.logic.evaluation.evaluator import Evaluation
from daybreak.logic.evaluation.prepare import PreparedFlag, prepare_flag
from daybreak.logic.evaluation.reading import read_flag, read_segment
from daybreak.logic.evaluation.reason import BigSegmentsStatus, Result
from daybreak.logic.evaluation.segments import PreparedSegment, prepare_segment
from daybreak.platform.columns import Json
from daybreak.platform.database import Transaction
from daybreak.platform.errors import InvalidRequest


@dataclass(frozen=True, slots=True)
class Membership:
    """Whether a context is a member of a segment, and whether by its own key."""

    is_member: bool
    is_listed: bool


class EnvironmentState:
    """Evaluates flags of one environment, one that is archived too: no SDK is sent it."""

    def __init__(self, db: Transaction, place: EnvironmentFact) -> None:
        self._db = db
        self._environment_id = place.id
        self._flags: dict[str, PreparedFlag] = {}
        self._segments: dict[str, PreparedSegment] = {}

    @cached_property
    def _payload(self) -> Payload:
        return payloads(self._db, [self._environment_id])[self._environment_id]

    def flag(self, key: str) -> PreparedFlag | None:
        if key not in self._flags and key in self._payload.flags:
            self._flags[key] = prepare_flag(read_flag(self._payload.flags[key]))
        return self._flags.get(key)

    def segment(self, key: str) -> PreparedSegment | None:
        if key not in self._segments and key in self._payload.segments:
            self._segments[key] = prepare_segment(read_segment(self._payload.segments[key]))
        return self._segments.get(key)

    def memberships(self, context_key: str) -> tuple[Mapping[str, bool], BigSegmentsStatus]:
        return memberships(self._db, self._environment_id, [context_key])[context_key], "HEALTHY"

    def membership(self, context: Context, segment_key: str) -> Membership:
        evaluation, segment = Evaluation(context, self), self.segment(segment_key)
        is_listed = segment is not None and evaluation.find_listed(segment) is True
        return Membership(evaluation.is_member(segment_key), is_listed)

    def evaluate(self, context: Context, flags: list[FeatureFlag]) -> dict[str, Result]:
        """What the flags serve the context, by their keys."""
        evaluation = Evaluation(context, self)
        return {
            flag.key: evaluation.evaluate(self.flag(flag.key) or self._prepare_archived(flag))
            for flag in flags
        }

    def _prepare_archived(self, flag: FeatureFlag) -> PreparedFlag:
        others = numbers_by_key(self._db, flag.project_id, list_needed([flag]))
        return prepare_flag(read_flag(deliver_flag(flag, self._environment_id, others)))


def parse_body(body: dict[str, Json]) -> Context:
    """The context that a body is. Raises InvalidRequest."""
    try:
        return parse_context(body)
    except ContextInvalid as error:
        raise InvalidRequest(f"The body is no context: {error}") from None
