"""What callers may send about environments."""

from typing import Annotated

import msgspec

from daybreak.rest.call import Body, Query
from daybreak.rest.keys import Instant, Key, Name, Tags

Color = Annotated[str, msgspec.Meta(pattern="^[0-9a-fA-F]{6}$(?!\\n)", description="six hexadecimal digits")]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=60, description="minutes")]


class SourceEnvironment(Body):
    """An environment of the same project whose settings a new one starts with."""

    key: Key
    version: int | None = None


class NewEnvironment(Body):
    """An environment to create."""

    key: Key
    name: Name
    color: Color
    default_ttl: Minutes | None = None
    secure_mode: bool | None = None
    default_track_events: bool | None = None
    confirm_changes: bool | None = None
    require_comments: bool | None = None
    tags: Tags | None = None
    source: SourceEnvironment | None = None
    critical: bool | None = None


class EnvironmentFields(Body):
    """What a patch of an environment may change."""

    name: Name
    color: Color
    default_ttl: Minutes
    secure_mode: bool
    default_track_events: bool
    require_comments: bool
    confirm_changes: bool
    critical: bool
    tags: Tags


class ResetKeyQuery(Query):
    """How long the old key lives on; without it, it dies at once."""

    expiry: Instant | None = None
