"""Every URL of OAuth clients. Where members allow them something are pages, not the API."""

from daybreak.areas.people.oauth_clients import operations
from daybreak.areas.people.oauth_clients.representation import CLIENTS, OAuthClientShape
from daybreak.areas.people.oauth_clients.requests import NewOAuthClient
from daybreak.areas.people.oauth_clients.resource import OAUTH_CLIENT
from daybreak.rest.crud import change_route, read_route, remove_route
from daybreak.rest.routing import Route

ONE = f"{CLIENTS}/{{clientId}}"
TAG = "OAuth2 Clients"

ROUTES = [
    Route(
        method="GET",
        path=CLIENTS,
        run=operations.list_all,
        operation="getOAuthClients",
        tag=TAG,
        summary="List the OAuth clients of the account",
        action=OAUTH_CLIENT.view_action,
        specifier=OAUTH_CLIENT.specifier,
        answer=list[OAuthClientShape],
    ),
    Route(
        method="POST",
        path=CLIENTS,
        run=operations.create_client,
        operation="createOAuth2Client",
        tag=TAG,
        summary="Register an OAuth client; its secret is told this once",
        action=operations.CREATE,
        specifier=OAUTH_CLIENT.specifier,
        body=NewOAuthClient,
        answer=OAuthClientShape,
        status=201,
    ),
    read_route(OAUTH_CLIENT, ONE, "getOAuthClientById", tag=TAG, answer=OAuthClientShape),
    change_route(OAUTH_CLIENT, ONE, "patchOAuthClient", tag=TAG, answer=OAuthClientShape),
    remove_route(OAUTH_CLIENT, ONE, "deleteOAuthClient", tag=TAG, action="deleteOauth2Client"),
]
