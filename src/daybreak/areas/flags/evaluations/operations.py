"""Every flag, evaluated for a context that the caller describes. Nothing of it is counted or remembered."""

from collections.abc import Sequence
from dataclasses import replace

from daybreak.areas.flags.evaluations.representation import EvaluationShape, represent_evaluation
from daybreak.areas.flags.evaluations.requests import ALL, EvaluationsQuery
from daybreak.areas.flags.evaluations.resource import EVALUATED_FLAG
from daybreak.areas.flags.evaluations.state import EnvironmentState, parse_body
from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.resource import ARCHIVED
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.projects.queries import environment
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call, Page
from daybreak.rest.expansion import Expanded
from daybreak.rest.operations import read_page

# More than any project has.
_ALL_FLAGS = 1_000_000


def evaluate_flags(
    call: Call, body: dict[str, Json], query: EvaluationsQuery, project_key: str, environment_key: str
) -> Page:
    """A page of the flags that the caller may see, each with what it serves the context."""
    if query.limit == 0:
        raise InvalidRequest(f"limit: a number above 0, or {ALL} for all flags")
    context = parse_body(body)
    place = environment(call.db, project_key, environment_key)
    state = EnvironmentState(call.db, place)

    def represent(call: Call, flags: Sequence[FeatureFlag], expanded: Expanded) -> list[EvaluationShape]:  # noqa: ARG001 - the shape of every representation
        results = state.evaluate(context, list(flags))
        return [represent_evaluation(flag, results[flag.key], project_key) for flag in flags]

    page = read_page(
        call,
        replace(EVALUATED_FLAG, represent=represent),
        [feature_flags.c.project_id == place.project.id, ~ARCHIVED],
        limit=_ALL_FLAGS if query.limit == ALL else query.limit,
        offset=query.offset,
        filter=query.filter,
        sort=query.sort,
    )
    return replace(page, limit=None) if query.limit == ALL else page
