"""Flag triggers as the API shows them. The secret in their URL is shown once, and covered up otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from daybreak.areas.flags.feature_flags.representation import flag_path
from daybreak.areas.flags.triggers.model import Firing, FlagTrigger
from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.platform.columns import Json
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

COVERED = "*" * 8


class FiringShape(Shape):
    """One post to the URL. Without `jsonBody` its body was empty, or no JSON object."""

    timestamp: int
    json_body: Mapping[str, Any] | msgspec.UnsetType = msgspec.UNSET


class TriggerShape(Shape, kw_only=True):
    """A flag trigger. `triggerURL` is whole right after creation and cycling only."""

    links_: Links = msgspec.field(name="_links")
    id: str = msgspec.field(name="_id")
    version_: int = msgspec.field(name="_version")
    creation_date_: int = msgspec.field(name="_creationDate")
    maintainer_id_: str = msgspec.field(name="_maintainerId")
    maintainer_: MemberSummaryShape = msgspec.field(name="_maintainer")
    enabled: bool
    integration_key_: str = msgspec.field(name="_integrationKey")
    instructions: Sequence[Mapping[str, Json]]
    last_triggered_at_: int | msgspec.UnsetType = msgspec.field(
        name="_lastTriggeredAt", default=msgspec.UNSET
    )
    recent_trigger_bodies_: list[FiringShape] = msgspec.field(name="_recentTriggerBodies")
    trigger_count_: int = msgspec.field(name="_triggerCount")
    trigger_url: str = msgspec.field(name="triggerURL")


class FiredShape(Shape):
    """What a post to the URL came to. `message` says why where nothing was done."""

    triggered: bool
    message: str


def triggers_path(project_key: str, flag_key: str, environment_key: str) -> str:
    return path("/api/v2/flags/{p}/{f}/triggers/{e}", p=project_key, f=flag_key, e=environment_key)


def trigger_path(project_key: str, flag_key: str, environment_key: str, id: str) -> str:
    return path(
        "/api/v2/flags/{p}/{f}/triggers/{e}/{id}", p=project_key, f=flag_key, e=environment_key, id=id
    )


def firing_path(id: str, secret: str = COVERED) -> str:
    """Where to post to."""
    return f"/webhook/triggers/{id}/{secret}"


def represent_trigger(
    trigger: FlagTrigger,
    keys: tuple[str, str, str],
    firings: Sequence[Firing],
    maintainer: MemberSummaryShape,
) -> TriggerShape:
    """`keys` are those of the project, the flag and the environment; the last of `firings` comes first."""
    return TriggerShape(
        links_=links(
            self=trigger_path(*keys, trigger.id),
            parent=triggers_path(*keys),
            flag=flag_path(keys[0], keys[1]),
        ),
        id=trigger.id,
        version_=trigger.version,
        creation_date_=trigger.created_at,
        maintainer_id_=maintainer.id,
        maintainer_=maintainer,
        enabled=trigger.enabled,
        integration_key_=trigger.integration_key,
        instructions=trigger.instructions,
        last_triggered_at_=firings[0].at if firings else msgspec.UNSET,
        recent_trigger_bodies_=[_represent_firing(firing) for firing in firings],
        trigger_count_=firings[0].number if firings else 0,
        trigger_url=firing_path(trigger.id),
    )


def _represent_firing(firing: Firing) -> FiringShape:
    body = msgspec.UNSET if firing.body is None else firing.body
    return FiringShape(timestamp=firing.at, json_body=body)
