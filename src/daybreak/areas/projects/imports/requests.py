"""Projects and environments as another account shows them. What only that account knows is left aside."""

from typing import Annotated

import msgspec

from daybreak.areas.projects.environments.requests import Color, Minutes
from daybreak.areas.projects.projects.requests import AvailabilityBody, FlagDefaultsBody
from daybreak.rest.call import Body
from daybreak.rest.keys import Key, Name, Tags

Id = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{24}$(?!\\n)")]


class CameProject(Body, kw_only=True):
    """A project."""

    id: Id = msgspec.field(name="_id")
    key: Key
    name: Name
    tags: Tags = msgspec.field(default_factory=list)
    include_in_snippet_by_default: bool = False
    default_client_side_availability: AvailabilityBody | None = None


class ApprovalSettings(Body):
    """Whether changes need somebody else's approval there."""

    required: bool = False


class CameEnvironment(Body, kw_only=True):
    """An environment, with the keys that SDKs use. An account may hide them: then they are no keys."""

    id: Id = msgspec.field(name="_id")
    key: Key
    name: Name
    color: Color = "417505"
    api_key: str = ""
    mobile_key: str = ""
    default_ttl: Minutes = 0
    secure_mode: bool = False
    default_track_events: bool = False
    require_comments: bool = False
    confirm_changes: bool = False
    critical: bool = False
    tags: Tags = msgspec.field(default_factory=list)
    approval_settings: ApprovalSettings = msgspec.field(default_factory=ApprovalSettings)
    resource_approval_settings: dict[str, ApprovalSettings] = msgspec.field(default_factory=dict)

    @property
    def needs_approval(self) -> bool:
        return self.approval_settings.required or any(
            settings.required for settings in self.resource_approval_settings.values()
        )


__all__ = ["CameEnvironment", "CameProject", "FlagDefaultsBody"]
