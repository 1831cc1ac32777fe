"""Parts of a pull request that a caller may ask for."""

from collections.abc import Mapping, Sequence
from typing import Any

from daybreak.areas.insights.deployments.resource import DEPLOYMENT
from daybreak.areas.insights.deployments.store import list_by_id
from daybreak.areas.insights.flag_references.matching import load_references
from daybreak.areas.insights.flag_references.store import commits_of_pull_requests
from daybreak.areas.insights.pull_requests.model import Delivery
from daybreak.areas.insights.pull_requests.representation import DeploymentsShape, represent_lead_time
from daybreak.rest.call import Call
from daybreak.rest.expansion import NOTHING

Deliveries = Mapping[str, Sequence[Delivery]]

KNOWN = ("deployments", "flagReferences", "leadTime")


def load_expansion(call: Call, name: str, ids: Sequence[str], deliveries: Deliveries) -> Mapping[str, Any]:
    """What `expand=` asks for by one name, by pull request."""
    if name == "deployments":
        return _load_deployments(call, ids, deliveries)
    if name == "leadTime":
        return {id: represent_lead_time(deliveries[id]) for id in ids if id in deliveries}
    return load_references(call, ids, commits_of_pull_requests(call.db, ids))


def _load_deployments(call: Call, ids: Sequence[str], deliveries: Deliveries) -> dict[str, DeploymentsShape]:
    """The deployments that delivered each, as far as the caller may see them, the earliest first."""
    wanted = {delivery.deployment_id for made in deliveries.values() for delivery in made}
    found = list_by_id(call.db, wanted)
    addresses = DEPLOYMENT.addresses(call.db, found)
    seen = [
        deployment
        for deployment, address in zip(found, addresses, strict=True)
        if call.actor.may(DEPLOYMENT.view_action, address)
    ]
    shapes = DEPLOYMENT.represent(call, seen, NOTHING)
    by_id = {deployment.id: shape for deployment, shape in zip(seen, shapes, strict=True)}
    items = {
        id: [by_id[d.deployment_id] for d in deliveries.get(id, ()) if d.deployment_id in by_id] for id in ids
    }
    return {id: DeploymentsShape(items=shown, total_count=len(shown)) for id, shown in items.items()}
