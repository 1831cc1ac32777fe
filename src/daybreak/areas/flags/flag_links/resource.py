"""Flag links. Policies name them as the flag: `createFlagLink`, `updateFlagLink`, `deleteFlagLink`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id, find_bare_flag
from daybreak.areas.flags.flag_links.model import FlagLink
from daybreak.areas.flags.flag_links.representation import (
    FlagLinkShape,
    flag_link_path,
    represent_flag_link,
)
from daybreak.areas.flags.flag_links.requests import FlagLinkFields
from daybreak.areas.flags.flag_links.store import find_flag_link, flag_link_store
from daybreak.areas.flags.flag_links.tables import flag_links
from daybreak.areas.flags.members import represent_members
from daybreak.areas.projects.queries import ProjectFact, project, projects_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Editing, Place, Resource


def _find(call: Call, project_key: str, feature_flag_key: str, id: str) -> FlagLink:
    flag = find_bare_flag(call.db, project(call.db, project_key).id, feature_flag_key)
    return find_flag_link(call.db, flag.id, id)


def _within(call: Call, project_key: str, feature_flag_key: str) -> Sequence[ColumnElement[bool]]:
    flag = find_bare_flag(call.db, project(call.db, project_key).id, feature_flag_key)
    return (flag_links.c.flag_id == flag.id,)


def _addresses(db: Transaction, found: Sequence[FlagLink]) -> list[Address]:
    flags = bare_flags_by_id(db, {flag_link.flag_id for flag_link in found})
    ordered = [flags[flag_link.flag_id] for flag_link in found]
    return list(FEATURE_FLAG.addresses(db, ordered))


def _place(db: Transaction, flag_link: FlagLink) -> Place:
    parent, flag = _surroundings(db, [flag_link])[flag_link.flag_id]
    name = flag_link.title or flag_link.deep_link
    here = flag_link_path(parent.key, flag.key, flag_link.id)
    return Place(name, here, flag.name, flag_path(parent.key, flag.key))


def _represent(call: Call, found: Sequence[FlagLink], expanded: Expanded) -> list[FlagLinkShape]:  # noqa: ARG001 - the shape of every representation
    around = _surroundings(call.db, found)
    members = represent_members(call.db, {flag_link.member_id for flag_link in found})
    return [
        represent_flag_link(flag_link, parent.key, flag.key, members[flag_link.member_id])
        for flag_link in found
        for parent, flag in [around[flag_link.flag_id]]
    ]


def _surroundings(db: Transaction, found: Sequence[FlagLink]) -> dict[str, tuple[ProjectFact, FeatureFlag]]:
    """The flags with their projects, by the flags' ids."""
    flags = bare_flags_by_id(db, {flag_link.flag_id for flag_link in found})
    parents = projects_by_id(db, {flag.project_id for flag in flags.values()})
    return {id: (parents[flag.project_id], flag) for id, flag in flags.items()}


def _read_fields(flag_link: FlagLink) -> FlagLinkFields:
    return msgspec.convert(flag_link, FlagLinkFields, from_attributes=True)


def _write_fields(flag_link: FlagLink, fields: FlagLinkFields) -> FlagLink:
    return replace(flag_link, title=fields.title, description=fields.description)


FLAG_LINK: Resource[FlagLink] = Resource(
    kind="flag-link",
    specifier="proj/*:env/*:flag/*",
    store=flag_link_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=FEATURE_FLAG.view_action,
    sorts={"creationDate": flag_links.c.created_at},
    default_sort="creationDate",
    unique=(flag_links.c.flag_id, flag_links.c.key),
    editing=Editing(
        fields=FlagLinkFields,
        read=_read_fields,
        write=_write_fields,
        actions={"/title": "updateFlagLink", "/description": "updateFlagLink"},
    ),
)
