"""`expand=a,b`: optional parts of a representation, each loaded once for the whole page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.parsing import parse_list

# expansion name -> id of the resource -> what is shown
Expanded = Mapping[str, Mapping[str, Any]]
NOTHING: Expanded = {}


@dataclass(frozen=True, slots=True)
class Expansion:
    """A part that a caller may ask for. `load` gets the whole page and answers by id."""

    name: str
    description: str
    load: Callable[[Call, Sequence[Any]], Mapping[str, Any]]


def parse_expand(text: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """The names asked for.

    Raises:
        InvalidRequest: an unknown name; the known ones are listed.

    """
    names = parse_list(text)
    for name in names:
        if name not in known:
            raise InvalidRequest(f"expand: {name!r} is unknown here; known: {', '.join(known) or 'none'}")
    return names


def load_expansions(
    call: Call, text: str | None, expansions: Sequence[Expansion], models: Sequence[Any]
) -> Expanded:
    """What `expand=` asks for. One load per expansion, however many models."""
    wanted = parse_expand(text, [expansion.name for expansion in expansions])
    return {
        expansion.name: expansion.load(call, models) for expansion in expansions if expansion.name in wanted
    }
