"""Members let programs act for them: the authorization-code flow (RFC 6749 4.1 and 6) with a proof that
whoever redeems a code is who asked for it (PKCE, RFC 7636), and revocation (RFC 7009).
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

from daybreak.areas.people.oauth_clients.asking import Asked, OAuthRefused, read_scope
from daybreak.areas.people.oauth_clients.model import OAuthClient
from daybreak.areas.people.oauth_clients.resource import OAUTH_CLIENT
from daybreak.areas.people.oauth_clients.store import (
    Allowed,
    Grant,
    Held,
    SecretKind,
    add_grant,
    add_secret,
    find_client,
    find_secret,
    list_allowed,
    remove_grant,
    take_secret,
)
from daybreak.platform import audit
from daybreak.platform.access import Actor
from daybreak.platform.clock import DAY, HOUR, MINUTE, Clock
from daybreak.platform.database import Database, Transaction
from daybreak.platform.errors import InvalidRequest, NotFound
from daybreak.platform.identifiers import digest, grant_secret, object_id

AUTHORIZE: Final = "authorizeOauth2Client"
LIFETIMES: Final = {SecretKind.CODE: MINUTE, SecretKind.ACCESS: HOUR, SecretKind.REFRESH: 30 * DAY}
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client gets. `expires_in` is in seconds."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scope: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class ClientProof:
    """Who a client says to be, and the secret that it proves that with."""

    id: str
    secret: str = field(repr=False)


class Authorizing:
    """The doors' view of what members allow; every method opens its own transactions."""

    def __init__(self, database: Database, clock: Clock, issuer: str) -> None:
        self.issuer = issuer
        self._database = database
        self._clock = clock

    def require_client(self, given: Mapping[str, str]) -> OAuthClient:
        """The client that asks.

        Raises:
            InvalidRequest: no client, or another redirect URI than its own: the browser is sent nowhere.

        """
        with self._database.reading() as db:
            try:
                client = find_client(db, given.get("client_id", ""))
            except NotFound:
                raise InvalidRequest("The program that sent you here is not registered (client_id)") from None
        if given.get("redirect_uri", client.redirect_uri) != client.redirect_uri:
            raise InvalidRequest(
                "The program that sent you here named another redirect_uri than it registered"
            )
        return client

    def allow(self, member: Actor, asked: Asked) -> str:
        """The code for the client."""
        code, now = grant_secret(), self._clock.now()
        grant = Grant(
            id=object_id(),
            client_id=asked.client.id,
            member_id=member.id,
            scope=asked.scope,
            redirect_uri=asked.given_uri,
            challenge=asked.challenge,
            created_at=now,
        )
        with self._database.writing() as db:
            client = find_client(db, asked.client.id)
            place = OAUTH_CLIENT.place(db, client)
            add_grant(db, grant)
            _add(db, grant.id, SecretKind.CODE, code, now)
            entry = audit.AuditEntry(
                kind=OAUTH_CLIENT.kind,
                resource_id=client.id,
                address=str(client.address),
                name=place.name,
                title_verb=f"let act for them as a {asked.scope} the OAuth client",
                actions=(AUTHORIZE,),
                path=place.path,
            )
            audit.record(db, member, now, entry)
        return code

    def redeem(self, proof: ClientProof, form: Mapping[str, str]) -> Tokens:
        """Tokens for a code or a refresh token. Raises OAuthRefused."""
        kinds = {"authorization_code": SecretKind.CODE, "refresh_token": SecretKind.REFRESH}
        kind = kinds.get(form.get("grant_type", ""))
        if kind is None:
            raise OAuthRefused("unsupported_grant_type", f"grant_type: one of {', '.join(kinds)}")
        secret = form.get("code" if kind is SecretKind.CODE else "refresh_token", "")
        now = self._clock.now()
        with self._database.writing() as db:
            client = _require_proof(db, proof)
            held = _require_held(db, client, kind, secret, now)
            _require_fitting(held.grant, kind, form)
            if take_secret(db, digest(secret)):
                return _issue(db, held.grant, now)
            # Somebody has stolen it, now or before: nobody can tell who is who. Kept, so nothing is raised
            # within the transaction.
            _end(db, held.grant.id, now)
        raise OAuthRefused("invalid_grant", "It was used before: the member has to allow it again")

    def revoke(self, proof: ClientProof, secret: str) -> None:
        """Ends what the secret belongs to. One that is unknown has ended. Raises OAuthRefused."""
        with self._database.writing() as db:
            client = _require_proof(db, proof)
            for kind in (SecretKind.ACCESS, SecretKind.REFRESH):
                held = find_secret(db, kind, digest(secret))
                if held is not None and held.grant.client_id == client.id:
                    _end(db, held.grant.id, self._clock.now())

    def list_allowed(self, member_id: str) -> list[Allowed]:
        with self._database.reading() as db:
            return list_allowed(db, member_id)

    def withdraw(self, member_id: str, grant_id: str) -> None:
        """Ends what a member has allowed."""
        with self._database.writing() as db:
            _end(db, grant_id, self._clock.now(), member_id)


def _require_proof(db: Transaction, proof: ClientProof) -> OAuthClient:
    try:
        client = find_client(db, proof.id)
    except NotFound:
        client = None
    known = client.secret_digest if client is not None else ""
    if not compare_digest(known, digest(proof.secret)) or client is None:
        raise OAuthRefused("invalid_client", "The client or its secret is wrong", 401)
    return client


def _require_held(db: Transaction, client: OAuthClient, kind: SecretKind, secret: str, now: int) -> Held:
    held = find_secret(db, kind, digest(secret))
    if held is None or held.grant.client_id != client.id or held.expires_at <= now:
        raise OAuthRefused("invalid_grant", f"The {kind} is unknown, has ended, or is of another client")
    return held


def _require_fitting(grant: Grant, kind: SecretKind, form: Mapping[str, str]) -> None:
    """Raises OAuthRefused where it is used otherwise than it was asked for."""
    if kind is SecretKind.REFRESH:
        if "scope" in form and read_scope(form["scope"]) != grant.scope:
            raise OAuthRefused("invalid_scope", f"The member has allowed {grant.scope}")
        return
    if form.get("redirect_uri", "") != grant.redirect_uri:
        raise OAuthRefused("invalid_grant", "redirect_uri is not the one that the code was asked for with")
    verifier = form.get("code_verifier", "")
    if not _VERIFIER.fullmatch(verifier) or not compare_digest(_challenge_of(verifier), grant.challenge):
        raise OAuthRefused("invalid_grant", "code_verifier is not what code_challenge was made of")


def _challenge_of(verifier: str) -> str:
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).decode().rstrip("=")


def _issue(db: Transaction, grant: Grant, now: int) -> Tokens:
    access, refresh = grant_secret(), grant_secret()
    _add(db, grant.id, SecretKind.ACCESS, access, now)
    _add(db, grant.id, SecretKind.REFRESH, refresh, now)
    return Tokens(access, refresh, grant.scope, LIFETIMES[SecretKind.ACCESS] // 1000)


def _add(db: Transaction, grant_id: str, kind: SecretKind, secret: str, now: int) -> None:
    add_secret(db, grant_id, kind, digest(secret), now + LIFETIMES[kind])


def _end(db: Transaction, grant_id: str, now: int, member_id: str | None = None) -> None:
    """Told, so that no process remembers its tokens."""
    if remove_grant(db, grant_id, member_id):
        db.tell("oauth-grant", grant_id, at=now)
