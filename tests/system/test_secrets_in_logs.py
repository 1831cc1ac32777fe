"""Whatever carries a secret into a server that tells everything: none of it stands in what it says, in its
metrics, or in what it sends to a collector of traces.
"""

import base64
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # ships no types

from collector import collecting
from databases import sqlite_url
from system.programs import TOKEN, serving

EMAIL, PASSWORD = "ann@example.com", "correct horse battery"
SETTINGS = {
    "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
    "DAYBREAK_OWNER_EMAIL": EMAIL,
    "DAYBREAK_OWNER_PASSWORD": PASSWORD,
    "DAYBREAK_OPENID_CLIENT_SECRET": "secret-of-the-provider",
    "DAYBREAK_SMTP_URL": "smtp://daybreak:secret-of-mail@127.0.0.1:9",
    "DAYBREAK_GITHUB_WEBHOOK_SECRET": "secret-of-github",
    "DAYBREAK_METRICS_TOKEN": "secret-of-metrics",
    "DAYBREAK_LOG_LEVEL": "debug",
}
VERIFIER = "v" * 60
BACK = "https://board.example/back"


class Caller:
    """A program and a browser, and every secret that they were told."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.secrets: list[str] = []

    def ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": TOKEN, **options.pop("headers", {})}
        answer = requests.request(method, self.address + path, headers=headers, timeout=30, **options)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def submit(self, path: str, form: dict[str, str], cookie: str = "") -> requests.Response:
        headers = {"Origin": self.address} | ({"Cookie": cookie} if cookie else {})
        return requests.post(
            self.address + path, data=form, headers=headers, allow_redirects=False, timeout=30
        )

    def tokens(self) -> None:
        made = self.ask("POST", "/api/v2/tokens", json={"name": "one", "role": "reader"})
        again = self.ask("POST", f"/api/v2/tokens/{made['_id']}/reset")
        self.secrets += [made["token"], again["token"]]
        self.secrets.append("api-wrong-secret")
        for header in (made["token"], again["token"], "api-wrong-secret", f"Bearer {TOKEN}"):
            headers = {"Authorization": header, "X-Request-Id": header}
            for path in ("/api/v2/projects", "/api/v2/none"):
                requests.get(self.address + path, headers=headers, timeout=30)
            requests.post(
                f"{self.address}/api/v2/projects", json={"key": header}, headers=headers, timeout=30
            )
        requests.post(f"{self.address}/webhooks/github/web", data=b"{", timeout=30)

    def keys(self) -> None:
        self.ask("POST", "/api/v2/projects", json={"key": "web", "name": "Web"})
        place = self.ask("GET", "/api/v2/projects/web/environments/production")
        self.secrets += [place["apiKey"], place["mobileKey"]]
        for key in (place["apiKey"], place["mobileKey"]):
            requests.get(f"{self.address}/sdk/latest-all", headers={"Authorization": key}, timeout=30)
            body, headers = b"{not json", {"Authorization": key, "Content-Type": "application/json"}
            requests.post(f"{self.address}/bulk", data=body, headers=headers, timeout=30)
        relay = {
            "name": "edge",
            "policy": [{"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["*"]}],
        }
        self.secrets.append(self.ask("POST", "/api/v2/account/relay-auto-configs", json=relay)["fullKey"])

    def people(self) -> str:
        for password in ("a wrong password", PASSWORD):
            came = self.submit("/sign-in", {"email": EMAIL, "password": password})
            self.secrets.append(password)
        cookie = came.headers["set-cookie"].partition(";")[0]
        self.secrets.append(cookie.partition("=")[2])
        requests.get(f"{self.address}/account", headers={"Cookie": cookie}, timeout=30)
        [member] = self.ask("POST", "/api/v2/members", json=[{"email": "bo@example.com", "role": "reader"}])[
            "items"
        ]
        link = self.ask("POST", f"/api/v2/members/{member['_id']}/links")["_links"]
        for each in link.values():
            if "/welcome/" in each["href"]:
                self.secrets.append(each["href"].rpartition("/")[2])
                requests.get(self.address + urlsplit(each["href"]).path, timeout=30)
        return cookie

    def programs(self, cookie: str) -> None:
        client = self.ask("POST", "/api/v2/oauth/clients", json={"name": "Board", "redirectUri": BACK})
        question = {
            "response_type": "code",
            "client_id": client["_clientId"],
            "code_challenge": create_s256_code_challenge(VERIFIER),
            "code_challenge_method": "S256",
            "decision": "allow",
        }
        sent = self.submit("/trust/oauth/authorize", question, cookie)
        code = dict(parse_qsl(urlsplit(sent.headers["location"]).query))["code"]
        proof = base64.b64encode(f"{client['_clientId']}:{client['_clientSecret']}".encode()).decode()
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
        tokens = self.ask(
            "POST", "/trust/oauth/token", data=form, headers={"Authorization": f"Basic {proof}"}
        )
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        self.ask("GET", "/api/v2/members/me", headers=bearer)
        self.secrets += [client["_clientSecret"], proof, code, VERIFIER]
        self.secrets += [tokens["access_token"], tokens["refresh_token"]]


def test_serve__telling_everything__tells_no_secret(tmp_path: Any) -> None:
    with collecting() as collector:
        way = {
            "DAYBREAK_OTLP_ENDPOINT": collector.address,
            "OTEL_EXPORTER_OTLP_HEADERS": "authorization=secret-of-the-collector",
        }
        with serving(sqlite_url(tmp_path), SETTINGS | way) as server:
            caller = Caller(server.address)
            caller.tokens()
            caller.keys()
            caller.programs(caller.people())
            metrics_token = {"Authorization": "Bearer secret-of-metrics"}
            metrics = requests.get(f"{server.address}/metrics", headers=metrics_token, timeout=30).text
            server.stop()
            said = "".join(server.lines)
        sent = b"".join(collector.raw).decode(errors="replace")
    of_settings = [value for name, value in SETTINGS.items() if "SECRET" in name]
    secrets = [
        TOKEN,
        PASSWORD,
        "secret-of-mail",
        "secret-of-metrics",
        "secret-of-the-collector",
        *of_settings,
        *caller.secrets,
    ]
    for told, sign in ((said, "request refused"), (sent, "request refused"), (metrics, "postToken")):
        assert sign in told
        assert [secret for secret in secrets if secret in told] == []
    assert "postToken" in [span.name for span in collector.spans]
