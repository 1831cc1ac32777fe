"""Every URL of access tokens."""

from daybreak.areas.people.access_tokens import operations
from daybreak.areas.people.access_tokens.representation import TokenShape
from daybreak.areas.people.access_tokens.requests import NewToken, ResetTokenQuery, TokenListQuery
from daybreak.areas.people.access_tokens.resource import ACCESS_TOKEN
from daybreak.platform.columns import Json
from daybreak.rest.crud import read_route
from daybreak.rest.routing import Route

TOKENS = "/api/v2/tokens"
ONE = "/api/v2/tokens/{id}"
TAG = "Access tokens"

ROUTES = [
    Route(
        method="GET",
        path=TOKENS,
        run=operations.list_tokens,
        operation="getTokens",
        tag=TAG,
        summary="List access tokens",
        action="viewAccessToken",
        specifier="member/*:token/* service-token/*",
        query=TokenListQuery,
        answer=list[TokenShape],
    ),
    Route(
        method="POST",
        path=TOKENS,
        run=operations.create_token,
        operation="postToken",
        tag=TAG,
        summary="Create an access token; its secret is shown this once",
        action="createAccessToken",
        specifier="member/*:token/* service-token/*",
        body=NewToken,
        answer=TokenShape,
        status=201,
    ),
    read_route(ACCESS_TOKEN, ONE, "getToken", tag=TAG, answer=TokenShape),
    Route(
        method="PATCH",
        path=ONE,
        run=operations.patch_token,
        operation="patchToken",
        tag=TAG,
        summary="Change an access token by JSON patch or merge patch",
        action="updateAccessTokenName updateAccessTokenDescription updateAccessTokenPolicy "
        "updateAccessTokenApiVersion",
        specifier="member/*:token/* service-token/*",
        body=Json,
        answer=TokenShape,
    ),
    Route(
        method="DELETE",
        path=ONE,
        run=operations.delete_token,
        operation="deleteToken",
        tag=TAG,
        summary="Delete an access token",
        action="deleteAccessToken",
        specifier="member/*:token/* service-token/*",
        status=204,
    ),
    Route(
        method="POST",
        path=f"{ONE}/reset",
        run=operations.reset_token,
        operation="resetToken",
        tag=TAG,
        summary="Replace an access token's secret; the new one is shown this once",
        action="resetAccessToken",
        specifier="member/*:token/* service-token/*",
        query=ResetTokenQuery,
        answer=TokenShape,
    ),
]
