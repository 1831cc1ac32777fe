"""What of groups is not the same as of every resource: making one, and counting indicators over all."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import ColumnElement, or_

from daybreak.areas.insights.facts.tables import insight_groups
from daybreak.areas.insights.groups.expansions import score_groups
from daybreak.areas.insights.groups.model import InsightGroup
from daybreak.areas.insights.groups.requests import InsightGroupsQuery, NewInsightGroup
from daybreak.areas.insights.groups.resource import INSIGHT_GROUP
from daybreak.areas.insights.groups.store import list_groups
from daybreak.areas.projects.queries import environment
from daybreak.logic.scoring.model import Indicator, Metric
from daybreak.platform.expressions import contains_text
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call, Page
from daybreak.rest.expansion import parse_expand
from daybreak.rest.operations import read_page, visible

_KNOWN = ("scores", "environment", "metadata")


def make_group(call: Call, body: NewInsightGroup) -> InsightGroup:
    """Raises NotFound for a project or environment that is not there."""
    parent = environment(call.db, body.project_key, body.environment_key)
    return InsightGroup(
        id=object_id(),
        key=body.key,
        name=body.name,
        project_id=parent.project.id,
        environment_id=parent.id,
        application_keys=tuple(dict.fromkeys(body.application_keys)),
        created_at=call.now,
        version=1,
    )


def list_insight_groups(call: Call, query: InsightGroupsQuery) -> Page:
    """A page of groups. `metadata` counts the indicators of all that match, not of the page alone."""
    expand = parse_expand(query.expand, _KNOWN)
    where = [_matches(query.query)] if query.query else []
    page = read_page(
        call,
        INSIGHT_GROUP,
        where,
        limit=query.limit,
        offset=query.offset,
        sort=query.sort,
        expand=",".join(name for name in expand if name != "metadata"),
    )
    if "metadata" not in expand:
        return page
    every = list_groups(call.db, [*where, *visible(call, INSIGHT_GROUP)])
    return replace(page, extra={"metadata": {"countByIndicator": _count_by_indicator(call, every)}})


def _matches(text: str) -> ColumnElement[bool]:
    return or_(contains_text(insight_groups.c.name, text), contains_text(insight_groups.c.key, text))


def _count_by_indicator(call: Call, groups: list[InsightGroup]) -> dict[str, int]:
    overall = [scored.card.scores[Metric.OVERALL] for scored in score_groups(call, groups).values()]
    counts = Counter(score.indicator for score in overall)
    return {str(indicator): counts[indicator] for indicator in Indicator} | {"total": len(groups)}
