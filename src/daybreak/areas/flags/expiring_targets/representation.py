"""Expiring targets as the API shows them: of contexts, and of users as it was before there were contexts."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from daybreak.areas.flags.expiring_targets.model import ExpiringTarget
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

Item = TypeVar("Item", bound=Shape)
Unset = msgspec.UnsetType

FLAG = "flag"


class ResourceShape(Shape):
    """Whose target it is, and in which environment."""

    kind: str
    project_key: str
    environment_key: str
    key: str
    flag_key: str | Unset = msgspec.UNSET


class _DatedShape(Shape, kw_only=True):
    """When a target will be removed, and from which list of the resource."""

    id: str = msgspec.field(name="_id")
    version_: int = msgspec.field(name="_version")
    expiration_date: int
    variation_id: str | Unset = msgspec.UNSET
    target_type: str | Unset = msgspec.UNSET
    resource_id_: ResourceShape = msgspec.field(name="_resourceId")


class ExpiringTargetShape(_DatedShape, kw_only=True):
    """A context that will stop being targeted."""

    context_kind: str
    context_key: str


class ExpiringUserTargetShape(_DatedShape, kw_only=True):
    """A user that will stop being targeted."""

    user_key: str


class InstructionErrorShape(Shape):
    """An instruction that was not carried out, by its place in the patch."""

    instruction_index: int
    message: str


class ExpiringTargetsShape(Shape):
    """All expiring targets of a flag in an environment."""

    items: list[ExpiringTargetShape]
    links_: Links = msgspec.field(name="_links")


class ExpiringUserTargetsShape(Shape):
    """All expiring targets of users, of one flag or of one user."""

    items: list[ExpiringUserTargetShape]
    links_: Links = msgspec.field(name="_links")


class _PatchedShape(Shape, kw_only=True):
    """What became of a patch."""

    links_: Links = msgspec.field(name="_links")
    total_instructions: int
    successful_instructions: int
    failed_instructions: int
    errors: list[InstructionErrorShape]


class PatchedTargetsShape(_PatchedShape, kw_only=True):
    """What a patch added and changed, and which of its instructions failed."""

    items: list[ExpiringTargetShape]


class PatchedUserTargetsShape(_PatchedShape, kw_only=True):
    """What a patch added and changed, and which of its instructions failed."""

    items: list[ExpiringUserTargetShape]


def flag_targets_path(project_key: str, flag_key: str, environment_key: str) -> str:
    return path("/api/v2/flags/{p}/{f}/expiring-targets/{e}", p=project_key, f=flag_key, e=environment_key)


def flag_users_path(project_key: str, flag_key: str, environment_key: str) -> str:
    return path(
        "/api/v2/flags/{p}/{f}/expiring-user-targets/{e}", p=project_key, f=flag_key, e=environment_key
    )


def segment_targets_path(project_key: str, segment_key: str, environment_key: str) -> str:
    return path(
        "/api/v2/segments/{p}/{s}/expiring-targets/{e}", p=project_key, s=segment_key, e=environment_key
    )


def segment_users_path(project_key: str, segment_key: str, environment_key: str) -> str:
    return path(
        "/api/v2/segments/{p}/{s}/expiring-user-targets/{e}", p=project_key, s=segment_key, e=environment_key
    )


def user_flags_path(project_key: str, user_key: str, environment_key: str) -> str:
    return path(
        "/api/v2/users/{p}/{u}/expiring-user-targets/{e}", p=project_key, u=user_key, e=environment_key
    )


def represent_contexts(
    targets: Sequence[ExpiringTarget], owners: Mapping[str, ResourceShape]
) -> list[ExpiringTargetShape]:
    """`owners` are the shapes of what the targets belong to, by the targets' ids."""
    return [
        _with_list(
            target,
            ExpiringTargetShape(
                id=target.id,
                version_=target.version,
                expiration_date=target.expires_at,
                context_kind=target.context_kind,
                context_key=target.context_key,
                resource_id_=owners[target.id],
            ),
        )
        for target in targets
    ]


def represent_users(shapes: Sequence[ExpiringTargetShape]) -> list[ExpiringUserTargetShape]:
    return [
        ExpiringUserTargetShape(
            id=shape.id,
            version_=shape.version_,
            expiration_date=shape.expiration_date,
            variation_id=shape.variation_id,
            target_type=shape.target_type,
            resource_id_=shape.resource_id_,
            user_key=shape.context_key,
        )
        for shape in shapes
    ]


def _with_list(target: ExpiringTarget, shape: ExpiringTargetShape) -> ExpiringTargetShape:
    if target.resource_kind == FLAG:
        shape.variation_id = target.listed_in
    else:
        shape.target_type = target.listed_in
    return shape


def self_link(href: str) -> Links:
    return links(self=href)
