"""A whole history at once: what a clone tells of commits, and which of them were deployed when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, func, select, update

from daybreak.areas.insights.facts.changes import COMMIT, MERGED, PULL_REQUEST
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.commit_source import StoredCommits
from daybreak.areas.insights.facts.delivering import sign
from daybreak.areas.insights.facts.deployments import (
    deployment_id,
    new_deployment,
    register_in_environment,
)
from daybreak.areas.insights.facts.keeping import hold_kept_since
from daybreak.areas.insights.facts.links import store_deliveries
from daybreak.areas.insights.facts.placing import DeploymentEvent, StoredRun
from daybreak.areas.insights.facts.repositories import read_repository
from daybreak.areas.insights.facts.scope import FINISHED, IN_SCOPE, Scope
from daybreak.areas.insights.facts.stored_changes import (
    load_pull_requests,
    store_line_counts,
)
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.areas.projects.intake import ensure_application
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.connectors.git.releases import Release
from daybreak.logic.linking.changes import changes_of
from daybreak.logic.linking.graph import new_commits
from daybreak.platform.database import Transaction


@dataclass(frozen=True, slots=True)
class Linked:
    """What the deployments of a scope add up to."""

    pull_requests: int
    bot_pull_requests: int
    commits: int
    unresolved: int


def store_releases(
    db: Transaction,
    environment: EnvironmentFact,
    application_key: str,
    repository_id: str,
    releases: Sequence[Release],
    now: int,
) -> int:
    """Adds the releases that are new as finished deployments, nothing derived yet; how many there were. Those
    of a time of which not all are kept are taken for known: they were, or nobody will ask for them.
    """
    scope = Scope(environment.project.id, environment.id, application_key)
    kept_since = hold_kept_since(db, scope)
    known = _list_known(db, scope, {release.version for release in releases})
    rows = []
    for release in releases:
        ordinals = known.setdefault(release.version, {})
        if release.name in ordinals or release.at < kept_since:
            continue
        ordinal = ordinals[release.name] = 1 + max(ordinals.values(), default=0)
        event = DeploymentEvent(
            application_key=application_key,
            version=release.version,
            type=FINISHED,
            version_name=release.name,
        )
        run = StoredRun(
            deployment_id(scope, release.version, kept_since, ordinal), ordinal, None, FINISHED, release.at,
            release.at, release.at, release.name, {}, {},
        )  # fmt: skip
        row = new_deployment(environment, event, run)
        rows.append({**row, "repository_id": repository_id, "commit_sha": release.sha})
        ensure_application(
            db, application_key, application_key, "server", release.version, release.name, release.at, now
        )
    if rows:
        register_in_environment(db, scope, "server", min(row["at"] for row in rows))
        db.insert(deployments, rows)
    return len(rows)


def _list_known(db: Transaction, scope: Scope, versions: set[str]) -> dict[str, dict[str, int]]:
    """By which names each version has been deployed, with their latest ordinals: two tags may look the same
    as versions.
    """
    known: dict[str, dict[str, int]] = {}
    columns = (deployments.c.application_version, deployments.c.version_name)
    latest = func.max(deployments.c.ordinal).label("ordinal")
    for part in chunks(versions):
        of_versions = (IN_SCOPE, deployments.c.application_version.in_(part))
        statement = select(*columns, latest).where(*of_versions).group_by(*columns)
        for row in db.execute(statement, scope.parameters):
            known.setdefault(row.application_version, {})[row.version_name] = row.ordinal
    return known


def store_landed_pull_requests(db: Transaction, repository_id: str, tip: str) -> None:
    """Adds the pull requests that landed on the branch ending in `tip`, whether deployed or not."""
    source = StoredCommits(db, repository_id, needs_paths=False)
    source.load_every()
    known = load_pull_requests(db, repository_id).by_number.values()
    landed = changes_of(new_commits(tip, (), source), known, source.remarks().by_sha)
    store_deliveries(
        db,
        read_repository(db, repository_id),
        [sign(change, repository_id, source.at_hand) for change in landed if change.pull_request is not None],
    )


def count_pull_requests(db: Transaction, repository_id: str) -> int:
    """How many pull requests were merged in all, as far as anybody told."""
    merged = (changes.c.kind == PULL_REQUEST, changes.c.status == MERGED)
    statement = select(func.count()).where(changes.c.repository_id == repository_id, *merged)
    return int(db.value(statement))


def sum_up(db: Transaction, scope: Scope) -> Linked:
    kinds = db.rows(
        select(changes.c.kind, changes.c.is_bot, func.count(changes.c.id.distinct()).label("number"))
        .where(_is_linked(scope))
        .group_by(changes.c.kind, changes.c.is_bot)
    )
    number = {(row.kind, row.is_bot): row.number for row in kinds}
    unresolved = select(func.count()).where(IN_SCOPE, deployments.c.unresolved_reason.is_not(None))
    return Linked(
        pull_requests=number.get((PULL_REQUEST, True), 0) + number.get((PULL_REQUEST, False), 0),
        bot_pull_requests=number.get((PULL_REQUEST, True), 0),
        commits=number.get((COMMIT, True), 0) + number.get((COMMIT, False), 0),
        unresolved=int(db.execute(unresolved, scope.parameters).scalar_one()),
    )


def list_unmeasured(db: Transaction, scope: Scope, repository_id: str) -> dict[str, str]:
    """The commits by which changes landed whose lines nobody has counted, with the changes' ids."""
    statement = (
        select(changes.c.id, changes.c.kind, changes.c.external_id, changes.c.merge_sha)
        .distinct()
        .where(_is_linked(scope), changes.c.repository_id == repository_id, changes.c.files_changed == 0)
    )
    landed = {row.external_id if row.kind == COMMIT else row.merge_sha: row.id for row in db.rows(statement)}
    return {sha: id for sha, id in landed.items() if sha is not None}


def store_lines(db: Transaction, scope: Scope, counts: Mapping[str, tuple[int, int, int]]) -> None:
    """Files changed, lines added and deleted, by change id; deployments add them up."""
    store_line_counts(db, counts)
    totals = db.rows(
        select(
            deployment_changes.c.deployment_id,
            func.sum(changes.c.lines_added).label("added"),
            func.sum(changes.c.lines_deleted).label("deleted"),
        )
        .where(_is_linked(scope))
        .group_by(deployment_changes.c.deployment_id)
    )
    rows = [
        {
            "row_id": row.deployment_id,
            "of_project": scope.project_id,
            "new_added": row.added,
            "new_deleted": row.deleted,
        }
        for row in totals
    ]
    if rows:
        db.execute(_ADD_UP, rows)


def _is_linked(scope: Scope) -> ColumnElement[bool]:
    """Whether a row of changes and one of deployment_changes belong together, within the scope."""
    return and_(
        deployment_changes.c.change_id == changes.c.id,
        deployment_changes.c.project_id == scope.project_id,
        deployment_changes.c.environment_id == scope.environment_id,
        deployment_changes.c.application_key == scope.application_key,
    )


_ADD_UP = (
    update(deployments)
    .where(deployments.c.id == bindparam("row_id"), deployments.c.project_id == bindparam("of_project"))
    .values(lines_added=bindparam("new_added"), lines_deleted=bindparam("new_deleted"))
)
