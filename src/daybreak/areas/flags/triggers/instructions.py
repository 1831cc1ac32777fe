"""What patches of triggers may ask for. Each is a pure function from a trigger to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import msgspec

from daybreak.areas.flags.triggers.model import FlagTrigger
from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.semantic_patch import Instruction, NoParameters

UPDATE = "updateTriggers"


@dataclass(frozen=True, slots=True)
class TriggerScene:
    """The digest of the secret that a new URL would have."""

    digest: str


class TriggerAction(Body):
    """What is done to the flag."""

    kind: Literal["turnFlagOn", "turnFlagOff"]


Actions = Annotated[list[TriggerAction], msgspec.Meta(max_length=1)]


class _NewActions(Body):
    value: Actions


def as_instructions(actions: Sequence[TriggerAction]) -> tuple[Mapping[str, Json], ...]:
    return tuple({"kind": action.kind} for action in actions)


def _replace_actions(trigger: FlagTrigger, given: _NewActions, _: TriggerScene) -> FlagTrigger:
    return replace(trigger, instructions=as_instructions(given.value))


def _cycle_url(trigger: FlagTrigger, _: NoParameters, scene: TriggerScene) -> FlagTrigger:
    return replace(trigger, digest=scene.digest)


def _disable(trigger: FlagTrigger, _: NoParameters, __: TriggerScene) -> FlagTrigger:
    return replace(trigger, enabled=False)


def _enable(trigger: FlagTrigger, _: NoParameters, __: TriggerScene) -> FlagTrigger:
    return replace(trigger, enabled=True)


INSTRUCTIONS: Mapping[str, Instruction[FlagTrigger, TriggerScene]] = {
    "replaceTriggerActionInstructions": Instruction(_NewActions, _replace_actions, UPDATE),
    "cycleTriggerUrl": Instruction(NoParameters, _cycle_url, UPDATE),
    "disableTrigger": Instruction(NoParameters, _disable, UPDATE),
    "enableTrigger": Instruction(NoParameters, _enable, UPDATE),
}


def grants_more(before: FlagTrigger, after: FlagTrigger) -> bool:
    """Whether somebody can do to the flag afterwards what nobody could do before."""
    if after.digest != before.digest or after.instructions != before.instructions:
        return True
    return after.enabled and not before.enabled
