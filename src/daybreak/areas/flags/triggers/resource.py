"""Flag triggers. Policies name them as the flag in the environment: `createTriggers`, `updateTriggers`,
`deleteTriggers`.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from daybreak.areas.flags.feature_flags.model import FeatureFlag
from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG, addresses_in, flag_address_in
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id, find_bare_flag
from daybreak.areas.flags.members import represent_members
from daybreak.areas.flags.triggers.model import FlagTrigger
from daybreak.areas.flags.triggers.representation import TriggerShape, represent_trigger, trigger_path
from daybreak.areas.flags.triggers.store import find_trigger, list_firings, trigger_store
from daybreak.areas.flags.triggers.tables import flag_triggers
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_by_id
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Place, Resource


def flag_in(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> tuple[FeatureFlag, EnvironmentFact]:
    """What triggers belong to, if the caller may see it. Raises NotFound or Forbidden."""
    there = environment(call.db, project_key, environment_key)
    flag = find_bare_flag(call.db, there.project.id, feature_flag_key)
    call.actor.require((FEATURE_FLAG.view_action,), flag_address_in(there, flag))
    return flag, there


def _find(call: Call, project_key: str, feature_flag_key: str, environment_key: str, id: str) -> FlagTrigger:
    flag, there = flag_in(call, project_key, feature_flag_key, environment_key)
    return find_trigger(call.db, flag.id, there.id, id)


def _within(
    call: Call, project_key: str, feature_flag_key: str, environment_key: str
) -> Sequence[ColumnElement[bool]]:
    flag, there = flag_in(call, project_key, feature_flag_key, environment_key)
    return flag_triggers.c.flag_id == flag.id, flag_triggers.c.environment_id == there.id


def _addresses(db: Transaction, found: Sequence[FlagTrigger]) -> list[Address]:
    return addresses_in(db, [(trigger.flag_id, trigger.environment_id) for trigger in found])


def _place(db: Transaction, trigger: FlagTrigger) -> Place:
    flag = bare_flags_by_id(db, {trigger.flag_id})[trigger.flag_id]
    there = environments_by_id(db, {trigger.environment_id})[trigger.environment_id]
    here = trigger_path(there.project.key, flag.key, there.key, trigger.id)
    return Place(trigger.integration_key, here, flag.name, flag_path(there.project.key, flag.key))


def represent_triggers(call: Call, found: Sequence[FlagTrigger]) -> list[TriggerShape]:
    if not found:
        return []
    flags = bare_flags_by_id(call.db, {trigger.flag_id for trigger in found})
    places = environments_by_id(call.db, {trigger.environment_id for trigger in found})
    members = represent_members(call.db, {trigger.maintainer_id for trigger in found})
    firings = list_firings(call.db, [trigger.id for trigger in found])
    return [
        represent_trigger(
            trigger,
            (there.project.key, flags[trigger.flag_id].key, there.key),
            firings.get(trigger.id, ()),
            members[trigger.maintainer_id],
        )
        for trigger in found
        for there in [places[trigger.environment_id]]
    ]


def _represent(call: Call, found: Sequence[FlagTrigger], expanded: Expanded) -> list[TriggerShape]:  # noqa: ARG001 - the shape of every representation
    return represent_triggers(call, found)


FLAG_TRIGGER: Resource[FlagTrigger] = Resource(
    kind="flag-trigger",
    specifier="proj/*:env/*:flag/*",
    store=trigger_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action=FEATURE_FLAG.view_action,
    sorts={"creationDate": flag_triggers.c.created_at},
    default_sort="creationDate",
)
