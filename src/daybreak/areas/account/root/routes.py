"""Every URL at the root: the API about itself, its reference, and what watches over the process."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from daybreak.areas.account.root import operations
from daybreak.areas.account.root.credentials import CredentialReader
from daybreak.areas.account.root.representation import (
    AccountShape,
    AddressesShape,
    AliveShape,
    CallerShape,
    ReadyShape,
    RootShape,
    VersionsShape,
)
from daybreak.platform.clock import DAY
from daybreak.rest.authentication import ActorReader
from daybreak.rest.reference import Reference
from daybreak.rest.routing import Route

ROOT = "/api/v2"
ACCOUNT = "/api/v2/account"
TAG = "Other"
HEALTH = "Health"


def routes(
    everything: Sequence[Route],
    reference: Reference,
    *,
    token: ActorReader,
    credential: CredentialReader,
    is_ready: Callable[[], bool],
) -> list[Route]:
    """`everything` is the whole table of routes, which these join."""
    return [*_api_routes(everything, reference, token, credential), *_page_routes(reference, is_ready)]


def _api_routes(
    everything: Sequence[Route], reference: Reference, token: ActorReader, credential: CredentialReader
) -> list[Route]:
    return [
        Route(
            method="GET",
            path=ROOT,
            run=partial(operations.read_root, root=ROOT, routes=everything),
            operation="getRoot",
            tag=TAG,
            summary="List what the API offers",
            answer=RootShape,
        ),
        # Headers come with a raw body only, even where there is none.
        Route(
            method="GET",
            path="/api/v2/caller-identity",
            run=partial(operations.read_caller_identity, token=token, credential=credential),
            operation="getCallerIdentity",
            tag=TAG,
            summary="Tell who is calling, by any kind of credential",
            answer=CallerShape,
            public=True,
            raw_body=True,
        ),
        Route(
            method="GET",
            path="/api/v2/openapi.json",
            run=partial(operations.read_document, reference=reference),
            operation="getOpenapiSpec",
            tag=TAG,
            summary="Read this API as an OpenAPI document",
            answer=dict[str, Any],
            public=True,
            remembered=DAY,
        ),
        Route(
            method="GET",
            path="/api/v2/public-ip-list",
            run=operations.read_public_addresses,
            operation="getIps",
            tag=TAG,
            summary="List the public addresses of the service",
            answer=AddressesShape,
        ),
        Route(
            method="GET",
            path="/api/v2/versions",
            run=operations.read_versions,
            operation="getVersions",
            tag=TAG,
            summary="List the versions of the API",
            answer=VersionsShape,
            raw_body=True,
        ),
        Route(
            method="GET",
            path=ACCOUNT,
            run=partial(operations.read_account, path=ACCOUNT),
            operation="getAccount",
            tag=TAG,
            summary="Read the account",
            answer=AccountShape,
        ),
    ]


def _page_routes(reference: Reference, is_ready: Callable[[], bool]) -> list[Route]:
    return [
        Route(
            method="GET",
            path="/docs",
            run=partial(operations.read_reference, reference=reference),
            operation="getReference",
            tag=TAG,
            summary="Browse the reference of this API",
            public=True,
            documented=False,
        ),
        Route(
            method="GET",
            path="/healthz",
            run=operations.read_life,
            operation="getLife",
            tag=HEALTH,
            summary="Tell whether the process is alive",
            answer=AliveShape,
            public=True,
            needs_database=False,
            instant=True,
        ),
        Route(
            method="GET",
            path="/readyz",
            run=partial(operations.read_readiness, is_ready=is_ready),
            operation="getReadiness",
            tag=HEALTH,
            summary="Tell whether the process can work: its database answers and is migrated",
            answer=ReadyShape,
            public=True,
            needs_database=False,
        ),
    ]
