"""What of OAuth clients is not the same as of every resource: their secret, and lists without pages."""

from daybreak.areas.people.oauth_clients.model import OAuthClient, require_redirect_uri
from daybreak.areas.people.oauth_clients.representation import OAuthClientShape
from daybreak.areas.people.oauth_clients.requests import NewOAuthClient
from daybreak.areas.people.oauth_clients.resource import OAUTH_CLIENT
from daybreak.areas.people.oauth_clients.store import list_clients
from daybreak.platform.identifiers import client_secret, digest, unique_id
from daybreak.rest.call import Call, Page
from daybreak.rest.operations import create, represent_all, represent_one, visible

CREATE = "createOauth2Client"


def list_all(call: Call) -> Page:
    """All that the caller may see: the contract knows no pages here."""
    found = list_clients(call.db, visible(call, OAUTH_CLIENT))
    return Page(represent_all(call, OAUTH_CLIENT, found), None)


def create_client(call: Call, body: NewOAuthClient) -> OAuthClientShape:
    secret = client_secret()
    client = OAuthClient(
        id=unique_id(),
        name=body.name,
        description=body.description or "",
        redirect_uri=require_redirect_uri(body.redirect_uri),
        secret_digest=digest(secret),
        created_at=call.now,
        version=1,
    )
    shape = represent_one(call, OAUTH_CLIENT, create(call, OAUTH_CLIENT, client, CREATE))
    assert isinstance(shape, OAuthClientShape)
    shape.client_secret = secret
    return shape
