"""Somebody posts to the URL of a trigger: the flag is switched as a patch would switch it."""

from collections.abc import Mapping
from dataclasses import replace

from daybreak.areas.flags.feature_flags.changing import change_flag, instruct_in
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import only_this
from daybreak.areas.flags.feature_flags.store import lock_flag
from daybreak.areas.flags.triggers.model import FlagTrigger
from daybreak.areas.flags.triggers.operations import SWITCH
from daybreak.areas.flags.triggers.representation import FiredShape
from daybreak.areas.flags.triggers.store import find_by_secret, keep_firing, lock_trigger
from daybreak.areas.projects.queries import EnvironmentFact, environments_by_id, environments_in
from daybreak.platform.access import Actor
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.parsing import parse_json


def fire_trigger(
    call: Call,
    raw: bytes,
    headers: Mapping[bytes, bytes],  # noqa: ARG001 - every route that takes a raw body gets them
    id: str,
    secret: str,
) -> FiredShape:
    """Does what the trigger is for. A disabled one does nothing.

    Raises:
        NotFound: no such trigger, or another secret.
        DomainError: as a patch of the flag would raise.

    """
    # One after the other: two posts at once are two firings, and none of them is refused.
    flag = lock_flag(call.db, find_by_secret(call.db, id, secret).flag_id)
    lock_trigger(call.db, id)
    trigger = find_by_secret(call.db, id, secret)
    if not trigger.enabled:
        return FiredShape(triggered=False, message="This trigger is disabled")
    place = environments_by_id(call.db, {trigger.environment_id})[trigger.environment_id]
    _switch(call, trigger, flag, place)
    keep_firing(call.db, trigger.id, call.now, _parse_object(raw))
    return FiredShape(triggered=True, message="")


def _switch(call: Call, trigger: FlagTrigger, flag: FeatureFlag, place: EnvironmentFact) -> None:
    call = replace(call, actor=_actor(trigger, flag, place))
    edit = instruct_in(call, place, flag, trigger.instructions)
    environments = environments_in(call.db, place.project)
    change_flag(call, place.project, flag, edit, environments, named=place.key)


def _actor(trigger: FlagTrigger, flag: FeatureFlag, place: EnvironmentFact) -> Actor:
    """Whoever knows the URL may switch this flag there, and nothing else."""
    name = f"Flag trigger ({trigger.integration_key})"
    return Actor("trigger", trigger.id, name, (only_this(SWITCH, place, flag),))


def _parse_object(raw: bytes) -> Mapping[str, Json] | None:
    """None for what is no JSON object: it is counted all the same."""
    try:
        body = parse_json(raw)
    except InvalidRequest:
        return None
    return body if isinstance(body, dict) else None
