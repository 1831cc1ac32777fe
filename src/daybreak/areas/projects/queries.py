"""What other areas may ask about projects and environments: frozen values out, never rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, or_, select

from daybreak.areas.projects.applications.tables import application_versions, applications
from daybreak.areas.projects.conditions import in_environment, in_project
from daybreak.areas.projects.environments.home import Home, in_homes
from daybreak.areas.projects.environments.model import Environment
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.environments.store import list_environments
from daybreak.areas.projects.environments.tables import environments, expiring_sdk_keys
from daybreak.areas.projects.projects.model import Project
from daybreak.areas.projects.projects.representation import project_path
from daybreak.areas.projects.projects.store import find_project, project_store
from daybreak.areas.projects.projects.tables import projects
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call
from daybreak.rest.operations import represent_all

__all__ = ["Home", "in_environment", "in_homes", "in_project"]

# Whoever may do this to an environment is shown its keys.
VIEW_ENVIRONMENT: Final = ENVIRONMENT.view_action


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """A project as other areas see it."""

    id: str
    key: str
    name: str
    tags: tuple[str, ...]
    created_at: int

    @property
    def address(self) -> Address:
        return Address.of(("proj", self.key, frozenset(self.tags)))


@dataclass(frozen=True, slots=True)
class NewFlagDefaults:
    """What new flags of a project start with where a caller says nothing else."""

    temporary: bool
    tags: tuple[str, ...]
    include_in_snippet: bool
    using_mobile_key: bool
    using_environment_id: bool
    true_name: str
    true_description: str
    false_name: str
    false_description: str
    on_variation: int
    off_variation: int


@dataclass(frozen=True, slots=True)
class EnvironmentFact:
    """An environment as other areas see it, with its project."""

    id: str
    key: str
    name: str
    tags: tuple[str, ...]
    critical: bool
    project: ProjectFact

    @property
    def home(self) -> Home:
        return Home(self.project.id, self.id)

    @property
    def address(self) -> Address:
        tags = {*self.tags, "critical"} if self.critical else self.tags
        return Address.of(
            ("proj", self.project.key, frozenset(self.project.tags)), ("env", self.key, frozenset(tags))
        )


@dataclass(frozen=True, slots=True)
class CredentialFact:
    """An SDK key (`sdk`) or mobile key (`mobile`) that works, and until when if its days are counted."""

    kind: str
    environment: EnvironmentFact
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class EnvironmentWithKeys:
    """An environment and what opens it. Of SDK keys on notice the last to expire, and when it does."""

    id: str
    key: str
    name: str
    project_id: str
    project_key: str
    project_name: str
    address: Address
    sdk_key: str = field(repr=False)
    mobile_key: str = field(repr=False)
    expiring_sdk_key: tuple[str, int] | None = field(repr=False)
    default_ttl: int
    secure_mode: bool


def _fact(found: Project) -> ProjectFact:
    return ProjectFact(found.id, found.key, found.name, found.tags, found.created_at)


def project(db: Transaction, key: str) -> ProjectFact:
    """Raises NotFound."""
    found = find_project(db, key)
    return _fact(found)


def new_flag_defaults(db: Transaction, key: str) -> NewFlagDefaults:
    """Raises NotFound."""
    found = find_project(db, key)
    defaults, boolean = found.flag_defaults, found.flag_defaults.boolean_defaults
    availability = found.default_client_side_availability
    return NewFlagDefaults(
        temporary=defaults.temporary,
        tags=defaults.tags,
        include_in_snippet=found.include_in_snippet_by_default,
        using_mobile_key=availability.using_mobile_key,
        using_environment_id=availability.using_environment_id,
        true_name=boolean.true_display_name,
        true_description=boolean.true_description,
        false_name=boolean.false_display_name,
        false_description=boolean.false_description,
        on_variation=boolean.on_variation,
        off_variation=boolean.off_variation,
    )


def projects_by_id(db: Transaction, ids: set[str]) -> dict[str, ProjectFact]:
    found = project_store.list_where(db, projects.c.id.in_(ids))
    return {p.id: _fact(p) for p in found}


def projects_by_key(db: Transaction, keys: Collection[str]) -> dict[str, ProjectFact]:
    """Those that exist."""
    found = project_store.list_where(db, projects.c.key.in_(keys))
    return {p.key: _fact(p) for p in found}


@dataclass(frozen=True, slots=True)
class ChangeableProject:
    """A project that somebody may change something in; `path` is where the API serves it."""

    id: str
    key: str
    name: str
    path: str


def projects_changeable(
    call: Call, policies: Mapping[str, Sequence[Policy]]
) -> dict[str, list[ChangeableProject]]:
    """Of the projects that the caller may see, those that one of the policies lets somebody change something
    in, by the names that the policies are given under.
    """
    if not any(policies.values()):
        return {}
    facts = [_fact(found) for found in project_store.list_where(call.db, order_by=[projects.c.name])]
    seen = [fact for fact in facts if call.actor.may("viewProject", fact.address)]
    return {
        name: [
            ChangeableProject(fact.id, fact.key, fact.name, project_path(fact.key))
            for fact in seen
            if any(policy.may_change_within(fact.address) for policy in given)
        ]
        for name, given in policies.items()
    }


# Asked by most requests, so put together once.
_ONE_ENVIRONMENT = (
    select(
        environments.c.id,
        environments.c.name,
        environments.c.tags,
        environments.c.critical,
        projects.c.id.label("project_id"),
        projects.c.name.label("project_name"),
        projects.c.tags.label("project_tags"),
        projects.c.created_at.label("project_created_at"),
    )
    .join(projects, environments.c.project_id == projects.c.id)
    .where(projects.c.key == bindparam("project_key"), environments.c.key == bindparam("environment_key"))
)


def environment(db: Transaction, project_key: str, environment_key: str) -> EnvironmentFact:
    """Raises NotFound, naming what is missing. One query where nothing is."""
    keys = {"project_key": project_key, "environment_key": environment_key}
    row = db.execute(_ONE_ENVIRONMENT, keys).first()
    if row is None:
        project(db, project_key)
        raise NotFound(
            f"Invalid resource identifier: the project {project_key!r} has no environment {environment_key!r}"
        )
    tags = tuple(row.project_tags)
    parent = ProjectFact(row.project_id, project_key, row.project_name, tags, row.project_created_at)
    return EnvironmentFact(row.id, environment_key, row.name, tuple(row.tags), row.critical, parent)


def environments_in(db: Transaction, parent: ProjectFact) -> list[EnvironmentFact]:
    """The environments of a project, oldest first."""
    return [
        EnvironmentFact(e.id, e.key, e.name, e.tags, e.critical, parent)
        for e in list_environments(db, {parent.id})
    ]


def environments_by_id(db: Transaction, ids: set[str]) -> dict[str, EnvironmentFact]:
    found = ENVIRONMENT.store.list_where(db, environments.c.id.in_(ids))
    parents = projects_by_id(db, {e.project_id for e in found})
    return {
        e.id: EnvironmentFact(e.id, e.key, e.name, e.tags, e.critical, parents[e.project_id]) for e in found
    }


def project_ids(db: Transaction, environment_ids: Collection[str]) -> dict[str, str]:
    """The project of each environment that exists, both by id. One query."""
    mine = environments.c
    found = db.rows(select(mine.id, mine.project_id).where(mine.id.in_(environment_ids)))
    return {row.id: row.project_id for row in found}


def representations_of_environments(call: Call, ids: set[str]) -> dict[str, object]:
    """Environments as the API shows them, by id."""
    found = ENVIRONMENT.store.list_where(call.db, environments.c.id.in_(ids))
    shapes = represent_all(call, ENVIRONMENT, found)
    return {environment.id: shape for environment, shape in zip(found, shapes, strict=True)}


def delivery_settings(db: Transaction, ids: Collection[str]) -> dict[str, tuple[str | None, int]]:
    """By id of an environment, its SDK key where it is in secure mode, and the minutes that SDKs may keep a
    flag.
    """
    mine = environments.c
    found = db.rows(select(mine.id, mine.sdk_key, mine.secure_mode, mine.default_ttl).where(mine.id.in_(ids)))
    return {row.id: (row.sdk_key if row.secure_mode else None, row.default_ttl) for row in found}


def sdk_key_of(db: Transaction, environment_id: str) -> str:
    """The key with which servers read an environment that exists."""
    key: str = db.value(select(environments.c.sdk_key).where(environments.c.id == environment_id))
    return key


def environment_for_credential(db: Transaction, secret: str, now: int) -> CredentialFact | None:
    """The environment of an SDK key or mobile key; SDK keys on notice count until they expire."""
    keys = environments.c.sdk_key, environments.c.mobile_key
    row = db.first(select(environments.c.id, keys[0]).where(or_(*(key == secret for key in keys))))
    if row is not None:
        kind = "sdk" if row.sdk_key == secret else "mobile"
        return CredentialFact(kind, environments_by_id(db, {row.id})[row.id])
    old = db.first(
        select(expiring_sdk_keys).where(
            expiring_sdk_keys.c.sdk_key == secret, expiring_sdk_keys.c.expires_at > now
        )
    )
    if old is None:
        return None
    found = environments_by_id(db, {old.environment_id})[old.environment_id]
    return CredentialFact("sdk", found, old.expires_at)


def environments_of(db: Transaction, project_key: str | None) -> list[EnvironmentFact]:
    """The environments of a project, or without a key those of all projects. Raises NotFound."""
    where = [] if project_key is None else [environments.c.project_id == project(db, project_key).id]
    found = ENVIRONMENT.store.list_where(db, *where)
    parents = projects_by_id(db, {e.project_id for e in found})
    return [EnvironmentFact(e.id, e.key, e.name, e.tags, e.critical, parents[e.project_id]) for e in found]


def environments_with_keys(
    db: Transaction, now: int, ids: Collection[str] | None = None, project_ids: Collection[str] = ()
) -> list[EnvironmentWithKeys]:
    """Those of some ids, and all of some projects; without ids every environment. Three queries."""
    mine = environments.c
    where = [] if ids is None else [or_(mine.id.in_(ids), mine.project_id.in_(project_ids))]
    found = ENVIRONMENT.store.list_where(db, *where, order_by=(mine.id,))
    parents = projects_by_id(db, {e.project_id for e in found})
    known = select(expiring_sdk_keys).where(expiring_sdk_keys.c.expires_at > now)
    some = (
        known if ids is None else known.where(expiring_sdk_keys.c.environment_id.in_([e.id for e in found]))
    )
    last = some.order_by(expiring_sdk_keys.c.expires_at, expiring_sdk_keys.c.sdk_key)
    expiring = {row.environment_id: (row.sdk_key, row.expires_at) for row in db.rows(last)}
    return [_with_keys(e, parents[e.project_id], expiring.get(e.id)) for e in found]


def _with_keys(
    environment: Environment, parent: ProjectFact, expiring: tuple[str, int] | None
) -> EnvironmentWithKeys:
    own = environment
    return EnvironmentWithKeys(
        id=own.id,
        key=own.key,
        name=own.name,
        project_id=parent.id,
        project_key=parent.key,
        project_name=parent.name,
        address=EnvironmentFact(own.id, own.key, own.name, own.tags, own.critical, parent).address,
        sdk_key=own.sdk_key,
        mobile_key=own.mobile_key,
        expiring_sdk_key=expiring,
        default_ttl=own.default_ttl,
        secure_mode=own.secure_mode,
    )


def versions_since(
    db: Transaction, application_keys: Collection[str], versions: Collection[str]
) -> dict[tuple[str, str], int]:
    """By application and version, of those that are known, since when there is such a version."""
    table = application_versions.c
    columns = applications.c.key.label("application_key"), table.key.label("name"), table.created_at
    known = select(*columns).where(
        table.application_id == applications.c.id,
        applications.c.key.in_(application_keys),
        table.key.in_(versions),
    )
    return {(row.application_key, row.name): row.created_at for row in db.rows(known)}
