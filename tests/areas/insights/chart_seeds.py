"""Deliveries as linking leaves them, with just the stages a test is about."""

from daybreak.areas.insights.facts.tables import deployment_changes
from daybreak.areas.projects.queries import environment
from daybreak.platform.identifiers import object_id
from daybreak.rest.call import Call


def seed_delivery(
    call: Call,
    *,
    ended_at: int,
    coding: int | None,
    review: int | None = None,
    wait: int | None = None,
    deploy: int = 0,
    application: str = "shop",
) -> None:
    """A change delivered to `web` / `production`; its lead time is the sum of its known stages."""
    home = environment(call.db, "web", "production").home
    row = {
        "deployment_id": object_id(),
        "change_id": object_id(),
        "project_id": home.project_id,
        "environment_id": home.environment_id,
        "application_key": application,
        "ended_at": ended_at,
        "is_bot": False,
        "is_first": True,
        "is_partial": False,
        "is_clipped": False,
        "lead_ms": sum(stage or 0 for stage in (coding, review, wait, deploy)),
        "coding_ms": coding,
        "review_ms": review,
        "wait_ms": wait,
        "deploy_ms": deploy,
    }
    call.db.insert(deployment_changes, [row])
