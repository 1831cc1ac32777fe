"""Where people and teams are found in the API."""

from daybreak.rest.links import path

MEMBERS = "/api/v2/members"
TEAMS = "/api/v2/teams"


def member_path(id: str) -> str:
    return path(MEMBERS + "/{id}", id=id)


def team_path(key: str) -> str:
    return path(TEAMS + "/{key}", key=key)
