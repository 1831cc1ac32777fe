"""Filters and sorts of flags that look beyond their own columns: at one environment, or at what SDKs tell."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Table, and_, exists, false, select, true

from daybreak.areas.flags.evaluation_counts.tables import (
    flag_applications,
    flag_context_kinds,
    flag_requests,
)
from daybreak.areas.flags.feature_flags.tables import feature_flags, flag_environments
from daybreak.areas.projects.queries import EnvironmentFact
from daybreak.platform.clock import DAY
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.filtering import Filter, parse_filter, parse_tags

# What counts as an evaluation of late.
EVALUATED_WITHIN = 30 * DAY

_AVAILABILITIES: Mapping[str, Sequence[tuple[bool, bool]]] = {
    "client": ((True, False), (True, True)),
    "mobile": ((False, True), (True, True)),
    "anyClient": ((True, False), (False, True), (True, True)),
    "server": ((False, False),),
}
_GUARDED = ("any", "monitoring", "regressed", "rolledBack", "completed", "archived")
_TRUTHS = {"true": True, "false": False}

# Unix ms; a number that no column holds is refused here.
Instant = Annotated[int, msgspec.Meta(ge=0, le=10**15)]
Wanted = TypeVar("Wanted")
OneWord = Callable[[Any], ColumnElement[bool]]


def more_filters(
    project_id: str, places: Sequence[EnvironmentFact], text: str | None, now: int
) -> Mapping[str, Filter]:
    """The filters of a list in a project. `filterEnv` in `text` chooses one of the project's environments.

    Raises:
        InvalidRequest: there is no such environment.

    """
    chosen = _choose(places, dict(parse_filter(text)).get("filterEnv"))
    return {
        "filterEnv": lambda _: true(),
        "archived": _one_of("archived", _TRUTHS, _is_archived),
        "creationDate": _created,
        "evaluated": lambda value: _evaluated(value, chosen),
        "applicationEvaluated": lambda value: _by_application(value, project_id, chosen),
        "contextKindsEvaluated": lambda value: _for_kinds(value, project_id, chosen, now - EVALUATED_WITHIN),
        "sdkAvailability": _one_of("sdkAvailability", _AVAILABILITIES, _available_to),
        # No flag is part of what there is not.
        "hasExperiment": _one_of("hasExperiment", _TRUTHS, lambda wanted: false() if wanted else true()),
        "guardedRollout": _one_of("guardedRollout", dict.fromkeys(_GUARDED), lambda _: false()),
        "releasePipeline": lambda _: false(),
    }


def modified_in(environment_id: str) -> ColumnElement[int]:
    """When the flag's configuration there was changed last."""
    table = flag_environments.c
    wanted = table.flag_id == feature_flags.c.id, table.environment_id == environment_id
    return select(table.modified_at).where(*wanted).scalar_subquery()


def _choose(places: Sequence[EnvironmentFact], key: str | None) -> EnvironmentFact | None:
    if key is None:
        return None
    for place in places:
        if place.key == key:
            return place
    raise InvalidRequest(f"filter: filterEnv: the project has no environment {key!r}")


def _one_of(name: str, known: Mapping[str, Any], narrow: OneWord) -> Filter:
    def read(text: str) -> ColumnElement[bool]:
        if text not in known:
            raise InvalidRequest(f"filter: {name} is one of {', '.join(known)}")
        return narrow(known[text])

    return read


def _is_archived(wanted: bool) -> ColumnElement[bool]:  # noqa: FBT001 - a value that was read, not an option
    archived = feature_flags.c.archived_at.is_not(None)
    return archived if wanted else ~archived


class _Before(msgspec.Struct, forbid_unknown_fields=True):
    before: Instant | None = None
    after: Instant | None = None


class _After(msgspec.Struct, forbid_unknown_fields=True):
    after: Instant


def _created(text: str) -> ColumnElement[bool]:
    wanted = _read(text, _Before, 'creationDate is an object such as {"before":1690527600000}')
    created = feature_flags.c.created_at
    parts: list[ColumnElement[bool]] = [true()]
    if wanted.before is not None:
        parts.append(created < wanted.before)
    if wanted.after is not None:
        parts.append(created > wanted.after)
    return and_(*parts)


def _evaluated(text: str, chosen: EnvironmentFact | None) -> ColumnElement[bool]:
    wanted = _read(text, _After, 'evaluated is an object such as {"after":1690527600000}')
    if chosen is None:
        raise InvalidRequest("filter: evaluated needs filterEnv, the key of the environment that is meant")
    table = flag_requests.c
    return exists().where(
        table.flag_id == feature_flags.c.id,
        chosen.home.holds(flag_requests),
        table.last_at > wanted.after,
    )


def _by_application(key: str, project_id: str, chosen: EnvironmentFact | None) -> ColumnElement[bool]:
    table = flag_applications.c
    here = _within(flag_applications, project_id, chosen)
    return exists().where(table.flag_id == feature_flags.c.id, table.application_key == key, here)


def _within(table: Table, project_id: str, chosen: EnvironmentFact | None) -> ColumnElement[bool]:
    return table.c.project_id == project_id if chosen is None else chosen.home.holds(table)


def _for_kinds(text: str, project_id: str, chosen: EnvironmentFact | None, since: int) -> ColumnElement[bool]:
    table = flag_context_kinds.c
    here = _within(flag_context_kinds, project_id, chosen)
    return and_(
        *(
            exists().where(
                table.flag_id == feature_flags.c.id, table.kind == kind, table.last_at >= since, here
            )
            for kind in parse_tags(text)
        )
    )


def _available_to(pairs: Sequence[tuple[bool, bool]]) -> ColumnElement[bool]:
    documents = [{"using_environment_id": client, "using_mobile_key": mobile} for client, mobile in pairs]
    return feature_flags.c.availability.in_(documents)


def _read(text: str, kind: type[Wanted], meaning: str) -> Wanted:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.DecodeError:
        raise InvalidRequest(f"filter: {meaning}") from None
