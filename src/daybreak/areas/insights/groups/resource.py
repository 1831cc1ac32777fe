"""Insight groups. Policies name them as `proj/web:env/production:insight-group/checkout`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.insights.facts.tables import insight_groups
from daybreak.areas.insights.groups.expansions import EXPANSIONS
from daybreak.areas.insights.groups.model import InsightGroup
from daybreak.areas.insights.groups.representation import InsightGroupShape, group_path, represent_groups
from daybreak.areas.insights.groups.requests import InsightGroupFields
from daybreak.areas.insights.groups.store import find_group, group_store
from daybreak.areas.projects.queries import environments_by_id, in_environment
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.links import path
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def _find(call: Call, insight_group_key: str) -> InsightGroup:
    return find_group(call.db, insight_group_key)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - groups are listed over all projects
    return ()


def _addresses(db: Transaction, groups: Sequence[InsightGroup]) -> list[Address]:
    parents = environments_by_id(db, {group.environment_id for group in groups})
    return [
        Address(
            (
                *parents[group.environment_id].address.segments,
                *Address.of(("insight-group", group.key)).segments,
            )
        )
        for group in groups
    ]


def _place(db: Transaction, group: InsightGroup) -> Place:
    parent = environments_by_id(db, {group.environment_id})[group.environment_id]
    parent_path = path(
        "/api/v2/projects/{project}/environments/{key}", project=parent.project.key, key=parent.key
    )
    return Place(group.name, group_path(group.key), parent.name, parent_path)


def _represent(call: Call, groups: Sequence[InsightGroup], expanded: Expanded) -> list[InsightGroupShape]:
    parents = environments_by_id(call.db, {group.environment_id for group in groups})
    return represent_groups(groups, parents, expanded)


def _read_fields(group: InsightGroup) -> InsightGroupFields:
    return msgspec.convert(group, InsightGroupFields, from_attributes=True)


def _write_fields(group: InsightGroup, fields: InsightGroupFields) -> InsightGroup:
    keys = tuple(dict.fromkeys(fields.application_keys))
    return replace(group, name=fields.name, application_keys=keys)


INSIGHT_GROUP: Resource[InsightGroup] = Resource(
    kind="insight-group",
    specifier="proj/*:env/*:insight-group/*",
    store=group_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewInsightGroup",
    located=(
        Located(
            (*in_environment(insight_groups.c.environment_id), Level("insight-group", insight_groups.c.key))
        ),
    ),
    sorts={"name": insight_groups.c.name},
    default_sort="name",
    unique=(insight_groups.c.key,),
    expansions=EXPANSIONS,
    editing=Editing(
        fields=InsightGroupFields,
        read=_read_fields,
        write=_write_fields,
        actions={"/name": "updateInsightGroupName", "/applicationKeys": "updateInsightGroupApplications"},
    ),
)
