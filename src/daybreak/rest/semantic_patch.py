"""Semantic patches: a list of instructions in the words of the resource, all of them or none.

A resource offers its instructions by name; each is a pure function from a model to the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import msgspec

from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Body, SemanticPatch
from daybreak.rest.editing import Edit
from daybreak.rest.keys import Text
from daybreak.rest.parsing import convert

Model = TypeVar("Model")
Scene = TypeVar("Scene")

MOST_INSTRUCTIONS = 1_500


@dataclass(frozen=True, slots=True)
class Instruction(Generic[Model, Scene]):
    """What one kind of instruction takes, what it makes of a model, and the action that it needs."""

    parameters: type[Body]
    apply: Callable[[Model, Any, Scene], Model]
    action: str


class NoParameters(Body):
    """An instruction that says everything by its kind."""


class InstructionsBody(Body):
    """The body of an operation that takes instructions and nothing else, whatever its media type."""

    instructions: Annotated[list[dict[str, Json]], msgspec.Meta(min_length=1, max_length=MOST_INSTRUCTIONS)]
    comment: Text | None = None

    def read(self) -> "Instructions":
        return Instructions(None, self.comment or "", tuple(self.instructions))


class _SemanticBody(Body):
    instructions: list[dict[str, Json]]
    comment: str | None = None
    environment_key: str | None = None


@dataclass(frozen=True, slots=True)
class Instructions:
    """A semantic patch that has been read: where it applies, why, and what to do."""

    environment_key: str | None
    comment: str
    items: tuple[Mapping[str, Json], ...]


def parse_instructions(patch: SemanticPatch) -> Instructions:
    """Raises ValidationFailed, or InvalidRequest for none or too many instructions."""
    body = convert(patch.value, _SemanticBody)
    if not 0 < len(body.instructions) <= MOST_INSTRUCTIONS:
        raise InvalidRequest(f"instructions: one at least, {MOST_INSTRUCTIONS} at most")
    return Instructions(body.environment_key, body.comment or "", tuple(body.instructions))


def follow(
    instructions: Instructions,
    before: Model,
    scene: Scene,
    known: Mapping[str, Instruction[Model, Scene]],
) -> Edit[Model]:
    """The edit that the instructions come to, one after the other.

    Raises:
        InvalidRequest: an unknown kind, or an instruction that cannot be carried out.
        ValidationFailed: parameters that do not fit.

    """
    after, actions = before, []
    for number, item in enumerate(instructions.items):
        kind = item.get("kind")
        instruction = known.get(kind) if isinstance(kind, str) else None
        if instruction is None:
            raise InvalidRequest(f"instructions[{number}]: {kind!r} is unknown; known: {', '.join(known)}")
        parameters = convert(dict(item), instruction.parameters)
        after = instruction.apply(after, parameters, scene)
        actions.append(instruction.action)
    return Edit(after, tuple(dict.fromkeys(actions)), instructions.comment)


def is_semantic(content_type: str) -> bool:
    """Whether a media type announces a semantic patch, however it is spaced and cased."""
    parameters = [part.strip().lower() for part in content_type.split(";")[1:]]
    return any(
        name.strip() == "domain-model" and value.strip().strip('"') == "launchdarkly.semanticpatch"
        for name, _, value in (parameter.partition("=") for parameter in parameters)
    )
