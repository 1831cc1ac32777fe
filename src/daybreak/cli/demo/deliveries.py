"""A year of made-up deployments and pull requests, told as by a team that came to Daybreak two months ago:
what was deployed before is imported from git, webhooks tell of the rest.
"""

from daybreak.areas.insights.intake import (
    add_commits,
    add_line_counts,
    add_releases,
    list_unmeasured_commits,
    open_history,
    take,
)
from daybreak.cli.demo.applications import APPLICATIONS
from daybreak.cli.demo.flags import ENVIRONMENT, PROJECT
from daybreak.cli.demo.history import DemoHistory, Deployed, make_history
from daybreak.cli.demo.schedule import PERIOD
from daybreak.connectors.facts import DeploymentSeen, DeploymentStatus, RepositorySeen
from daybreak.connectors.git.releases import Release
from daybreak.rest.call import Call

# A release that is imported costs next to nothing, a pipeline's events some milliseconds.
TOLD_FOR = 2 * PERIOD


def add_deliveries(call: Call) -> None:
    """Everything ends before the call does, most recently within the last day."""
    for application in APPLICATIONS:
        _add(call, application.key, make_history(application, call.now))


def _add(call: Call, application_key: str, told: DemoHistory) -> None:
    db = call.db
    history = open_history(
        call,
        told.repository,
        project_key=PROJECT,
        environment_key=ENVIRONMENT,
        application_key=application_key,
        path_globs=(),
    )
    project = history.environment.project
    for seen in told.pull_requests:
        take(db, project, seen, call.now)
    imported = [each for each in told.deployed if each.started_at < call.now - TOLD_FOR]
    # While nobody knows what they are made of there is nothing to link: that is done once, for all of them.
    for number, deployed in enumerate(told.deployed[len(imported) :], 1):
        for event in _represent_events(told.seen, str(number), deployed):
            take(db, project, event, call.now)
    added = add_commits(db, history, told.commits, ())
    releases = [Release(each.sha, each.name, each.sha, each.ended_at) for each in imported]
    add_releases(call, history, releases, tags=(), tip=told.repository.tip, added=added)
    landed = list_unmeasured_commits(db, history)
    add_line_counts(call, history, landed, {sha: told.lines[sha] for sha in landed})


def _represent_events(repository: RepositorySeen, id: str, deployed: Deployed) -> list[DeploymentSeen]:
    end = DeploymentStatus.FAILED if deployed.has_failed else DeploymentStatus.FINISHED
    steps = ((DeploymentStatus.STARTED, deployed.started_at), (end, deployed.ended_at))
    return [
        DeploymentSeen(
            repository=repository,
            external_id=id,
            status=status,
            time_ms=at,
            environment=ENVIRONMENT,
            is_production=True,
            sha=deployed.sha,
            ref=deployed.name,
            task="deploy",
            url=None,
        )
        for status, at in steps
    ]
