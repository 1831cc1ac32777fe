"""Followers as the API shows them."""

from daybreak.areas.people.queries import MemberSummaryShape
from daybreak.rest.call import Shape
from daybreak.rest.links import path


class FollowersOfFlagShape(Shape):
    """A flag and the members who follow it."""

    flag_key: str
    followers: list[MemberSummaryShape]


def followers_path(project_key: str, flag_key: str, environment_key: str) -> str:
    return path(
        "/api/v2/projects/{project}/flags/{flag}/environments/{environment}/followers",
        project=project_key,
        flag=flag_key,
        environment=environment_key,
    )


def environment_path(project_key: str, environment_key: str) -> str:
    return path("/api/v2/projects/{p}/environments/{e}", p=project_key, e=environment_key)
