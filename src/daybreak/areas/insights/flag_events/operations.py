"""Lists of flag events: changes of flags that may have reached end users."""

from daybreak.areas.flags.queries import ChangesAsked, list_changes
from daybreak.areas.insights.flag_events.representation import FLAG_EVENTS_PATH, represent_flag_event
from daybreak.areas.insights.flag_events.requests import FlagEventsQuery
from daybreak.areas.projects.queries import environment
from daybreak.rest.call import Call, Page
from daybreak.rest.cursors import parse_turn, parse_window, turn_links
from daybreak.rest.expansion import parse_expand

KNOWN_EXPANSIONS = ("experiments",)


def list_flag_events(call: Call, query: FlagEventsQuery) -> Page:
    """A page of flag events. Raises NotFound, Forbidden or InvalidRequest."""
    expanded = parse_expand(query.expand, KNOWN_EXPANSIONS)
    window, turn = parse_window(query, call.now), parse_turn(query)
    place = environment(call.db, query.project_key, query.environment_key)
    call.actor.require(("viewProject",), place.address)
    asked = ChangesAsked(
        place.home,
        window,
        tuple(query.application_key),
        with_global=query.global_ == "include",
        has_experiments=query.has_experiments,
        size=query.impact_size,
        key_part=query.query,
    )
    found = list_changes(call.db, asked, turn)
    return Page(
        [
            represent_flag_event(change, place, with_experiments="experiments" in expanded)
            for change in found.changes
        ],
        found.total,
        links=turn_links(FLAG_EVENTS_PATH, query, window, found.earlier, found.later),
    )
