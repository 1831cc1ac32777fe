"""A Relay Proxy as far as its configuration goes: what it is told, and what it makes of that."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from areas.integrations.configurations import CONFIGURATIONS, EVERYTHING
from system.programs import TOKEN, Serving

STREAM = "/relay_auto_config"
ENVIRONMENTS = "/environments/"

Event = tuple[str, Any]


@dataclass
class Relay:
    """Takes what is newer than what it has, as Relay Proxies do, and fails where it would take nothing."""

    lines: Iterator[str]
    headers: Mapping[str, str]
    environments: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def next(self) -> Event:
        """The next event, heartbeats left out."""
        name = ""
        for line in self.lines:
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return self._take(name, json.loads(line.removeprefix("data: ")))
        return "end", None

    def rest(self) -> list[str]:
        """The names of all further events, when the stream has ended."""
        return [name for name, _ in iter(self.next, ("end", None))]

    def _take(self, name: str, data: Any) -> Event:
        if name == "put":
            assert data["path"] == "/"
            self.environments = data["data"]["environments"]
            assert all(id == each["envID"] for id, each in self.environments.items())
            self.versions = {id: each["version"] for id, each in self.environments.items()}
        elif name in {"patch", "delete"}:
            id = data["path"].removeprefix(ENVIRONMENTS)
            version = data["version"] if name == "delete" else data["data"]["version"]
            assert version > self.versions.get(id, 0)
            self.versions[id] = version
            if name == "delete":
                del self.environments[id]
            else:
                assert id == data["data"]["envID"]
                self.environments[id] = data["data"]
        return name, data

    @property
    def keys(self) -> list[str]:
        return sorted(f"{each['projKey']}/{each['envKey']}" for each in self.environments.values())


@contextmanager
def a_relay(server: Serving, key: str, query: str = "") -> Iterator[Relay]:
    """Connected, with everything that there is."""
    headers = {"Authorization": key}
    url = f"{server.address}{STREAM}{query}"
    with requests.get(url, headers=headers, stream=True, timeout=10) as stream:
        assert stream.status_code == 200
        lines = (line.decode() for line in stream.iter_lines())
        relay = Relay(lines, stream.headers)
        assert relay.next()[0] == "put"
        yield relay


def a_configuration(server: Serving, *policy: dict[str, Any], name: str = "edge") -> dict[str, Any]:
    """Of all environments where no policy is given."""
    response = server.post(CONFIGURATIONS, {"name": name, "policy": list(policy) or [EVERYTHING]})
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def patch(server: Serving, path: str, field: str, value: Any) -> dict[str, Any]:
    body: Any = [{"op": "replace", "path": f"/{field}", "value": value}]
    response = requests.patch(server.address + path, json=body, headers={"Authorization": TOKEN}, timeout=30)
    assert response.status_code == 200, response.text
    changed: dict[str, Any] = response.json()
    return changed
