"""The rows that say which deployment delivered which change, and how long that took."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from daybreak.areas.insights.facts.changes import ChangeFact, landed_change
from daybreak.areas.insights.facts.chunks import chunks
from daybreak.areas.insights.facts.delivering import Delivery
from daybreak.areas.insights.facts.deployment_facts import DeploymentFact
from daybreak.areas.insights.facts.repositories import RepositoryFact
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.stored_changes import store_changes
from daybreak.areas.insights.facts.tables import changes, deployment_changes
from daybreak.logic.linking.stages import Milestones, commit_milestones, lead_time
from daybreak.platform.database import Transaction


def remove_links(db: Transaction, scope: Scope, deployment_ids: Iterable[str]) -> set[str]:
    """Forgets what these deployments of the scope delivered; the ids of the changes that lost a link."""
    table = deployment_changes.c
    forget = delete(deployment_changes).where(table.project_id == scope.project_id)
    return {
        row.change_id
        for part in chunks(deployment_ids)
        for row in db.execute(forget.where(table.deployment_id.in_(part)).returning(table.change_id))
    }


def store_deliveries(
    db: Transaction, repository: RepositoryFact, deliveries: Iterable[Delivery]
) -> dict[tuple[int | None, str], ChangeFact]:
    """Adds what the history tells of these changes to what is known, by pull request number and landed
    commit.
    """
    seen = {}
    for each in deliveries:
        number = each.change.pull_request
        url = "" if number is None else repository.pull_request_url(number)
        fact = landed_change(repository.id, each.change, each.author, len(each.people), url)
        seen[number, each.change.sha] = fact
    stored = store_changes(db, list(seen.values()))
    return {key: stored[fact.id] for key, fact in seen.items()}


def link_row(deployment: DeploymentFact, delivery: Delivery, fact: ChangeFact) -> dict[str, Any] | None:
    """None if nothing is known of the change before it was deployed: then there is nothing to measure."""
    lead = lead_time(_milestones(deployment, delivery, fact))
    if lead is None:
        return None
    return {
        "deployment_id": deployment.id,
        "change_id": fact.id,
        "project_id": deployment.project_id,
        "environment_id": deployment.environment_id,
        "application_key": deployment.application_key,
        "ended_at": deployment.at,
        "is_bot": fact.is_bot,
        "is_first": False,
        "is_partial": lead.is_partial,
        "is_clipped": bool(lead.clipped),
        "lead_ms": lead.total,
        "coding_ms": lead.coding,
        "review_ms": lead.review,
        "wait_ms": lead.wait,
        "deploy_ms": lead.deploy,
    }


def _milestones(deployment: DeploymentFact, delivery: Delivery, fact: ChangeFact) -> Milestones:
    change, ended_at = delivery.change, deployment.at
    started_at = ended_at if deployment.started_at is None else deployment.started_at
    if not fact.is_pull_request and change.authored_at is not None and change.merged_at is not None:
        return commit_milestones(change.authored_at, change.merged_at, started_at, ended_at)
    return Milestones(
        started_at=started_at,
        ended_at=ended_at,
        first_commit_at=fact.first_commit_at,
        created_at=fact.created_at,
        authored_at=change.authored_at,
        ready_at=fact.ready_at,
        merged_at=fact.merged_at,
    )


def mark_first_deliveries(db: Transaction, scope: Scope, change_ids: Iterable[str]) -> None:
    """A change counts once in the scope's environment: where it arrived first, by whatever application."""
    ids = set(change_ids)
    rows: list[Row[Any]] = []
    for part in chunks(ids):
        # Two applications may bring one change at the same time: the second sees what the first wrote.
        db.rows(select(changes.c.id).where(changes.c.id.in_(part)).order_by(changes.c.id).with_for_update())
        rows += db.rows(
            select(
                deployment_changes.c.change_id,
                deployment_changes.c.deployment_id,
                deployment_changes.c.ended_at,
                deployment_changes.c.is_first,
            ).where(
                deployment_changes.c.change_id.in_(part),
                deployment_changes.c.project_id == scope.project_id,
                deployment_changes.c.environment_id == scope.environment_id,
            )
        )
    first: dict[str, tuple[int, str]] = {}
    for row in rows:
        place = (row.ended_at, row.deployment_id)
        first[row.change_id] = min(first.get(row.change_id, place), place)
    turned = [
        {
            "the_change": row.change_id,
            "the_deployment": row.deployment_id,
            "the_project": scope.project_id,
            "now": not row.is_first,
        }
        for row in rows
        if row.is_first != (first[row.change_id][1] == row.deployment_id)
    ]
    if turned:
        db.execute(_TURN, turned)


_TURN = (
    update(deployment_changes)
    .where(
        deployment_changes.c.change_id == bindparam("the_change"),
        deployment_changes.c.deployment_id == bindparam("the_deployment"),
        deployment_changes.c.project_id == bindparam("the_project"),
    )
    .values(is_first=bindparam("now"))
)


def totals(
    facts: Sequence[ChangeFact], links: Sequence[Mapping[str, Any]], people: frozenset[str]
) -> dict[str, Any]:
    """What a deployment says of its changes in sum. Bots are left out of the lead time."""
    pull_requests = {fact.id: fact for fact in facts if fact.is_pull_request}
    leads = [link["lead_ms"] for link in links if link["change_id"] in pull_requests and not link["is_bot"]]
    return {
        "pull_requests": len(pull_requests),
        "contributors": len(people),
        "lines_added": sum(fact.lines_added for fact in facts),
        "lines_deleted": sum(fact.lines_deleted for fact in facts),
        "lead_time": sum(leads) // len(leads) if leads else None,
    }
