"""The settings of one user as the API shows them."""

import msgspec

from daybreak.areas.flags.evaluations.representation import ReasonShape, represent_reason
from daybreak.logic.evaluation.reason import Result
from daybreak.platform.columns import Json
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path


class SettingShape(Shape):
    """What a flag serves a user, and the variation the user is targeted with, if any."""

    value: Json = msgspec.field(name="_value")
    setting: Json
    reason: ReasonShape
    links_: Links = msgspec.field(name="_links")


class SettingsShape(Shape):
    """The settings of one user, by the keys of the flags."""

    items: dict[str, SettingShape]
    links_: Links = msgspec.field(name="_links")


def settings_path(project_key: str, environment_key: str, user_key: str) -> str:
    return path("/api/v2/users/{p}/{e}/{u}/flags", p=project_key, e=environment_key, u=user_key)


def represent_setting(result: Result, setting: Json, settings: str, flag_key: str) -> SettingShape:
    """`settings` is the path of all settings of the user."""
    return SettingShape(
        value=result.value,
        setting=setting,
        reason=represent_reason(result.reason),
        links_=links(self=settings + path("/{f}", f=flag_key)),
    )
