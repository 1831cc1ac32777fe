"""Statuses of flags: those that are not archived, and that the caller may see."""

from daybreak.areas.flags.evaluation_counts.store import list_requests
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, only_visible
from daybreak.areas.flags.feature_flags.store import list_live_flags_in
from daybreak.areas.flags.flag_statuses.model import status_of
from daybreak.areas.flags.flag_statuses.representation import (
    FlagStatusesShape,
    FlagStatusEverywhereShape,
    LinkedFlagStatusShape,
    represent_everywhere,
    represent_linked,
    represent_status,
    represent_statuses,
)
from daybreak.areas.flags.flag_statuses.requests import FlagStatusQuery
from daybreak.areas.projects.queries import environment, environments_in, project
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one


def list_flag_statuses(call: Call, project_key: str, environment_key: str) -> FlagStatusesShape:
    """Of all flags of the project: as many queries for one as for thousands."""
    place = environment(call.db, project_key, environment_key)
    requests = {each.flag_id: each for each in list_requests(call.db, [place.project.id], [place.id])}
    flags = only_visible(call, list_live_flags_in(call.db, place.project.id, place.id))
    statuses = [(flag, status_of(flag, place.id, requests.get(flag.id), call.now)) for flag in flags]
    return represent_statuses(
        place,
        (represent_linked(flag.key, place, status, requests.get(flag.id)) for flag, status in statuses),
    )


def read_flag_status(
    call: Call, project_key: str, environment_key: str, feature_flag_key: str
) -> LinkedFlagStatusShape:
    place = environment(call.db, project_key, environment_key)
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    request = next(iter(list_requests(call.db, [place.project.id], [place.id], [flag.id])), None)
    return represent_linked(flag.key, place, status_of(flag, place.id, request, call.now), request)


def read_flag_status_everywhere(
    call: Call, query: FlagStatusQuery, project_key: str, feature_flag_key: str
) -> FlagStatusEverywhereShape:
    """In every environment of the project, or in the one that is asked for."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    wanted = query.environment_key
    places = [
        place
        for place in environments_in(call.db, project(call.db, project_key))
        if wanted in {None, place.key}
    ]
    if not places:
        raise InvalidRequest(f"env: the project {project_key!r} has no environment {wanted!r}")
    found = list_requests(call.db, [flag.project_id], [place.id for place in places], [flag.id])
    requests = {each.environment_id: each for each in found}
    return represent_everywhere(
        project_key,
        flag.key,
        {
            place.key: represent_status(
                status_of(flag, place.id, requests.get(place.id), call.now), requests.get(place.id)
            )
            for place in places
        },
    )
