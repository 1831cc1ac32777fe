"""What a group can be shown with: its environment, and its scores."""

from collections.abc import Mapping, Sequence
from typing import Any

from daybreak.areas.insights.groups.model import InsightGroup
from daybreak.areas.insights.groups.representation import GroupScores, ScoreMetadataShape
from daybreak.areas.insights.scores.model import Scope, Scored
from daybreak.areas.insights.scores.operations import score_all
from daybreak.areas.insights.scores.representation import represent_period, represent_scores
from daybreak.areas.projects.queries import Home, representations_of_environments
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expansion


def score_groups(call: Call, groups: Sequence[InsightGroup]) -> dict[str, Scored]:
    """The scores of each group, by its id. Equal scopes are computed once."""
    scopes = {
        group.id: Scope(Home(group.project_id, group.environment_id), group.application_keys)
        for group in groups
    }
    scored = score_all(call.db, list(dict.fromkeys(scopes.values())), call.now, call.now)
    return {id: scored[scope] for id, scope in scopes.items()}


def _load_scores(call: Call, groups: Sequence[InsightGroup]) -> Mapping[str, GroupScores]:
    return {
        id: GroupScores(
            scores=represent_scores(scored.card),
            score_metadata=ScoreMetadataShape(
                period=represent_period(scored.period), last_period=represent_period(scored.last_period)
            ),
        )
        for id, scored in score_groups(call, groups).items()
    }


def _load_environments(call: Call, groups: Sequence[InsightGroup]) -> Mapping[str, Any]:
    shapes = representations_of_environments(call, {group.environment_id for group in groups})
    return {group.id: shapes[group.environment_id] for group in groups}


EXPANSIONS = (
    Expansion("scores", "the group's eleven scores", _load_scores),
    Expansion("environment", "the group's environment", _load_environments),
)
