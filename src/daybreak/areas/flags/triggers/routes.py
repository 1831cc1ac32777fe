"""Every URL of flag triggers, and the one that triggers are fired by: its secret stands for a token."""

from functools import partial

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.triggers import operations
from daybreak.areas.flags.triggers.firing import fire_trigger
from daybreak.areas.flags.triggers.instructions import UPDATE
from daybreak.areas.flags.triggers.representation import FiredShape, TriggerShape
from daybreak.areas.flags.triggers.requests import NewTrigger
from daybreak.areas.flags.triggers.resource import FLAG_TRIGGER
from daybreak.rest.crud import remove_route
from daybreak.rest.routing import Route
from daybreak.rest.semantic_patch import InstructionsBody

OF_FLAG = "/api/v2/flags/{projectKey}/{featureFlagKey}/triggers/{environmentKey}"
ONE = f"{OF_FLAG}/{{id}}"
TAG = "Flag triggers"

# Those who fire send a few lines about themselves.
LARGEST_BODY = 64 * 1024


def routes(*, public_url: str) -> list[Route]:
    """`public_url` is where this server is reached from elsewhere, without a slash at the end."""
    return [
        Route(
            method="GET",
            path=OF_FLAG,
            run=partial(operations.list_triggers_of_flag, public_url=public_url),
            operation="getTriggerWorkflows",
            tag=TAG,
            summary="List the triggers of a flag in an environment",
            action=FEATURE_FLAG.view_action,
            specifier="proj/*:env/*:flag/*",
            answer=list[TriggerShape],
        ),
        Route(
            method="POST",
            path=OF_FLAG,
            run=partial(operations.create_trigger, public_url=public_url),
            operation="createTriggerWorkflow",
            tag=TAG,
            summary="Create a trigger of a flag; its URL is shown this once",
            action=f"{operations.CREATE} {operations.SWITCH}",
            specifier="proj/*:env/*:flag/*",
            body=NewTrigger,
            answer=TriggerShape,
            status=201,
        ),
        Route(
            method="GET",
            path=ONE,
            run=partial(operations.read_trigger, public_url=public_url),
            operation="getTriggerWorkflowById",
            tag=TAG,
            summary="Read one trigger of a flag",
            action=FEATURE_FLAG.view_action,
            specifier="proj/*:env/*:flag/*",
            answer=TriggerShape,
        ),
        Route(
            method="PATCH",
            path=ONE,
            run=partial(operations.patch_trigger, public_url=public_url),
            operation="patchTriggerWorkflow",
            tag=TAG,
            summary="Change a trigger by instructions; a new URL is shown this once",
            action=f"{UPDATE} {operations.SWITCH}",
            specifier="proj/*:env/*:flag/*",
            body=InstructionsBody,
            answer=TriggerShape,
        ),
        remove_route(FLAG_TRIGGER, ONE, "deleteTriggerWorkflow", tag=TAG, action="deleteTriggers"),
        Route(
            method="POST",
            path="/webhook/triggers/{id}/{secret}",
            run=fire_trigger,
            operation="fireTrigger",
            tag=TAG,
            summary="Switch a flag as its trigger says",
            public=True,
            raw_body=True,
            largest_body=LARGEST_BODY,
            answer=FiredShape,
            status=202,
            documented=False,
        ),
    ]
