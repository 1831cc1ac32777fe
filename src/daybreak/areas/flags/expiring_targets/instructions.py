"""What patches of expiring targets ask for, in each of their vocabularies: of contexts, of users, of the
flags of one user, of segments. Nothing here knows what is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal

import msgspec

from daybreak.areas.flags.shapes import ContextKey, Id, Kind
from daybreak.areas.flags.targeting import USER
from daybreak.platform.columns import Json
from daybreak.platform.errors import FieldFault, InvalidRequest, ValidationFailed
from daybreak.rest.call import Body
from daybreak.rest.keys import Instant, LongKey
from daybreak.rest.parsing import convert


class Step(Enum):
    """What to do with a date."""

    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kinds of instructions, and the parameters that each of them must have."""

    steps: Mapping[str, Step]
    required: tuple[str, ...]


_CONTEXT_STEPS = {
    "addExpiringTarget": Step.ADD,
    "updateExpiringTarget": Step.CHANGE,
    "removeExpiringTarget": Step.REMOVE,
}
_USER_STEPS = {
    "addExpireUserTargetDate": Step.ADD,
    "updateExpireUserTargetDate": Step.CHANGE,
    "removeExpireUserTargetDate": Step.REMOVE,
}

CONTEXTS_OF_FLAG = Vocabulary(_CONTEXT_STEPS, ("variationId", "contextKey"))
USERS_OF_FLAG = Vocabulary(_USER_STEPS, ("variationId", "userKey"))
FLAGS_OF_USER = Vocabulary(_USER_STEPS, ("variationId", "flagKey"))
CONTEXTS_OF_SEGMENT = Vocabulary(_CONTEXT_STEPS, ("targetType", "contextKey"))
USERS_OF_SEGMENT = Vocabulary(_USER_STEPS, ("targetType", "userKey"))


class _Parameters(Body):
    """Whatever any vocabulary knows."""

    variation_id: Id | None = None
    target_type: Literal["included", "excluded"] | None = None
    context_key: ContextKey | None = None
    context_kind: Kind | None = None
    user_key: ContextKey | None = None
    flag_key: LongKey | None = None
    value: Instant | None = None
    version: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One instruction. `listed_in` is the variation or the list of the segment; `context_key` is empty where
    the path names the user, `flag_key` where it names the flag.
    """

    step: Step
    listed_in: str
    context_kind: str
    context_key: str
    flag_key: str
    expires_at: int
    version: int | None


def parse_asked(item: Mapping[str, Json], vocabulary: Vocabulary) -> Asked:
    """Raises InvalidRequest for an unknown kind, ValidationFailed for parameters that do not fit."""
    kind = item.get("kind")
    step = vocabulary.steps.get(kind) if isinstance(kind, str) else None
    if step is None:
        raise InvalidRequest(f"kind: {kind!r} is unknown here; known: {', '.join(vocabulary.steps)}")
    given = convert(dict(item), _Parameters)
    required = [*vocabulary.required, *(() if step is Step.REMOVE else ("value",))]
    missing = [name for name in required if item.get(name) is None]
    if missing:
        raise ValidationFailed(*(FieldFault(name, "is required") for name in missing))
    return Asked(
        step,
        given.variation_id or given.target_type or "",
        given.context_kind or USER,
        given.context_key or given.user_key or "",
        given.flag_key or "",
        given.value or 0,
        given.version,
    )
