"""Nobody hands out rights that they do not have."""

from collections.abc import Iterable

from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.granting import covers
from daybreak.platform.access import Actor
from daybreak.platform.errors import Forbidden


def require_no_more(actor: Actor, given: Iterable[Policy]) -> None:
    """Raises Forbidden where one of the policies permits what the actor may not do."""
    for policy in given:
        if not all(covers(group, policy) for group in actor.policy_groups):
            raise Forbidden(f"{actor.name or actor.kind} may not hand out more rights than it has")
