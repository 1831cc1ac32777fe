"""Settings are individual targets: read beside an evaluation, and written as instructions of a patch."""

from collections.abc import Sequence

from daybreak.areas.flags.evaluations.state import EnvironmentState
from daybreak.areas.flags.feature_flags.changing import change_flag, instruct_in
from daybreak.areas.flags.feature_flags.model import FeatureFlag, FlagEnvironment
from daybreak.areas.flags.feature_flags.resource import ARCHIVED, FEATURE_FLAG
from daybreak.areas.flags.feature_flags.store import flag_store
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.areas.flags.flag_settings.representation import (
    SettingShape,
    SettingsShape,
    represent_setting,
    settings_path,
)
from daybreak.areas.flags.flag_settings.requests import SettingBody
from daybreak.areas.flags.targeting import USER
from daybreak.areas.projects.queries import EnvironmentFact, environment, environments_in
from daybreak.logic.evaluation.context import Context, ContextInvalid, parse_context
from daybreak.logic.patching.json_value import is_json_equal
from daybreak.platform.columns import Json
from daybreak.platform.errors import InvalidRequest
from daybreak.rest.call import Call
from daybreak.rest.links import links
from daybreak.rest.operations import read_one, visible

LONGEST_KEY = 512


def list_user_settings(call: Call, project_key: str, environment_key: str, user_key: str) -> SettingsShape:
    """Of all flags that are not archived and that the caller may see."""
    context = _context(USER, user_key)
    place = environment(call.db, project_key, environment_key)
    where = [feature_flags.c.project_id == place.project.id, ~ARCHIVED]
    flags = flag_store.list_where(
        call.db, *where, *visible(call, FEATURE_FLAG), order_by=[feature_flags.c.key]
    )
    return SettingsShape(
        items=_represent(call, place, flags, context, user_key),
        links_=links(self=settings_path(project_key, environment_key, user_key)),
    )


def read_user_setting(
    call: Call, project_key: str, environment_key: str, user_key: str, feature_flag_key: str
) -> SettingShape:
    context = _context(USER, user_key)
    flag = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    place = environment(call.db, project_key, environment_key)
    return _represent(call, place, [flag], context, user_key)[flag.key]


def put_user_setting(
    call: Call,
    body: SettingBody,
    project_key: str,
    environment_key: str,
    user_key: str,
    feature_flag_key: str,
) -> None:
    put_context_setting(call, body, project_key, environment_key, USER, user_key, feature_flag_key)


def put_context_setting(
    call: Call,
    body: SettingBody,
    project_key: str,
    environment_key: str,
    context_kind: str,
    context_key: str,
    feature_flag_key: str,
) -> None:
    """Raises InvalidRequest for a value that no variation of the flag has."""
    _context(context_kind, context_key)
    before = read_one(call, FEATURE_FLAG, project_key=project_key, feature_flag_key=feature_flag_key)
    place = environment(call.db, project_key, environment_key)
    configuration = before.in_environment(place.id)
    targeted = {"contextKind": context_kind, "values": [context_key]}
    wanted = None if body.setting is None else _variation_with(before, body.setting)
    instructions = [
        {"kind": "removeTargets", "variationId": id} | targeted
        for id in _variations_of(configuration, context_kind, context_key)
        if id != wanted
    ]
    if wanted is not None:
        instructions.append({"kind": "addTargets", "variationId": wanted} | targeted)
    # Whoever may not do this is to be told so even if there is nothing to take away.
    nothing = {"kind": "removeTargets", "variationId": before.variations[0].id, "values": []}
    edit = instruct_in(call, place, before, instructions or [nothing], body.comment or "")
    change_flag(call, place.project, before, edit, environments_in(call.db, place.project), named=place.key)


def _context(kind: str, key: str) -> Context:
    """Raises InvalidRequest for what is no kind or no key."""
    if len(key) > LONGEST_KEY:
        raise InvalidRequest(f"The key of a context has {LONGEST_KEY} characters at most")
    try:
        return parse_context({"kind": kind, "key": key})
    except ContextInvalid as error:
        raise InvalidRequest(str(error)) from None


def _variation_with(flag: FeatureFlag, value: Json) -> str:
    for variation in flag.variations:
        if is_json_equal(variation.value, value):
            return variation.id
    known = ", ".join(repr(variation.value)[:40] for variation in flag.variations[:20])
    raise InvalidRequest(f"setting: the flag has no variation with this value; it has {known}")


def _variations_of(configuration: FlagEnvironment, kind: str, key: str) -> list[str]:
    """The ids of the variations that the context is targeted with: one, or none."""
    return [
        target.variation_id
        for target in configuration.targets
        if target.context_kind == kind and key in target.values
    ]


def _represent(
    call: Call, place: EnvironmentFact, flags: Sequence[FeatureFlag], context: Context, user_key: str
) -> dict[str, SettingShape]:
    results = EnvironmentState(call.db, place).evaluate(context, list(flags))
    href = settings_path(place.project.key, place.key, user_key)
    return {
        flag.key: represent_setting(results[flag.key], _setting(flag, place, user_key), href, flag.key)
        for flag in flags
    }


def _setting(flag: FeatureFlag, place: EnvironmentFact, user_key: str) -> Json:
    values = {variation.id: variation.value for variation in flag.variations}
    found = _variations_of(flag.in_environment(place.id), USER, user_key)
    return values[found[0]] if found else None
