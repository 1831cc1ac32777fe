"""A flag trigger: a secret URL, and what is done to a flag when somebody posts to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from daybreak.platform.columns import Json


@dataclass(frozen=True, slots=True)
class FlagTrigger:
    """A trigger as stored: of the secret in its URL only the digest. `instructions` are those of a flag's
    patch, one at most.
    """

    id: str
    flag_id: str
    environment_id: str
    integration_key: str
    instructions: tuple[Mapping[str, Json], ...]
    enabled: bool
    digest: str = field(repr=False)
    maintainer_id: str
    created_at: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class Firing:
    """One post to the URL. `number` counts them for each trigger, from 1; `body` is None where it was no
    JSON object.
    """

    trigger_id: str
    number: int
    at: int
    body: Mapping[str, Json] | None
