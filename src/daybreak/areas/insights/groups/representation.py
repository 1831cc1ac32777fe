"""Insight groups as the API shows them."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.insights.groups.model import InsightGroup
from daybreak.areas.insights.scores.representation import PeriodShape, ScoresShape
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.rest.call import Shape
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import path


class ScoreMetadataShape(Shape):
    """The periods that a group's scores compare."""

    period: PeriodShape
    last_period: PeriodShape


class GroupScores(Shape):
    """What the expansion `scores` adds to a group."""

    scores: ScoresShape
    score_metadata: ScoreMetadataShape


class InsightGroupShape(Shape):
    """A group, with its scores and its environment where they were asked for."""

    key: str
    name: str
    project_key: str
    environment_key: str
    application_keys: list[str]
    created_at: int
    environment: Any = msgspec.UNSET
    scores: ScoresShape | msgspec.UnsetType = msgspec.UNSET
    score_metadata: ScoreMetadataShape | msgspec.UnsetType = msgspec.UNSET


def group_path(key: str) -> str:
    return path("/api/v2/engineering-insights/insights/groups/{key}", key=key)


def represent_groups(
    groups: Sequence[InsightGroup], parents: Mapping[str, EnvironmentFact], expanded: Expanded
) -> list[InsightGroupShape]:
    """`parents` are the groups' environments by id."""
    environments: Mapping[str, Any] = expanded.get("environment", {})
    scored: Mapping[str, GroupScores] = expanded.get("scores", {})
    return [
        InsightGroupShape(
            key=group.key,
            name=group.name,
            project_key=parents[group.environment_id].project.key,
            environment_key=parents[group.environment_id].key,
            application_keys=list(group.application_keys),
            created_at=group.created_at,
            environment=environments.get(group.id, msgspec.UNSET),
            scores=scored[group.id].scores if group.id in scored else msgspec.UNSET,
            score_metadata=scored[group.id].score_metadata if group.id in scored else msgspec.UNSET,
        )
        for group in groups
    ]
