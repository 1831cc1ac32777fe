"""Segments as a resource. Policies name them as `proj/web:env/production:segment/beta;tag`."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import ColumnElement

from daybreak.areas.flags.segments.conditions import CONDITIONS, KIND
from daybreak.areas.flags.segments.fields import ACTIONS
from daybreak.areas.flags.segments.model import Segment
from daybreak.areas.flags.segments.representation import SegmentShape, represent_segment, segment_path
from daybreak.areas.flags.segments.store import find_segment, segment_store
from daybreak.areas.flags.segments.tables import segments
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_by_id, in_environment
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.platform.tags import has_tag
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource
from daybreak.rest.visibility import Level, Located


def _find(call: Call, project_key: str, environment_key: str, segment_key: str) -> Segment:
    return find_segment(call.db, environment(call.db, project_key, environment_key).id, segment_key)


def _within(call: Call, project_key: str, environment_key: str) -> Sequence[ColumnElement[bool]]:
    return (segments.c.environment_id == environment(call.db, project_key, environment_key).id,)


def segment_address(place: EnvironmentFact, key: str, tags: Sequence[str]) -> Address:
    return Address((*place.address.segments, *Address.of((KIND, key, frozenset(tags))).segments))


def _addresses(db: Transaction, found: Sequence[Segment]) -> list[Address]:
    places = environments_by_id(db, {segment.environment_id for segment in found})
    return [segment_address(places[each.environment_id], each.key, each.tags) for each in found]


def _place(db: Transaction, segment: Segment) -> Place:
    place = environments_by_id(db, {segment.environment_id})[segment.environment_id]
    parent_path = f"/api/v2/projects/{place.project.key}/environments/{place.key}"
    return Place(segment.name, segment_path(place, segment.key), place.name, parent_path)


def _represent(call: Call, found: Sequence[Segment], expanded: Expanded) -> list[SegmentShape]:  # noqa: ARG001 - the shape of every representation
    places = environments_by_id(call.db, {segment.environment_id for segment in found})
    return [represent_segment(segment, places[segment.environment_id]) for segment in found]


SEGMENT: Resource[Segment] = Resource(
    kind=KIND,
    specifier="proj/*:env/*:segment/*",
    store=segment_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewSegment",
    located=(
        Located(
            (
                *in_environment(segments.c.environment_id),
                Level(KIND, segments.c.key, partial(has_tag, KIND, segments.c.id)),
            )
        ),
    ),
    tells=(*dict.fromkeys(ACTIONS.values()), "updateExpiringTargets", "exportSegment", "deleteSegment"),
    conditions=CONDITIONS,
    sorts={
        "creationDate": segments.c.created_at,
        "name": segments.c.name,
        "lastModified": segments.c.modified_at,
    },
    default_sort="-creationDate",
    tags=lambda segment: (segment.environment_id, segment.tags),
    unique=(segments.c.environment_id, segments.c.key),
)
