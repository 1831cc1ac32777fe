"""Applications of the account, and the versions of them that were released."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Application:
    """An application as stored. `auto_added`: made by a fact that named it, not by a person."""

    id: str
    key: str
    name: str
    kind: str
    description: str
    auto_added: bool
    created_at: int
    version: int


@dataclass(frozen=True, slots=True)
class ApplicationVersion:
    """One release of an application. `version` counts its changes; what was released is its `key`."""

    id: str
    application_id: str
    key: str
    name: str
    supported: bool
    auto_added: bool
    created_at: int
    version: int
