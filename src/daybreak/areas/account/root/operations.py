"""The API about itself: its collections, its caller, its versions, its document, its health."""

from collections.abc import Callable, Mapping, Sequence

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
from daybreak.platform.access import Actor
from daybreak.platform.account import ACCOUNT_ID, ORGANIZATION
from daybreak.platform.errors import Unauthorized, Unavailable
from daybreak.platform.identifiers import digest
from daybreak.rest.authentication import ActorReader
from daybreak.rest.call import Answer, Call
from daybreak.rest.links import link, links
from daybreak.rest.reference import Reference
from daybreak.rest.routing import Route
from daybreak.rest.versioning import LATEST_VERSION, VALID_VERSIONS, parse_version

Headers = Mapping[bytes, bytes]


def read_root(call: Call, *, root: str, routes: Sequence[Route]) -> RootShape:  # noqa: ARG001 - the same for every caller
    """Links to what can be read without knowing a name, each called by its path."""
    readable = (route.path for route in routes if route.method == "GET" and not route.parameters)
    below = f"{root}/"
    return RootShape(links={p.removeprefix(below): link(p) for p in readable if p.startswith(below)})


def read_caller_identity(
    call: Call,
    raw: bytes,  # noqa: ARG001 - comes along with the headers
    headers: Headers,
    *,
    token: ActorReader,
    credential: CredentialReader,
) -> CallerShape:
    """Takes any kind of credential, and therefore looks at the header itself."""
    secret = headers.get(b"authorization", b"").decode("latin-1")
    if secret and (actor := token(call.db, digest(secret), call.now)):
        return _represent_actor(actor)
    if secret and (found := credential(call.db, secret, call.now)):
        return CallerShape(
            account_id=ACCOUNT_ID,
            auth_kind="token",
            token_kind=found.kind,
            environment_id=found.environment.id,
            environment_name=found.environment.name,
            project_id=found.environment.project.id,
            project_name=found.environment.project.name,
        )
    raise Unauthorized("Invalid access token")


def _represent_actor(actor: Actor) -> CallerShape:
    shape = CallerShape(
        account_id=ACCOUNT_ID,
        auth_kind="token",
        token_kind="auth",  # noqa: S106 - a kind, no secret
        token_id=actor.id,
        token_name=actor.name,
        service_token=actor.is_service,
    )
    if not actor.is_service:
        shape.member_id = actor.owner_id
    return shape


def read_versions(call: Call, raw: bytes, headers: Headers) -> VersionsShape:  # noqa: ARG001 - comes along with the headers
    asked = [value.decode("latin-1") for name, value in headers.items() if name == b"ld-api-version"]
    version, is_beta = parse_version(asked, call.actor.api_version)
    return VersionsShape(
        valid_versions=list(VALID_VERSIONS),
        latest_version=LATEST_VERSION,
        current_version=version,
        beta=is_beta,
    )


def read_public_addresses(call: Call) -> AddressesShape:  # noqa: ARG001 - the same for every caller
    return AddressesShape(addresses=[], outbound_addresses=[])


def read_account(call: Call, *, path: str) -> AccountShape:  # noqa: ARG001 - the same for every caller
    return AccountShape(links_=links(self=path), id=ACCOUNT_ID, organization=ORGANIZATION)


def read_document(call: Call, *, reference: Reference) -> Answer:  # noqa: ARG001 - the same for every caller
    return Answer(reference.document)


def read_reference(call: Call, *, reference: Reference) -> Answer:  # noqa: ARG001 - the same for every caller
    return Answer(
        reference.page.html,
        content_type="text/html; charset=utf-8",
        headers={"Content-Security-Policy": reference.page.policy, "X-Content-Type-Options": "nosniff"},
    )


def read_life() -> AliveShape:
    return AliveShape(status="alive")


def read_readiness(*, is_ready: Callable[[], bool]) -> ReadyShape:
    if not is_ready():
        raise Unavailable("The database's schema is not the one this program needs: migrate it")
    return ReadyShape(status="ready")
