"""What doors and the command line may tell: facts of webhooks, versions that run, and whole histories.

A history is told in steps, each of which leaves the database whole: `open_history`, `add_commits` as often as
there are batches, `add_releases`, and `add_line_counts` for what `list_unmeasured_commits` asks about. Told
again, it adds only what is new.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from daybreak.areas.insights.deployments.representation import DEPLOYMENTS_PATH
from daybreak.areas.insights.deployments.resource import deployment_address
from daybreak.areas.insights.deployments.running import RunningVersion, take_running_versions
from daybreak.areas.insights.facts.commits import store_commits, store_tags
from daybreak.areas.insights.facts.history import (
    Linked,
    count_pull_requests,
    list_unmeasured,
    store_landed_pull_requests,
    store_lines,
    store_releases,
    sum_up,
)
from daybreak.areas.insights.facts.linking import relink
from daybreak.areas.insights.facts.relinking import relink_repository
from daybreak.areas.insights.facts.repositories import (
    associate,
    ensure_repository,
    name_source,
    type_of_host,
)
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.sightings import git_sighting
from daybreak.areas.insights.facts.taking import (
    take_commits,
    take_deployment,
    take_pull_request,
    take_tag,
)
from daybreak.areas.projects.intake import ensure_project_and_environment
from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact, environment
from daybreak.connectors.facts import (
    CommitsPushed,
    DeploymentSeen,
    Fact,
    PullRequestSeen,
    TagPushed,
)
from daybreak.connectors.git.commits import GitCommit
from daybreak.connectors.git.differences import LineCounts
from daybreak.connectors.git.releases import Release
from daybreak.connectors.git.repository import RepositoryFacts
from daybreak.connectors.git.tags import Tag
from daybreak.platform import audit
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call

__all__ = [
    "Batch",
    "History",
    "HistoryAdded",
    "RunningVersion",
    "add_commits",
    "add_line_counts",
    "add_releases",
    "list_unmeasured_commits",
    "open_history",
    "take",
    "take_running_versions",
]


def take(
    db: Transaction, project: ProjectFact, fact: Fact, now: int, bot_names: Collection[str] = ()
) -> str | None:
    """Stores a fact and derives what follows from it. What it told that was new, in words; None: nothing.

    Workflow runs and releases tell nothing here: only their owner could say which of them deploy, and where
    to.
    """
    if isinstance(fact, PullRequestSeen):
        return take_pull_request(db, project, fact, now, bot_names)
    if isinstance(fact, CommitsPushed):
        return take_commits(db, project, fact, now, bot_names)
    if isinstance(fact, TagPushed):
        return take_tag(db, project, fact, now)
    if isinstance(fact, DeploymentSeen):
        return take_deployment(db, project, fact, now)
    return None


@dataclass(frozen=True, slots=True)
class History:
    """The history of a repository as that of one application in one environment."""

    environment: EnvironmentFact
    application_key: str
    repository_id: str
    repository_key: str

    @property
    def scope(self) -> Scope:
        return Scope(self.environment.project.id, self.environment.id, self.application_key)


@dataclass(frozen=True, slots=True)
class Batch:
    """How many commits were new, and whether some stored before turned out to have other parents."""

    new_commits: int = 0
    has_new_parents: bool = False

    def __add__(self, other: "Batch") -> "Batch":
        return Batch(self.new_commits + other.new_commits, self.has_new_parents or other.has_new_parents)


@dataclass(frozen=True, slots=True)
class HistoryAdded:
    """What a history amounts to: how much of it was new, and what its deployments delivered."""

    new_deployments: int
    new_pull_requests: int
    pull_requests: int
    linked: Linked


def open_history(
    call: Call,
    repository: RepositoryFacts,
    *,
    project_key: str,
    environment_key: str,
    application_key: str,
    path_globs: Sequence[str],
) -> History:
    """Creates project, environment and repository where absent, and notes that they belong together."""
    ensure_project_and_environment(call, project_key, environment_key)
    parent = environment(call.db, project_key, environment_key)
    url = repository.url or ""
    branch = repository.default_branch or ""
    id = ensure_repository(call.db, repository.key, type_of_host(url), url, branch, call.now)
    associate(call.db, id, parent.project.id)
    history = History(parent, application_key, id, repository.key)
    name_source(call.db, history.scope, id, path_globs)
    return history


def add_commits(
    db: Transaction, history: History, commits: Sequence[GitCommit], bot_names: Collection[str]
) -> Batch:
    """Stores a batch of commits. Parents come before children, in this batch or in one before it."""
    sightings = [git_sighting(commit, bot_names) for commit in commits]
    stored = store_commits(db, history.repository_id, sightings)
    return Batch(stored.new, stored.has_new_parents)


def add_releases(
    call: Call,
    history: History,
    releases: Sequence[Release],
    *,
    tags: Sequence[Tag],
    tip: str | None,
    added: Batch,
) -> HistoryAdded:
    """Stores tags and deployments, whose commits are stored already, and derives everything about them."""
    db, repository_id = call.db, history.repository_id
    before = count_pull_requests(db, repository_id)
    store_tags(db, repository_id, ((tag.name, tag.sha, tag.time_ms) for tag in tags))
    if tip is not None:
        store_landed_pull_requests(db, repository_id, tip)
    new = store_releases(db, history.environment, history.application_key, repository_id, releases, call.now)
    relink(db, history.scope, 0)
    if added.has_new_parents:
        # Other applications were linked by what pushes let us guess.
        relink_repository(db, repository_id, call.now)
    after = count_pull_requests(db, repository_id)
    result = HistoryAdded(new, after - before, after, sum_up(db, history.scope))
    if new or added.new_commits or after != before:
        _record(call, history, result, added)
    return result


def list_unmeasured_commits(db: Transaction, history: History) -> dict[str, str]:
    """The commits whose files and lines are to be counted, with the ids of the changes they landed."""
    return list_unmeasured(db, history.scope, history.repository_id)


def add_line_counts(
    call: Call, history: History, landed: Mapping[str, str], counts: Mapping[str, LineCounts]
) -> None:
    """`landed` as `list_unmeasured_commits` gave it."""
    measured = {landed[sha]: (each.files, each.added, each.deleted) for sha, each in counts.items()}
    store_lines(call.db, history.scope, measured)
    call.db.tell("repository", history.repository_id, at=call.now)


def _record(call: Call, history: History, result: HistoryAdded, added: Batch) -> None:
    parent = history.environment
    entry = audit.AuditEntry(
        kind="deployment",
        resource_id=history.repository_id,
        address=str(deployment_address(parent, history.application_key)),
        name=f"history of {history.repository_key}",
        title_verb="imported the",
        actions=("importDeployments",),
        path=DEPLOYMENTS_PATH,
        parent_name=parent.name,
        after={
            "commits": added.new_commits,
            "deployments": result.new_deployments,
            "pullRequests": result.new_pull_requests,
        },
    )
    audit.record(call.db, call.actor, call.now, entry)
