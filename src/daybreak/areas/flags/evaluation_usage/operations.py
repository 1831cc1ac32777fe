"""Evaluation usage: what was counted of a flag in an environment along time, for each variation."""

from daybreak.areas.flags.evaluation_counts.model import Span
from daybreak.areas.flags.evaluation_counts.store import count_in_steps
from daybreak.areas.flags.evaluation_usage.buckets import cut_buckets
from daybreak.areas.flags.evaluation_usage.representation import EvaluationUsageShape, represent_usage
from daybreak.areas.flags.evaluation_usage.requests import EvaluationUsageQuery
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.projects.queries import environment
from daybreak.rest.call import Call
from daybreak.rest.operations import read_one


def read_evaluation_usage(
    call: Call, query: EvaluationUsageQuery, project_key: str, environment_key: str, feature_flag_key: str
) -> EvaluationUsageShape:
    """A point for each minute where the time begins within the past two hours, for each hour within the past
    two days, and else for each day; also where nothing was counted. Counts that were folded into hours or
    days belong to the bucket that holds their start.

    Raises:
        NotFound: no such project, environment or flag.
        Forbidden: the caller may not view the flag.
        InvalidRequest: bounds that make no sense, or an unknown time zone.

    """
    buckets = cut_buckets(query.start, query.to, query.zone, call.now)
    place = environment(call.db, project_key, environment_key)
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    span = Span(place.home, flag.id, buckets.starts[0], buckets.end)
    [counts] = count_in_steps(call.db, [span], buckets.step)
    points = list(zip(buckets.starts, buckets.add_up(counts), strict=True))
    return represent_usage(place, flag, points, query)
