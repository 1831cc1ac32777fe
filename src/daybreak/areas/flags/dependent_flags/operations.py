"""Dependent flags: those that are not archived, and that the caller may see."""

from daybreak.areas.flags.dependent_flags.representation import (
    DependentFlagsInEnvironmentShape,
    DependentFlagsShape,
    represent_everywhere,
    represent_in_environment,
)
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, only_visible
from daybreak.areas.flags.feature_flags.store import list_flags
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_in, project
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one


def list_dependent_flags(call: Call, project_key: str, feature_flag_key: str) -> DependentFlagsShape:
    """Over all environments."""
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    places = environments_in(call.db, project(call.db, project_key))
    found = [
        (other, needing)
        for other in _list_visible(call, flag.project_id)
        if (needing := [place for place in places if _needs(other, flag.key, place)])
    ]
    return represent_everywhere(project_key, flag.key, found)


def list_dependent_flags_in_environment(
    call: Call, project_key: str, environment_key: str, feature_flag_key: str
) -> DependentFlagsInEnvironmentShape:
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    place = environment(call.db, project_key, environment_key)
    found = [other for other in _list_visible(call, flag.project_id) if _needs(other, flag.key, place)]
    return represent_in_environment(place, flag.key, found)


def _needs(flag: FeatureFlag, key: str, place: EnvironmentFact) -> bool:
    return any(needed.key == key for needed in flag.in_environment(place.id).prerequisites)


def _list_visible(call: Call, project_id: str) -> list[FeatureFlag]:
    live = [flag for flag in list_flags(call.db, project_id) if not flag.is_archived]
    return only_visible(call, sorted(live, key=lambda flag: flag.key))
