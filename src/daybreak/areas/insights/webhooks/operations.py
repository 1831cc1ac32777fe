"""What a webhook tells is believed if it is genuine, stored once, and noted in the audit log."""

from collections.abc import Collection, Mapping

from daybreak.areas.insights.intake import take
from daybreak.areas.insights.repositories.representation import REPOSITORIES_PATH
from daybreak.areas.insights.webhooks.model import Delivery, Sent
from daybreak.areas.insights.webhooks.reading import parse_delivery, require_genuine
from daybreak.areas.insights.webhooks.representation import represent_delivery
from daybreak.areas.insights.webhooks.store import is_known, remember
from daybreak.areas.projects.queries import ProjectFact, project
from daybreak.connectors.facts import Provider
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform import audit
from daybreak.platform.access import Actor
from daybreak.rest.call import Answer, Call

ACTION = "createRepositoryFact"


def take_webhook(
    call: Call,
    raw: bytes,
    headers: Mapping[bytes, bytes],
    project_key: str,
    *,
    provider: Provider,
    secret: str,
    bot_names: Collection[str],
) -> Answer | None:
    """Stores what a delivery tells. None where it tells nothing of delivery: nothing changes.

    Raises Forbidden, Unauthorized, InvalidRequest or NotFound. Strangers are turned away first: they learn
    nothing of which projects there are.
    """
    sent = Sent(provider, headers, raw)
    require_genuine(sent, secret)
    delivery = parse_delivery(sent)
    parent = project(call.db, project_key)
    if not delivery.facts:
        return None
    if is_known(call.db, parent.id, delivery):
        return represent_delivery(delivery, [])
    told = _take(call, parent, delivery, bot_names)
    remember(call.db, parent.id, delivery, call.now)
    return represent_delivery(delivery, told)


def _take(call: Call, parent: ProjectFact, delivery: Delivery, bot_names: Collection[str]) -> list[str]:
    """What was new, in words."""
    actor = _actor(delivery, parent)
    key = delivery.facts[0].repository.key
    address = Address((*parent.address.segments, *Address.of(("repository", key)).segments))
    actor.require((ACTION,), address)
    told = [words for fact in delivery.facts if (words := take(call.db, parent, fact, call.now, bot_names))]
    if told:
        entry = audit.AuditEntry(
            kind="repository",
            resource_id=key,
            address=str(address),
            name=key,
            title_verb="told of the repository",
            actions=(ACTION,),
            path=REPOSITORIES_PATH,
            comment="; ".join(told),
            parent_name=parent.name,
            after={"delivery": delivery.id, "told": told},
        )
        audit.record(call.db, actor, call.now, entry)
    return told


def _actor(delivery: Delivery, parent: ProjectFact) -> Actor:
    """Whoever knows the secret may tell facts of the project's repositories, and nothing else."""
    may = {"effect": "allow", "resources": [f"proj/{parent.key}:repository/*"], "actions": [ACTION]}
    policy = Policy("webhook", parse_statements([may]))
    return Actor("webhook", str(delivery.provider), f"{delivery.provider.title()} webhook", (policy,))
