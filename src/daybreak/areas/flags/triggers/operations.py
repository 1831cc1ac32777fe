"""Triggers are made, changed and shown; their URLs tell the address by which this server is reached."""

from collections.abc import Sequence

from daybreak.areas.flags.feature_flags.resource import flag_address_in
from daybreak.areas.flags.triggers.instructions import (
    INSTRUCTIONS,
    TriggerScene,
    as_instructions,
    grants_more,
)
from daybreak.areas.flags.triggers.model import FlagTrigger
from daybreak.areas.flags.triggers.representation import TriggerShape, firing_path
from daybreak.areas.flags.triggers.requests import NewTrigger
from daybreak.areas.flags.triggers.resource import FLAG_TRIGGER, flag_in, represent_triggers
from daybreak.areas.flags.triggers.store import list_triggers
from daybreak.platform.identifiers import digest, object_id, trigger_secret
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import change, create, read_one
from daybreak.rest.semantic_patch import InstructionsBody, follow

CREATE = "createTriggers"

# Whoever has the URL can switch the flag: only who can do that may hand it out.
SWITCH = "updateOn"


def list_triggers_of_flag(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str, *, public_url: str
) -> Page:
    flag, there = flag_in(call, project_key, feature_flag_key, environment_key)
    found = _represent(call, list_triggers(call.db, flag.id, there.id), public_url)
    return Page(found, len(found))


def read_trigger(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str, id: str, *, public_url: str
) -> TriggerShape:
    trigger = read_one(
        call,
        FLAG_TRIGGER,
        project_key=project_key,
        feature_flag_key=feature_flag_key,
        environment_key=environment_key,
        id=id,
    )
    return _represent(call, [trigger], public_url)[0]


def create_trigger(
    call: Call,
    body: NewTrigger,
    project_key: str,
    feature_flag_key: str,
    environment_key: str,
    *,
    public_url: str,
) -> TriggerShape:
    """The answer tells the URL, this once."""
    flag, there = flag_in(call, project_key, feature_flag_key, environment_key)
    call.actor.require((CREATE, SWITCH), flag_address_in(there, flag))
    secret = trigger_secret()
    trigger = FlagTrigger(
        id=object_id(),
        flag_id=flag.id,
        environment_id=there.id,
        integration_key=body.integration_key,
        instructions=as_instructions(body.instructions or []),
        enabled=True,
        digest=digest(secret),
        maintainer_id=call.actor.owner_id,
        created_at=call.now,
    )
    made = create(call, FLAG_TRIGGER, trigger, CREATE, body.comment or "")
    return _represent_with_secret(call, made, public_url, secret)


def patch_trigger(
    call: Call,
    body: InstructionsBody,
    project_key: str,
    feature_flag_key: str,
    environment_key: str,
    id: str,
    *,
    public_url: str,
) -> TriggerShape:
    """All instructions or none. The answer tells the URL if it is a new one."""
    before = read_one(
        call,
        FLAG_TRIGGER,
        project_key=project_key,
        feature_flag_key=feature_flag_key,
        environment_key=environment_key,
        id=id,
    )
    secret = trigger_secret()
    asked = body.read()
    edit = follow(asked, before, TriggerScene(digest(secret)), INSTRUCTIONS)
    if grants_more(before, edit.after):
        [address] = FLAG_TRIGGER.addresses(call.db, [before])
        call.actor.require((SWITCH,), address)
    after = change(call, FLAG_TRIGGER, before, edit)
    if after.digest == before.digest:
        return _represent(call, [after], public_url)[0]
    return _represent_with_secret(call, after, public_url, secret)


def _represent(call: Call, found: Sequence[FlagTrigger], public_url: str) -> list[TriggerShape]:
    shapes = represent_triggers(call, found)
    for shape in shapes:
        shape.trigger_url = public_url + shape.trigger_url
    return shapes


def _represent_with_secret(call: Call, trigger: FlagTrigger, public_url: str, secret: str) -> TriggerShape:
    [shape] = represent_triggers(call, [trigger])
    shape.trigger_url = public_url + firing_path(trigger.id, secret)
    return shape
