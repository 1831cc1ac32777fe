"""OAuth clients as a resource. Policies name them as `oauth2-client/ID`."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
from sqlalchemy import ColumnElement

from daybreak.areas.people.oauth_clients.model import OAuthClient, require_redirect_uri
from daybreak.areas.people.oauth_clients.representation import (
    CLIENTS,
    OAuthClientShape,
    client_path,
    represent_client,
)
from daybreak.areas.people.oauth_clients.requests import OAuthClientFields
from daybreak.areas.people.oauth_clients.store import client_store, find_client
from daybreak.areas.people.oauth_clients.tables import oauth_clients
from daybreak.logic.policy.address import Address
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call
from daybreak.rest.expansion import Expanded
from daybreak.rest.resource import Editing, Place, Resource
from daybreak.rest.visibility import Level, Located


def _find(call: Call, client_id: str) -> OAuthClient:
    return find_client(call.db, client_id)


def _everywhere(call: Call) -> Sequence[ColumnElement[bool]]:  # noqa: ARG001 - they belong to the account
    return ()


def _addresses(db: Transaction, found: Sequence[OAuthClient]) -> list[Address]:  # noqa: ARG001 - other resources ask the database
    return [client.address for client in found]


def _place(db: Transaction, client: OAuthClient) -> Place:  # noqa: ARG001 - other resources ask the database
    return Place(client.name, client_path(client.id), "OAuth clients", CLIENTS)


def _represent(call: Call, found: Sequence[OAuthClient], expanded: Expanded) -> list[OAuthClientShape]:  # noqa: ARG001 - the shape of every representation
    return [represent_client(client) for client in found]


def _read_fields(client: OAuthClient) -> OAuthClientFields:
    return msgspec.convert(client, OAuthClientFields, from_attributes=True)


def _write_fields(client: OAuthClient, fields: OAuthClientFields) -> OAuthClient:
    return replace(
        client,
        name=fields.name,
        description=fields.description,
        redirect_uri=require_redirect_uri(fields.redirect_uri),
    )


OAUTH_CLIENT: Resource[OAuthClient] = Resource(
    kind="oauth2-client",
    specifier="oauth2-client/*",
    store=client_store,
    find=_find,
    within=_everywhere,
    addresses=_addresses,
    place=_place,
    represent=_represent,
    view_action="viewOauth2Client",
    located=(Located((Level("oauth2-client", oauth_clients.c.id),)),),
    editing=Editing(
        fields=OAuthClientFields,
        read=_read_fields,
        write=_write_fields,
        actions={
            "/name": "updateName",
            "/description": "updateDescription",
            "/redirectUri": "updateRedirectUri",
        },
    ),
)
