"""A follower: a member who wants to hear of a flag in one environment."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Follower:
    """A follower as stored; one member follows a flag in an environment once."""

    id: str
    flag_id: str
    environment_id: str
    member_id: str
    created_at: int
    version: int = 1
