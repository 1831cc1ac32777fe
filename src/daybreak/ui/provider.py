"""Signing in with a provider of OpenID Connect: there with a question, back with a code, and the code changed
for a signed statement of who somebody is. The protocol is Authlib's; what is kept is one cookie.
"""

import base64
import secrets
from collections.abc import Mapping
from threading import Lock
from typing import Any, Final, NamedTuple

import httpx2
import msgspec
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # it has no types
from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]  # as above
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from daybreak.areas.people.intake import Identity, Welcoming
from daybreak.platform.clock import HOUR, Clock
from daybreak.platform.errors import InvalidRequest, Unauthorized, Unavailable
from daybreak.rest.browsers import read_cookie

CALLBACK: Final = "/sign-in/provider/callback"
COOKIE: Final = "daybreak-provider"
SCOPE: Final = "openid email profile"
SECONDS_TO_ANSWER: Final = 10
# Of signatures that only the provider can make.
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


class Departure(NamedTuple):
    """Where a browser goes, and the cookie by which it is known when it comes back."""

    address: str
    cookie: str
    value: str


class _Kept(msgspec.Struct):
    state: str
    nonce: str
    verifier: str
    destination: str


class _Discovered(NamedTuple):
    document: Mapping[str, Any]
    keys: KeySet
    at: int


class Provider:
    """One provider, as the settings name it. Raises Unavailable where it cannot be reached."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        name: str,
        address: str,
        welcoming: Welcoming,
        clock: Clock,
    ) -> None:
        self.name = name
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = f"{address}{CALLBACK}"
        self._welcoming = welcoming
        self._clock = clock
        self._lock = Lock()
        self._discovered: _Discovered | None = None

    def depart(self, destination: str) -> Departure:
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        kept = _Kept(state, nonce, verifier, destination)
        endpoint = self._discover().document["authorization_endpoint"]
        with self._client() as client:
            address, _ = client.create_authorization_url(
                endpoint, state=kept.state, nonce=kept.nonce, code_verifier=kept.verifier
            )
        value = base64.urlsafe_b64encode(msgspec.json.encode(kept)).decode().rstrip("=")
        return Departure(address, COOKIE, value)

    def welcome(self, query: str, headers: Mapping[bytes, bytes]) -> tuple[str, str]:
        """The secret of a session, and where somebody wanted to go.

        Raises:
            InvalidRequest: this browser did not depart from here.
            Unauthorized: the provider says no, or says what cannot be trusted.

        """
        kept = _read_kept(read_cookie(headers, COOKIE))
        claims = self._fetch_claims(query, kept)
        identity = Identity(
            issuer=self._issuer,
            subject=str(claims["sub"]),
            email=str(claims.get("email", "")),
            is_verified=claims.get("email_verified") is True,
            first_name=str(claims.get("given_name", "")),
            last_name=str(claims.get("family_name", "")),
        )
        return self._welcoming.welcome(identity), kept.destination

    def _fetch_claims(self, query: str, kept: _Kept) -> Mapping[str, Any]:
        found = self._discover()
        try:
            with self._client() as client:
                token = client.fetch_token(
                    found.document["token_endpoint"],
                    authorization_response=f"{self._redirect_uri}?{query}",
                    state=kept.state,
                    code_verifier=kept.verifier,
                )
                claims = self._verify(str(token.get("id_token", "")), found, kept.nonce)
                return claims if "email" in claims else _with_more(client, found.document, claims)
        except httpx2.HTTPError as error:
            raise Unavailable(f"{self.name} did not answer: try again in a moment") from error
        except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise Unauthorized(f"{self.name} did not confirm who you are: sign in again") from error

    def _verify(self, id_token: str, found: _Discovered, nonce: str) -> Mapping[str, Any]:
        """Raises JoseError, ValueError or Unavailable."""
        try:
            claims = jwt.decode(id_token, found.keys, algorithms=ALGORITHMS).claims
        except InvalidKeyIdError:
            # It has begun to sign with another key since it was asked.
            keys = self._discover(instead_of=found).keys
            claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        now = self._clock.now() // 1000
        rules = jwt.JWTClaimsRegistry(
            now=now,
            leeway=60,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client_id},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(claims)
        return claims

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._client_id,
            self._client_secret,
            scope=SCOPE,
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            timeout=SECONDS_TO_ANSWER,
        )

    def _discover(self, instead_of: _Discovered | None = None) -> _Discovered:
        """What the provider says of itself, asked for once an hour, and where something else is needed."""
        now = self._clock.now()
        with self._lock:
            known = self._discovered
            if known is None or known is instead_of or known.at <= now - HOUR:
                known = self._discovered = self._ask(now)
            return known

    def _ask(self, now: int) -> _Discovered:
        try:
            with httpx2.Client(timeout=SECONDS_TO_ANSWER) as client:
                asked = client.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
                document = asked.raise_for_status().json()
                keys = client.get(document["jwks_uri"]).raise_for_status().json()
            if document["issuer"] != self._issuer:
                raise Unavailable(f"{self.name} calls itself {document['issuer']!r}, not {self._issuer!r}")
            return _Discovered(document, KeySet.import_key_set(keys), now)
        except (httpx2.HTTPError, KeyError, ValueError, JoseError) as error:
            raise Unavailable(f"{self.name} did not answer: try again in a moment") from error


def _with_more(
    client: OAuth2Client, document: Mapping[str, Any], claims: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What the provider tells only whoever asks with the access token (OpenID Connect Core 5.3 and 5.4)."""
    asked = document.get("userinfo_endpoint")
    if not asked:
        return claims
    told = client.get(asked).raise_for_status().json()
    if told["sub"] != claims["sub"]:
        raise ValueError("the provider told of somebody else")
    return {**told, **claims}


def _read_kept(value: str) -> _Kept:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), type=_Kept)
    except (ValueError, msgspec.DecodeError):
        raise InvalidRequest("That took too long, or began in another browser: sign in again") from None
