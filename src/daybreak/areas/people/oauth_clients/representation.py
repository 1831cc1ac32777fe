"""OAuth clients as the API shows them."""

import msgspec

from daybreak.areas.people.oauth_clients.model import OAuthClient
from daybreak.platform.account import ACCOUNT_ID
from daybreak.rest.call import Shape
from daybreak.rest.links import Links, links, path

CLIENTS = "/api/v2/oauth/clients"


class OAuthClientShape(Shape, kw_only=True):
    """A client. Its secret is shown once, when it is made."""

    links_: Links = msgspec.field(name="_links")
    name: str
    description: str
    account_id: str = msgspec.field(name="_accountId")
    client_id: str = msgspec.field(name="_clientId")
    client_secret: str | msgspec.UnsetType = msgspec.field(name="_clientSecret", default=msgspec.UNSET)
    redirect_uri: str
    creation_date: int = msgspec.field(name="_creationDate")


def client_path(id: str) -> str:
    return path(CLIENTS + "/{id}", id=id)


def represent_client(client: OAuthClient) -> OAuthClientShape:
    return OAuthClientShape(
        links_=links(self=client_path(client.id), parent=CLIENTS),
        name=client.name,
        description=client.description,
        account_id=ACCOUNT_ID,
        client_id=client.id,
        redirect_uri=client.redirect_uri,
        creation_date=client.created_at,
    )
