"""Lists of flag events. Who keeps flags supplies them; what is asked is checked here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from daybreak.areas.insights.flag_events.representation import FLAG_EVENTS_PATH, FlagEventShape
from daybreak.areas.insights.flag_events.requests import FlagEventsQuery
from daybreak.areas.projects.queries import EnvironmentFact, environment
from daybreak.rest.call import Call, Page
from daybreak.rest.cursors import Cursor, Turn, Window, parse_turn, parse_window, turn_links
from daybreak.rest.expansion import parse_expand

KNOWN_EXPANSIONS = ("experiments",)


@dataclass(frozen=True, slots=True)
class Question:
    """Which flag events are asked for. `impact_size` and `has_experiments` are None where either will do."""

    environment: EnvironmentFact
    window: Window
    turn: Turn
    application_keys: Sequence[str]
    flag_key_part: str | None
    impact_size: str | None
    has_experiments: bool | None
    includes_global: bool
    with_experiments: bool


@dataclass(frozen=True, slots=True)
class FoundFlagEvents:
    """One page of them, and the cursors of the pages beside it."""

    items: Sequence[FlagEventShape]
    total_count: int
    earlier: Cursor | None = None
    later: Cursor | None = None


class FlagEvents(Protocol):
    """Whoever keeps flags answers which of their changes may have reached end users."""

    def __call__(self, call: Call, question: Question) -> FoundFlagEvents: ...


def no_flag_events(call: Call, question: Question) -> FoundFlagEvents:  # noqa: ARG001 - the protocol's signature
    """What a server without flags knows."""
    return FoundFlagEvents((), 0)


def list_flag_events(call: Call, query: FlagEventsQuery, *, flag_events: FlagEvents) -> Page:
    """A page of flag events. Raises NotFound, Forbidden or InvalidRequest."""
    expanded = parse_expand(query.expand, KNOWN_EXPANSIONS)
    window, turn = parse_window(query, call.now), parse_turn(query)
    place = environment(call.db, query.project_key, query.environment_key)
    call.actor.require(("viewProject",), place.address)
    question = Question(
        environment=place,
        window=window,
        turn=turn,
        application_keys=query.application_key,
        flag_key_part=query.query,
        impact_size=query.impact_size,
        has_experiments=query.has_experiments,
        includes_global=query.global_ == "include",
        with_experiments="experiments" in expanded,
    )
    found = flag_events(call, question)
    return Page(
        found.items,
        found.total_count,
        links=turn_links(FLAG_EVENTS_PATH, query, window, found.earlier, found.later),
    )
