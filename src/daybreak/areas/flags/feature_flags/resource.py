"""Feature flags: the central resource. Policies name them as `proj/web:env/*:flag/checkout;tag`."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

from sqlalchemy import ColumnElement, and_, or_, true

from daybreak.areas.flags.feature_flags.model import FeatureFlag, list_needed
from daybreak.areas.flags.feature_flags.representation import (
    FlagShape,
    Surroundings,
    flag_path,
    represent_flag,
)
from daybreak.areas.flags.feature_flags.store import bare_flags_by_id, find_flag, flag_store, numbers_by_key
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.shapes import Numbers
from daybreak.areas.people.queries import member_summaries, team_names
from daybreak.areas.projects.queries import (
    EnvironmentFact,
    ProjectFact,
    environments_by_id,
    environments_in,
    in_project,
    project,
    projects_by_id,
)
from daybreak.logic.policy.address import Address
from daybreak.logic.policy.decision import Policy
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.database import Transaction
from daybreak.platform.errors import FieldFault, InvalidRequest, ValidationFailed
from daybreak.platform.expressions import any_of, contains_text
from daybreak.platform.tags import has_every_tag, has_tag
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.filtering import parse_tags
from daybreak.rest.resource import Place, Resource
from daybreak.rest.visibility import Level, Located

KIND = "flag"

# What may be done to a flag in one of its environments.
TOLD_OF_CONFIGURATIONS = (
    "viewFlag",
    "updateOn",
    "updateTargets",
    "updateRules",
    "updateFallthrough",
    "updateOffVariation",
    "updatePrerequisites",
    "updateTrackEvents",
    "updateExpiringTargets",
    "createTriggers",
    "manageFlagFollowers",
)


def _find(call: Call, project_key: str, feature_flag_key: str) -> FeatureFlag:
    return find_flag(call.db, project(call.db, project_key).id, feature_flag_key)


def _within(call: Call, project_key: str) -> Sequence[ColumnElement[bool]]:
    return (feature_flags.c.project_id == project(call.db, project_key).id,)


def flag_address(parent: ProjectFact, flag: FeatureFlag) -> Address:
    of_all_environments = Address.of(("env", "*"), ("flag", flag.key, frozenset(flag.tags)))
    return Address((*parent.address.segments, *of_all_environments.segments))


def flag_address_in(place: EnvironmentFact, flag: FeatureFlag) -> Address:
    """The flag's configuration in one environment."""
    return Address((*place.address.segments, *Address.of(("flag", flag.key, frozenset(flag.tags))).segments))


def addresses_in(db: Transaction, pairs: Sequence[tuple[str, str]]) -> list[Address]:
    """Of each pair of a flag's id and an environment's: the flag's configuration there."""
    flags = bare_flags_by_id(db, {flag_id for flag_id, _ in pairs})
    places = environments_by_id(db, {environment_id for _, environment_id in pairs})
    return [flag_address_in(places[environment_id], flags[flag_id]) for flag_id, environment_id in pairs]


def only_this(action: str, place: EnvironmentFact, flag: FeatureFlag) -> Policy:
    """Allows one action on one flag in one environment, and nothing else."""
    address = f"proj/{place.project.key}:env/{place.key}:flag/{flag.key}"
    statement = {"effect": "allow", "resources": [address], "actions": [action]}
    return Policy(action, parse_statements([statement]))


def _addresses(db: Transaction, flags: Sequence[FeatureFlag]) -> list[Address]:
    parents = projects_by_id(db, {flag.project_id for flag in flags})
    return [flag_address(parents[flag.project_id], flag) for flag in flags]


def _place(db: Transaction, flag: FeatureFlag) -> Place:
    parent = projects_by_id(db, {flag.project_id})[flag.project_id]
    return Place(flag.name, flag_path(parent.key, flag.key), parent.name, f"/api/v2/projects/{parent.key}")


def surroundings(
    db: Transaction,
    parent: ProjectFact,
    flags: Sequence[FeatureFlag],
    shown: Sequence[EnvironmentFact] | None = None,
    load_others: Callable[[], Mapping[str, Numbers]] = dict,
) -> Surroundings:
    """What representing the flags needs: a query for the flags that they need, where they do, one each for
    the members and teams that look after them, where somebody does, and one for the environments unless it is
    told which are `shown`. `load_others` is asked where somebody looks for a flag that they do not need.
    """
    numbers = numbers_by_key(db, parent.id, list_needed(flags))
    return Surroundings(
        parent.key,
        environments_in(db, parent) if shown is None else shown,
        look_up(numbers, load_others),
        member_summaries(db, {flag.maintainer_id for flag in flags if flag.maintainer_id}),
        team_names(db, {flag.maintainer_team_key for flag in flags if flag.maintainer_team_key}),
    )


