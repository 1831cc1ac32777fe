"""What of environments is not the same as of every resource: making one, and rotating its keys."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.requests import NewEnvironment, ResetKeyQuery
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.environments.store import (
    count_environments,
    keep_sdk_key,
    list_environments,
)
from daybreak.areas.projects.projects.model import Project
from daybreak.areas.projects.projects.store import find_project
from daybreak.platform.errors import Conflict, OptimisticLockingError
from daybreak.platform.identifiers import mobile_key, object_id, sdk_key
from daybreak.rest.call import Call, Shape
from daybreak.rest.editing import Edit
from daybreak.rest.operations import change, create, read_one, remove, represent_all, represent_one


class CopyConfiguration(Protocol):
    """Whoever keeps what is configured in environments copies it from one to another."""

    def __call__(self, call: Call, *, source_id: str, target_id: str) -> None:
        """Raises Forbidden where the caller may not see it all."""
        ...


def copy_nothing(call: Call, *, source_id: str, target_id: str) -> None:
    """Where nothing is configured in environments."""


def create_environment(
    call: Call, body: NewEnvironment, project_key: str, *, copy_configuration: CopyConfiguration
) -> Shape:
    """A new environment; one that has a source starts with its settings, and what is configured there."""
    project = find_project(call.db, project_key)
    made = create(call, ENVIRONMENT, make_environment(call, body, project), "createEnvironment")
    if body.source is not None:
        source = _read_source(call, project, body.source.key)
        copy_configuration(call, source_id=source.id, target_id=made.id)
    return represent_one(call, ENVIRONMENT, made)


def make_environment(call: Call, body: NewEnvironment, project: Project) -> Environment:
    """A new environment with fresh keys."""
    start = _starting_point(call, body, project)
    given: dict[str, Any] = {
        "default_ttl": body.default_ttl,
        "secure_mode": body.secure_mode,
        "default_track_events": body.default_track_events,
        "confirm_changes": body.confirm_changes,
        "require_comments": body.require_comments,
        "critical": body.critical,
        "tags": None if body.tags is None else tuple(body.tags),
    }
    return replace(
        start,
        key=body.key,
        name=body.name,
        color=body.color,
        **{name: value for name, value in given.items() if value is not None},
    )


def _starting_point(call: Call, body: NewEnvironment, project: Project) -> Environment:
    blank = Environment(
        id=object_id(),
        project_id=project.id,
        key="",
        name="",
        color="",
        sdk_key=sdk_key(),
        mobile_key=mobile_key(),
        default_ttl=0,
        secure_mode=False,
        default_track_events=False,
        require_comments=False,
        confirm_changes=False,
        critical=False,
        tags=(),
        created_at=call.now,
        version=1,
    )
    if body.source is None:
        return blank
    source = _read_source(call, project, body.source.key)
    if body.source.version is not None and body.source.version != source.version:
        raise OptimisticLockingError(
            f"The environment {source.key!r} has changed since version {body.source.version}"
        )
    return replace(
        source,
        id=blank.id,
        sdk_key=blank.sdk_key,
        mobile_key=blank.mobile_key,
        created_at=call.now,
        version=1,
    )


def _read_source(call: Call, project: Project, key: str) -> Environment:
    """Whoever may not see an environment gets no copy of it either. Raises NotFound or Forbidden."""
    return read_one(call, ENVIRONMENT, project_key=project.key, environment_key=key)


def represent_all_environments(call: Call, project: Project) -> Sequence[Shape]:
    """All environments of a project as a plain list, as the answers to its creation and change show them."""
    return represent_all(call, ENVIRONMENT, list_environments(call.db, {project.id}))


def delete_environment(call: Call, project_key: str, environment_key: str) -> None:
    """Takes the environment's keys and facts along. The last environment of a project stays."""
    environment = read_one(call, ENVIRONMENT, project_key=project_key, environment_key=environment_key)
    [address] = ENVIRONMENT.addresses(call.db, [environment])
    call.actor.require(("deleteEnvironment",), address)
    if count_environments(call.db, environment.project_id) == 1:
        raise Conflict("The last environment of a project cannot be deleted")
    remove(call, ENVIRONMENT, environment, "deleteEnvironment")


def reset_sdk_key(call: Call, query: ResetKeyQuery, project_key: str, environment_key: str) -> Shape:
    """A new SDK key; the old one works until `expiry`, so that running programs can be moved over."""
    before = read_one(call, ENVIRONMENT, project_key=project_key, environment_key=environment_key)
    after = change(call, ENVIRONMENT, before, Edit(replace(before, sdk_key=sdk_key()), ("updateSdkKey",), ""))
    if query.expiry is not None and query.expiry > call.now:
        keep_sdk_key(call.db, before, query.expiry)
    return represent_one(call, ENVIRONMENT, after)


def reset_mobile_key(call: Call, project_key: str, environment_key: str) -> Shape:
    """A new mobile key; the old one stops at once."""
    before = read_one(call, ENVIRONMENT, project_key=project_key, environment_key=environment_key)
    edit = Edit(replace(before, mobile_key=mobile_key()), ("updateMobileKey",), "")
    return represent_one(call, ENVIRONMENT, change(call, ENVIRONMENT, before, edit))
