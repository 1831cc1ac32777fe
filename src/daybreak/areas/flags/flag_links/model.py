"""A flag link: a page elsewhere that belongs to a flag."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FlagLink:
    """A link as stored. `integration_key` and `metadata` are empty for what no integration made; `timestamp`
    is when the page was made, in Unix milliseconds, as whoever linked it told.
    """

    id: str
    flag_id: str
    key: str
    integration_key: str
    deep_link: str
    title: str
    description: str
    metadata: Mapping[str, str]
    timestamp: int
    created_at: int
    member_id: str
    version: int = 1
