"""Every URL of flag events."""

from daybreak.areas.insights.flag_events.operations import list_flag_events
from daybreak.areas.insights.flag_events.representation import FLAG_EVENTS_PATH, FlagEventShape
from daybreak.areas.insights.flag_events.requests import FlagEventsQuery
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="GET",
        path=FLAG_EVENTS_PATH,
        run=list_flag_events,
        operation="getFlagEvents",
        tag="Insights flag events (beta)",
        summary="List flag events",
        action="viewProject",
        specifier="proj/*:env/*",
        query=FlagEventsQuery,
        answer=list[FlagEventShape],
        beta=True,
    )
]
