"""What callers may send about settings."""

from daybreak.platform.columns import Json
from daybreak.rest.call import Body
from daybreak.rest.keys import Text


class SettingBody(Body):
    """The value of the variation that a context is to get; null or nothing takes its target away."""

    setting: Json = None
    comment: Text | None = None
