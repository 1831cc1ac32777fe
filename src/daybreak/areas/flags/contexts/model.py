"""What was learnt of contexts."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybreak.areas.projects.queries import Home
from daybreak.platform.columns import Json


@dataclass(frozen=True, slots=True)
class SeenContext:
    """A context as an event told it: the bytes of its JSON. One that `is_partial` has no more than the keys
    by kind, and tells nothing of attributes.
    """

    environment_id: str
    application_id: str
    document: bytes
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """`value` is JSON and None where it is long or redacted; `at` the instant it means, in Unix ms."""

    name: str
    value: str | None
    at: int | None = None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class LearntContext:
    """One context of one kind."""

    id: str
    environment_id: str
    kind: str
    key: str
    application_id: str
    document: Mapping[str, Json]
    attributes: tuple[Attribute, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class LearntInstance:
    """The contexts that were evaluated together."""

    id: str
    instance_id: str
    environment_id: str
    application_id: str
    document: Mapping[str, Json]
    parts: tuple[LearntContext, ...]
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A context as stored. `last_seen` is in Unix ms."""

    id: str
    project_id: str
    environment_id: str
    kind: str
    key: str
    application_id: str
    last_seen: int
    document: dict[str, Json]

    @property
    def home(self) -> Home:
        return Home(self.project_id, self.environment_id)


@dataclass(frozen=True, slots=True)
class ContextInstance:
    """A combination of contexts as stored."""

    id: str
    project_id: str
    environment_id: str
    instance_id: str
    application_id: str
    last_seen: int
    document: dict[str, Json]

    @property
    def home(self) -> Home:
        return Home(self.project_id, self.environment_id)