def choose_environments(
    parent: ProjectFact, places: Sequence[EnvironmentFact], keys: Sequence[str]
) -> list[EnvironmentFact]:
    """Raises InvalidRequest where the project has no such environment."""
    known = {place.key: place for place in places}
    for key in keys:
        if key not in known:
            raise InvalidRequest(f"env: the project {parent.key!r} has no environment {key!r}")
    return [known[key] for key in keys]


def look_up(
    numbers: Mapping[str, Numbers], load_others: Callable[[], Mapping[str, Numbers]] = dict
) -> Callable[[str], Numbers]:
    """The numbers of a flag's variations by its key; it raises ValidationFailed where there are none."""
    others = cache(load_others)

    def find(key: str) -> Numbers:
        known = numbers if key in numbers else others()
        if key not in known:
            raise ValidationFailed(FieldFault("prerequisites", f"the project has no flag {key!r}"))
        return known[key]

    return find


def _represent(call: Call, flags: Sequence[FeatureFlag], expanded: Expanded) -> list[FlagShape]:  # noqa: ARG001 - the shape of every representation
    parents = projects_by_id(call.db, {flag.project_id for flag in flags})
    around = {
        id: surroundings(call.db, parent, [flag for flag in flags if flag.project_id == id])
        for id, parent in parents.items()
    }
    return [represent_flag(flag, around[flag.project_id], in_full=True, shown=True) for flag in flags]


def named(text: str) -> ColumnElement[bool]:
    return or_(contains_text(feature_flags.c.name, text), contains_text(feature_flags.c.key, text))


def _of_purpose(text: str) -> ColumnElement[bool]:
    # The vendor's command line leaves holdouts out. Its plus sign may come as the space that it stands for.
    asked = text.replace(" ", "+")
    if asked == "all":
        return true()
    if asked == "all+!(holdout)":
        return feature_flags.c.purpose.is_distinct_from("holdout")
    if asked not in {"migration", "holdout"}:
        raise InvalidRequest("filter: purpose is all, all+!(holdout), migration or holdout")
    return feature_flags.c.purpose == asked


def _of_type(text: str) -> ColumnElement[bool]:
    if text not in {"temporary", "permanent"}:
        raise InvalidRequest("filter: type is temporary or permanent")
    return feature_flags.c.temporary.is_(text == "temporary")


def _in_state(text: str) -> ColumnElement[bool]:
    states = {"live": LIVE, "deprecated": _DEPRECATED, "archived": ARCHIVED}
    if any(each not in states for each in text.split("|")):
        raise InvalidRequest(f"filter: state is one of {', '.join(states)}")
    return any_of(states[each] for each in text.split("|"))


ARCHIVED = feature_flags.c.archived_at.is_not(None)
_DEPRECATED = and_(feature_flags.c.archived_at.is_(None), feature_flags.c.deprecated_at.is_not(None))
LIVE = and_(feature_flags.c.archived_at.is_(None), feature_flags.c.deprecated_at.is_(None))


def tagged(text: str) -> ColumnElement[bool]:
    return has_every_tag(KIND, feature_flags.c.id, parse_tags(text))


FEATURE_FLAG: Resource[FeatureFlag] = Resource(
    kind=KIND,
    specifier="proj/*:env/*:flag/*",
    store=flag_store,
    find=_find,
    within=_within,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewFlag",
    located=(
        Located(
            (
                in_project(feature_flags.c.project_id),
                Level("env", "*"),
                Level(KIND, feature_flags.c.key, partial(has_tag, KIND, feature_flags.c.id)),
            )
        ),
    ),
    filters={
        "query": named,
        "tags": tagged,
        "type": _of_type,
        "state": _in_state,
        "purpose": _of_purpose,
        "maintainerId": lambda text: feature_flags.c.maintainer_id == text,
        "maintainerTeamKey": lambda text: feature_flags.c.maintainer_team_key == text,
    },
    sorts={
        "creationDate": feature_flags.c.created_at,
        "key": feature_flags.c.key,
        "name": feature_flags.c.name,
        "type": feature_flags.c.temporary,
        "maintainerId": feature_flags.c.maintainer_id,
        "tags": feature_flags.c.tags,
    },
    default_sort="-creationDate",
    tags=lambda flag: (flag.project_id, flag.tags),
    unique=(feature_flags.c.project_id, feature_flags.c.key),
)


def only_visible(call: Call, flags: Sequence[FeatureFlag]) -> list[FeatureFlag]:
    """Those that the caller may see, for lists that are no pages of flags."""
    addresses = FEATURE_FLAG.addresses(call.db, flags)
    return [
        flag
        for flag, address in zip(flags, addresses, strict=True)
        if call.actor.may(FEATURE_FLAG.view_action, address)
    ]
