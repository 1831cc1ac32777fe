"""Facts of webhooks, each told to what it concerns. What each function returns is for people: None, nothing
new.
"""

from collections.abc import Collection

from sqlalchemy import select

from daybreak.areas.insights.facts.changes import PULL_REQUEST, change_id
from daybreak.areas.insights.facts.commits import store_commits, store_tags
from daybreak.areas.insights.facts.deployments import record_deployment_event
from daybreak.areas.insights.facts.first_commits import read_first_commit_at
from daybreak.areas.insights.facts.linking import LATELY, OF_INTEREST, relink_unresolved
from daybreak.areas.insights.facts.placing import DeploymentEvent
from daybreak.areas.insights.facts.relinking import relink_changed
from daybreak.areas.insights.facts.repositories import associate, ensure_repository, list_projects
from daybreak.areas.insights.facts.sightings import (
    application_key,
    environment_keys,
    pull_request_fact,
    push_sightings,
)
from daybreak.areas.insights.facts.stored_changes import changes_by_id, store_pull_requests
from daybreak.areas.insights.facts.tables import repository_tags
from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact, environment
from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    PullRequestSeen,
    RepositorySeen,
    TagPushed,
)
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound


def take_pull_request(
    db: Transaction, project: ProjectFact, seen: PullRequestSeen, now: int, bot_names: Collection[str]
) -> str | None:
    repository_id = _place(db, project, seen.repository, now)
    id = change_id(repository_id, PULL_REQUEST, str(seen.number))
    before = changes_by_id(db, [id]).get(id)
    first_commit_at = read_first_commit_at(db, repository_id, seen.head_sha, seen.base_sha)
    fact = pull_request_fact(repository_id, seen, first_commit_at, now, bot_names)
    after = store_pull_requests(db, repository_id, [fact])[id]
    if after == before:
        return None
    relink_changed(db, repository_id, [after], now)
    return f"pull request {seen.repository.key}#{seen.number} is {after.status}"


def take_commits(
    db: Transaction, project: ProjectFact, pushed: CommitsPushed, now: int, bot_names: Collection[str]
) -> str | None:
    repository_id = _place(db, project, pushed.repository, now)
    sightings = push_sightings(pushed, now, bot_names)
    count = store_commits(db, repository_id, sightings)
    if not count.new:
        return None
    relink_unresolved(db, repository_id, now, LATELY)
    return f"{count.new} new commits on {pushed.branch} of {pushed.repository.key}"


def take_tag(db: Transaction, project: ProjectFact, pushed: TagPushed, now: int) -> str | None:
    repository_id = _place(db, project, pushed.repository, now)
    table = repository_tags.c
    same = (table.repository_id == repository_id, table.name == pushed.tag, table.sha == pushed.sha)
    if db.value(select(table.at).where(*same)) is not None:
        return None
    store_tags(
        db, repository_id, [(pushed.tag, pushed.sha, now if pushed.time_ms is None else pushed.time_ms)]
    )
    relink_unresolved(db, repository_id, now, LATELY)
    return f"tag {pushed.tag} of {pushed.repository.key}"


def take_deployment(db: Transaction, project: ProjectFact, seen: DeploymentSeen, now: int) -> str | None:
    """Deployments to environments that the project does not have are none of its business."""
    parent = _find_environment(db, project, seen.environment)
    if parent is None:
        return None
    _place(db, project, seen.repository, now)
    event = DeploymentEvent(
        application_key=application_key(seen.repository.key),
        version=seen.sha,
        type=seen.status.value,
        at=seen.time_ms,
        version_name=seen.ref or "",
        external_id=f"{seen.repository.provider.value}:{seen.external_id}",
    )
    record_deployment_event(db, parent, event, now)
    return f"deployment of {seen.repository.key} to {parent.key} {seen.status.value}"


def _find_environment(db: Transaction, project: ProjectFact, name: str) -> EnvironmentFact | None:
    for key in environment_keys(name):
        try:
            return environment(db, project.key, key)
        except NotFound:
            continue
    return None


def _place(db: Transaction, project: ProjectFact, seen: RepositorySeen, now: int) -> str:
    """The repository's id. Whoever sends its events to a project says that it belongs there."""
    id = ensure_repository(db, seen.key, seen.provider.value, seen.url or "", seen.default_branch or "", now)
    if project.id not in list_projects(db, id):
        associate(db, id, project.id)
        relink_unresolved(db, id, now, OF_INTEREST)
    return id
