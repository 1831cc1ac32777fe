"""A provider of OpenID Connect, run by Node, and a browser that goes there and back."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from joserfc.jwk import KeyParameters, RSAKey

CLIENT = {"clientId": "daybreak", "clientSecret": "0123456789" * 4}
CALLBACK = "http://testserver/sign-in/provider/callback"
ACCOUNTS: Mapping[str, Mapping[str, Any]] = {
    "ann": {"email": "ann@example.com", "email_verified": True, "given_name": "Ann", "family_name": "Lee"},
    "eve": {"email": "ann@example.com", "email_verified": False},
    "bo": {"email": "bo@example.com", "email_verified": True, "given_name": "Bo", "family_name": "Ray"},
    "nobody": {},
}


@contextmanager
def provider(*, tells_in_token: bool, port: int = 0, key: str = "") -> Iterator[str]:
    """Its issuer. Most tell an email only at their userinfo endpoint, some in the ID token too. It signs with
    a new key that is called `key`, or with one that all have.
    """
    given = {
        **CLIENT,
        "redirectUris": [CALLBACK],
        "accounts": ACCOUNTS,
        "tellsInToken": tells_in_token,
        "port": port,
        "keys": [_a_key(key)] if key else None,
    }
    process = subprocess.Popen(
        [Path(sys.executable).with_name("node"), "provider.mjs", json.dumps(given)],
        cwd=Path(__file__).parents[2] / "node",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        assert issuer, "the provider ended"
        yield issuer
    finally:
        process.kill()
        process.communicate(timeout=10)


def _a_key(id: str) -> Mapping[str, Any]:
    parameters: KeyParameters = {"kid": id, "use": "sig", "alg": "RS256"}
    return RSAKey.generate_key(2048, parameters, private=True).as_dict(private=True)


def sign_in_there(address: str, login: str) -> str:
    """As somebody fills in the provider's forms: the path by which they come back."""
    with httpx2.Client() as browser:
        answer = browser.get(address)
        for _ in range(10):
            while answer.is_redirect:
                location = answer.headers["location"]
                if location.startswith(CALLBACK):
                    return str(location.removeprefix("http://testserver"))
                answer = browser.get(answer.url.join(location))
            action, form = _fill_in(answer.text, login)
            answer = browser.post(action, data=form)
    message = f"the provider never sent back: {answer.text}"
    raise AssertionError(message)


def _fill_in(page: str, login: str) -> tuple[str, dict[str, str]]:
    """Where the page's form goes, and what it says then."""
    action = re.search(r'action="([^"]+)"', page)
    prompt = re.search(r'name="prompt" value="(\w+)"', page)
    assert action is not None, page
    assert prompt is not None, page
    return html.unescape(action[1]), {"prompt": prompt[1], "login": login, "password": "any"}
