"""Everything that follows from the deployments of one scope: commits, changes, totals, failures.

`relink` can be called at any time, for any instant, and as often as one likes: it derives anew whatever lies
from there on, and touches nothing else. What is final stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam

from daybreak.areas.insights.facts.changes import ChangeFact
from daybreak.areas.insights.facts.delivering import Delivery, list_deliveries
from daybreak.areas.insights.facts.deployment_facts import (
    EVERY_DEPLOYMENT,
    DeploymentFact,
    list_deployments,
    save_derived,
)
from daybreak.areas.insights.facts.judging import judge_deployments
from daybreak.areas.insights.facts.keeping import read_kept_since
from daybreak.areas.insights.facts.links import (
    link_row,
    mark_first_deliveries,
    remove_links,
    store_deliveries,
    totals,
)
from daybreak.areas.insights.facts.repositories import (
    Origins,
    list_origins,
    list_projects,
    read_repository,
)
from daybreak.areas.insights.facts.resolving import resolve_deployments
from daybreak.areas.insights.facts.scope import IN_SCOPE, Scope
from daybreak.areas.insights.facts.successes import OF_VERSIONS, read_successes
from daybreak.areas.insights.facts.tables import deployment_changes, deployments
from daybreak.platform.clock import DAY
from daybreak.platform.database import Transaction

# An association may explain everything, so far as it is still of interest; a push, a tag or a pull request
# what was deployed about the same time.
OF_INTEREST = 400 * DAY
LATELY = 30 * DAY
MOST_UNRESOLVED = 20_000

_SINCE = EVERY_DEPLOYMENT.where(IN_SCOPE, deployments.c.at >= bindparam("since")).order_by(
    deployments.c.at, deployments.c.id
)
_UNRESOLVED = (
    EVERY_DEPLOYMENT.where(
        deployments.c.project_id == bindparam("project_id"),
        deployments.c.unresolved_reason.is_not(None),
        deployments.c.at >= bindparam("earliest"),
    )
    .order_by(deployments.c.at.desc(), deployments.c.id)
    .limit(MOST_UNRESOLVED)
)


def relink(db: Transaction, scope: Scope, since: int) -> None:
    """Derives everything about the scope's deployments from `since` on, and what they say of earlier ones."""
    # Before that, what they were told apart from may be gone.
    kept_since = read_kept_since(db, scope)
    since = max(since, kept_since)
    stored = list_deployments(db, _SINCE, {**scope.parameters, "since": since})
    if not stored:
        return
    origins = list_origins(db, scope)
    resolved = [
        replace(each, is_counted=each.counts)
        for each in resolve_deployments(db, origins.repository_ids, stored)
    ]
    if any(each.repository_id for each in (*stored, *resolved)):
        # Those that follow find these in the database.
        save_derived(db, stored, resolved)
        stored = resolved
        resolved = _link(db, scope, origins, resolved)
    repeated = _note_repetitions(db, scope, since, kept_since, resolved)
    judged = judge_deployments(db, scope, since, kept_since, repeated)
    save_derived(db, [*judged.earlier, *stored], judged.after)


def _link(
    db: Transaction, scope: Scope, origins: Origins, deployed: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    concerned = remove_links(db, scope, (each.id for each in deployed))
    summed: dict[str, Mapping[str, Any]] = {}
    for repository_id in dict.fromkeys(each.repository_id for each in deployed if each.repository_id):
        targets = [each for each in deployed if each.is_success and each.repository_id == repository_id]
        if not targets:
            continue
        globs = origins.path_globs.get(repository_id, ())
        brought = list_deliveries(db, scope, repository_id, targets, globs)
        every = (delivery for found in brought.values() for delivery in found)
        facts = store_deliveries(db, read_repository(db, repository_id), every)
        rows: list[Mapping[str, Any]] = []
        for each in targets:
            links, summed[each.id] = _measure(each, brought[each.id], facts)
            rows += links
        db.insert(deployment_changes, rows)
        concerned.update(row["change_id"] for row in rows)
    mark_first_deliveries(db, scope, concerned)
    nothing = totals([], [], frozenset())
    return [replace(each, **summed.get(each.id, nothing)) for each in deployed]


def _measure(
    deployment: DeploymentFact,
    brought: Sequence[Delivery],
    facts: Mapping[tuple[int | None, str], ChangeFact],
) -> tuple[list[Mapping[str, Any]], Mapping[str, Any]]:
    """The links of one deployment, and what they sum up to."""
    links: list[Mapping[str, Any]] = []
    linked: list[ChangeFact] = []
    people: set[str] = set()
    for delivery in brought:
        fact = facts[delivery.change.pull_request, delivery.change.sha]
        link = link_row(deployment, delivery, fact)
        if link is not None:
            links.append(link)
            linked.append(fact)
            # Of a pull request whose commits nobody has seen its author is known.
            people |= delivery.people or ({fact.author} if fact.author and not fact.is_bot else set())
    return links, totals(linked, links, frozenset(people))


def _note_repetitions(
    db: Transaction, scope: Scope, since: int, kept_since: int, deployed: Sequence[DeploymentFact]
) -> list[DeploymentFact]:
    """When the version of each had last succeeded before: it is counted once in a period. What was noted of a
    deployment that may be gone stays.
    """
    versions = {each.application_version for each in deployed}
    before = read_successes(db, scope, OF_VERSIONS, versions, since)
    latest = {version: last for version, (_, last) in before.items()}
    noted = []
    for each in deployed:
        noted_before = each.previous_same_version_at
        is_gone = noted_before is not None and noted_before < kept_since
        otherwise = noted_before if is_gone else None
        previous = latest.get(each.application_version, otherwise) if each.is_success else None
        noted.append(replace(each, previous_same_version_at=previous))
        if each.is_success:
            latest[each.application_version] = each.at
    return noted


def relink_unresolved(db: Transaction, repository_id: str, now: int, period: int = OF_INTEREST) -> int:
    """Looks again for the deployments whose commit was not known; how many were found in this repository."""
    found = 0
    for project_id in list_projects(db, repository_id):
        waiting = list_deployments(db, _UNRESOLVED, {"project_id": project_id, "earliest": now - period})
        since: dict[Scope, int] = {}
        for before, after in zip(waiting, resolve_deployments(db, [repository_id], waiting), strict=True):
            if after.repository_id is not None and after != before:
                scope = Scope(after.project_id, after.environment_id, after.application_key)
                since[scope] = min(after.at, since.get(scope, after.at))
                found += 1
        relink_each(db, since)
    return found


def relink_each(db: Transaction, since: dict[Scope, int]) -> None:
    for scope in sorted(since, key=lambda each: (each.environment_id, each.application_key)):
        relink(db, scope, since[scope])
