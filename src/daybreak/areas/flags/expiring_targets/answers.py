"""What is answered about expiring targets, whosever they are."""

from collections.abc import Sequence
from typing import cast

from daybreak.areas.flags.expiring_targets.carrying_out import Outcome
from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.areas.flags.expiring_targets.representation import (
    ExpiringTargetShape,
    ExpiringTargetsShape,
    ExpiringUserTargetsShape,
    InstructionErrorShape,
    PatchedTargetsShape,
    PatchedUserTargetsShape,
    represent_users,
    self_link,
)
from daybreak.areas.flags.expiring_targets.requests import ExpiringTargetsPatch
from daybreak.areas.flags.targeting import USER
from daybreak.rest.call import Call
from daybreak.rest.resource import Resource

Targets = Resource[ExpiringTarget]


def answer_contexts(
    call: Call, resource: Targets, targets: Sequence[ExpiringTarget], href: str
) -> ExpiringTargetsShape:
    return ExpiringTargetsShape(items=_represent(call, resource, targets), links_=self_link(href))


def answer_users(
    call: Call, resource: Targets, targets: Sequence[ExpiringTarget], href: str
) -> ExpiringUserTargetsShape:
    """Of the targets those that are users."""
    users = [target for target in targets if target.context_kind == USER]
    return ExpiringUserTargetsShape(
        items=represent_users(_represent(call, resource, users)), links_=self_link(href)
    )


def answer_patched_contexts(
    call: Call, resource: Targets, body: ExpiringTargetsPatch, outcome: Outcome, href: str
) -> PatchedTargetsShape:
    return PatchedTargetsShape(
        items=_represent(call, resource, outcome.targets),
        links_=self_link(href),
        total_instructions=len(body.instructions),
        successful_instructions=len(body.instructions) - len(outcome.errors),
        failed_instructions=len(outcome.errors),
        errors=_represent_errors(outcome),
    )


def answer_patched_users(
    call: Call, resource: Targets, body: ExpiringTargetsPatch, outcome: Outcome, href: str
) -> PatchedUserTargetsShape:
    return PatchedUserTargetsShape(
        items=represent_users(_represent(call, resource, outcome.targets)),
        links_=self_link(href),
        total_instructions=len(body.instructions),
        successful_instructions=len(body.instructions) - len(outcome.errors),
        failed_instructions=len(outcome.errors),
        errors=_represent_errors(outcome),
    )


def _represent(call: Call, resource: Targets, targets: Sequence[ExpiringTarget]) -> list[ExpiringTargetShape]:
    return cast("list[ExpiringTargetShape]", resource.represent(call, targets, {}))


def _represent_errors(outcome: Outcome) -> list[InstructionErrorShape]:
    return [
        InstructionErrorShape(instruction_index=number, message=message)
        for number, message in outcome.errors.items()
    ]
