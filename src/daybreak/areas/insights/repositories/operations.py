"""Repositories and the projects they belong to, which decides what deployments can be traced to."""

from daybreak.areas.insights.facts.relinking import relink_repository
from daybreak.areas.insights.facts.repositories import GIT, associate, dissociate, ensure_repository
from daybreak.areas.insights.repositories.expansions import EXPANSIONS
from daybreak.areas.insights.repositories.representation import (
    REPOSITORIES_PATH,
    AssociationShape,
    represent_repositories,
)
from daybreak.areas.insights.repositories.requests import Mapping, Mappings, RepositoriesQuery
from daybreak.areas.insights.repositories.store import (
    find_repository,
    list_project_ids,
    list_repositories,
)
from daybreak.areas.projects.queries import ProjectFact, project
from daybreak.logic.policy.address import Address
from daybreak.platform import audit
from daybreak.platform.errors import NotFound
from daybreak.rest.call import Call, Page
from daybreak.rest.expansion import load_expansions

ASSOCIATE = "createRepositoryAssociation"
DISSOCIATE = "deleteRepositoryAssociation"
VIEW = "viewRepository"


def list_all_repositories(call: Call, query: RepositoriesQuery) -> Page:
    """All that the caller may see, by key."""
    found = [
        repository
        for repository in list_repositories(call.db)
        if call.actor.may(VIEW, Address.of(("repository", repository.key)))
    ]
    expanded = load_expansions(call, query.expand, EXPANSIONS, found)
    return Page(represent_repositories(found, expanded), len(found))


def associate_repositories(call: Call, body: Mappings) -> Page:
    """Makes the associations that do not exist. A repository that is not known yet is added.

    Its host, address and branch stay unknown until git or a webhook tells them: projects can be set up before
    the first fact arrives.
    """
    changed = {repository_id for mapping in body.mappings if (repository_id := _associate(call, mapping))}
    for repository_id in sorted(changed):
        relink_repository(call.db, repository_id, call.now)
    shapes = [
        AssociationShape(repository_key=mapping.repository_key, project_key=mapping.project_key)
        for mapping in body.mappings
    ]
    return Page(shapes, len(shapes))


def _associate(call: Call, mapping: Mapping) -> str | None:
    """The repository's id if the association is new."""
    parent = project(call.db, mapping.project_key)
    address = _address(parent, mapping.repository_key)
    call.actor.require((ASSOCIATE,), address)
    known = find_repository(call.db, mapping.repository_key)
    if known is not None and parent.id in list_project_ids(call.db, [known.id]).get(known.id, ()):
        return None
    id = ensure_repository(call.db, mapping.repository_key, GIT, "", "", call.now)
    associate(call.db, id, parent.id)
    _record(call, parent, id, mapping.repository_key, ASSOCIATE)
    return id


def remove_association(call: Call, repository_key: str, project_key: str) -> None:
    """Takes a repository out of a project; what it explained there becomes unresolved. Raises NotFound."""
    parent = project(call.db, project_key)
    call.actor.require((DISSOCIATE,), _address(parent, repository_key))
    known = find_repository(call.db, repository_key)
    if known is None or parent.id not in list_project_ids(call.db, [known.id]).get(known.id, ()):
        raise NotFound(
            f"Invalid resource identifier: {repository_key!r} is no repository of the project {project_key!r}"
        )
    dissociate(call.db, known.id, parent.id)
    relink_repository(call.db, known.id, call.now, [parent.id])
    _record(call, parent, known.id, repository_key, DISSOCIATE)


def _address(parent: ProjectFact, repository_key: str) -> Address:
    return Address((*parent.address.segments, *Address.of(("repository", repository_key)).segments))


def _record(call: Call, parent: ProjectFact, id: str, key: str, action: str) -> None:
    association = {"repositoryKey": key, "projectKey": parent.key}
    is_made = action == ASSOCIATE
    entry = audit.AuditEntry(
        kind="repository",
        resource_id=id,
        address=str(_address(parent, key)),
        name=key,
        title_verb="associated the repository" if is_made else "dissociated the repository",
        actions=(action,),
        path=REPOSITORIES_PATH,
        parent_name=parent.name,
        before=None if is_made else association,
        after=association if is_made else None,
    )
    audit.record(call.db, call.actor, call.now, entry)
