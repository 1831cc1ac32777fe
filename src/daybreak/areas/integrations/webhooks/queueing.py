"""From the audit log into the queues of webhooks: each entry that was committed, once, in that order."""

from collections.abc import Mapping

from daybreak.areas.account.queries import EntryFact, entries_by_id
from daybreak.areas.integrations.webhooks.model import Webhook
from daybreak.areas.integrations.webhooks.store import (
    add_deliveries,
    list_webhooks,
    read_queued,
    save_queued,
)
from daybreak.areas.integrations.webhooks.tables import webhooks
from daybreak.platform.audit import TOLD_AS
from daybreak.platform.clock import SECOND
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.platform.outbox import is_told_since, list_told

AT_ONCE = 1_000


def _is_needed(db: Transaction, now: int) -> bool:  # noqa: ARG001 - the signature of every job
    queued = read_queued(db)
    return bool(queued) and is_told_since(db, min(queued.values()), [TOLD_AS])


def _queue(db: Transaction, now: int) -> None:
    queued = read_queued(db)
    if not queued:
        return
    told = list_told(db, min(queued.values()), [TOLD_AS], most=AT_ONCE)
    if not told:
        return
    entries = entries_by_id(db, {each.resource_id for each in told})
    wanted = {}
    for hook in list_webhooks(db, [webhooks.c.id.in_(list(queued))]):
        new = [each.resource_id for each in told if each.revision > queued[hook.id]]
        wanted[hook.id] = choose(hook, {id: entries[id] for id in new if id in entries})
    add_deliveries(db, now, {id: ids for id, ids in wanted.items() if ids})
    last = told[-1].revision
    save_queued(db, [id for id, revision in queued.items() if revision < last], last)


def choose(hook: Webhook, entries: Mapping[str, EntryFact]) -> list[str]:
    """Of entries by their ids those that it waits for: its policy would allow one of their actions."""
    if not hook.statements:
        return list(entries)
    policy = hook.policy
    return [
        id
        for id, entry in entries.items()
        if any(policy.decide(action, entry.address).allowed for action in entry.actions)
    ]


QUEUE = Job("queue what webhooks wait for", SECOND, _queue, is_needed=_is_needed)
