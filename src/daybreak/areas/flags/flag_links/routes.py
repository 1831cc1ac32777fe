"""Every URL of flag links."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.flag_links.operations import CREATE, create_flag_link, list_links_of_flag
from daybreak.areas.flags.flag_links.representation import FlagLinkShape
from daybreak.areas.flags.flag_links.requests import NewFlagLink
from daybreak.areas.flags.flag_links.resource import FLAG_LINK
from daybreak.rest.crud import change_route, remove_route
from daybreak.rest.routing import Route

OF_FLAG = "/api/v2/flag-links/projects/{projectKey}/flags/{featureFlagKey}"
ONE = f"{OF_FLAG}/{{id}}"
TAG = "Flag links (beta)"

ROUTES = [
    Route(
        method="GET",
        path=OF_FLAG,
        run=list_links_of_flag,
        operation="getFlagLinks",
        tag=TAG,
        summary="List the links of a flag",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        answer=list[FlagLinkShape],
        beta=True,
    ),
    Route(
        method="POST",
        path=OF_FLAG,
        run=create_flag_link,
        operation="createFlagLink",
        tag=TAG,
        summary="Link a flag to a page elsewhere",
        action=CREATE,
        specifier="proj/*:env/*:flag/*",
        body=NewFlagLink,
        answer=FlagLinkShape,
        status=201,
        beta=True,
    ),
    change_route(FLAG_LINK, ONE, "updateFlagLink", tag=TAG, answer=FlagLinkShape, beta=True),
    remove_route(FLAG_LINK, ONE, "deleteFlagLink", tag=TAG, action="deleteFlagLink", beta=True),
]
