"""Two accounts, read through the API as their users read them, and what may differ between a source and what
was carried over from it. Owners are left out: each account has its own.
"""

from collections.abc import Iterator
from typing import Any, Final

import requests

from system.programs import TOKEN
from system.rich_account import OWNER_EMAIL

# By a name of a resource: what is not the same here as in the source, and why.
MAY_DIFFER: Final = {
    "expiring": {"_id": "is known by nothing else"},
    "teams": {"_version": "adding the members, page by page, changes a team here"},
    "members": {
        "_pendingInvite": "everybody who came is invited",
        "_verified": "an email is somebody's once they used it here",
        "mfa": "second factors are secrets, and are set up anew",
        "_lastSeen": "nobody has been here yet",
        "_lastSeenMetadata": "nobody has been here yet",
    },
    "auditlog": {"_origin": "says that an entry was carried over"},
}


class _Reader:
    """Reads one account. What may differ is left out."""

    def __init__(self, session: requests.Session, address: str) -> None:
        self._session = session
        self._address = address

    def one(self, path: str) -> tuple[str, Any]:
        answer = self._session.get(f"{self._address}/api/v2{path}", timeout=30)
        assert answer.status_code == 200, (path, answer.text)
        return path, _without_differences(path, answer.json())

    def every(self, path: str) -> tuple[str, list[Any]]:
        found: list[Any] = []
        href = f"/api/v2{path}"
        while href:
            answer = self._session.get(self._address + href, timeout=30)
            assert answer.status_code == 200, (href, answer.text)
            found += answer.json()["items"]
            href = answer.json()["_links"].get("next", {}).get("href", "")
        return path, [_without_differences(path, each) for each in found if not _is_owner(each)]

    def keys(self, path: str) -> list[str]:
        return [each["key"] for each in self.every(path)[1]]

    def people(self) -> Iterator[tuple[str, Any]]:
        yield self.every("/roles")
        yield self.every("/members?expand=customRoles,roleAttributes")
        yield self.every("/teams")
        for key in self.keys("/teams"):
            yield self.one(f"/teams/{key}?expand=members,roles,roleAttributes,maintainers")

    def project(self, key: str) -> Iterator[tuple[str, Any]]:
        yield self.one(f"/projects/{key}?expand=environments")
        yield self.one(f"/projects/{key}/flag-defaults")
        yield self.one(f"/projects/{key}/context-kinds")
        yield self.every(f"/projects/{key}/environments")
        for environment in self.keys(f"/projects/{key}/environments"):
            place = f"/segments/{key}/{environment}"
            yield self.every(place)
            for segment in self.keys(place):
                yield self.one(f"{place}/{segment}")

    def flags(self, key: str) -> Iterator[tuple[str, Any]]:
        for state in ("live", "deprecated", "archived"):
            path = f"/flags/{key}?filter=state:{state}&limit=100"
            yield self.every(path)
            for flag in self.keys(path):
                yield self.one(f"/flags/{key}/{flag}?expand=migrationSettings")

    def dates(self) -> Iterator[tuple[str, Any]]:
        for path in ("/flags/web/theme", "/segments/web/beta"):
            name, answer = self.one(f"{path}/expiring-targets/production")
            yield name, without(answer, MAY_DIFFER["expiring"])


def read_account(address: str) -> dict[str, Any]:
    """Every resource by its path, lists and details."""
    with requests.Session() as session:
        session.headers["Authorization"] = TOKEN
        reader = _Reader(session, address)
        found = dict(reader.people()) | dict(reader.dates())
        for key in reader.keys("/projects"):
            found |= dict(reader.project(key)) | dict(reader.flags(key))
        return found


def _is_owner(item: dict[str, Any]) -> bool:
    return item.get("role") == "owner" or item.get("email") == OWNER_EMAIL


def _without_differences(path: str, value: Any) -> Any:
    names = next((names for name, names in MAY_DIFFER.items() if path.startswith(f"/{name}")), {})
    return without(value, names.keys())


def without(value: Any, names: Any) -> Any:
    if isinstance(value, dict):
        return {name: without(member, names) for name, member in value.items() if name not in names}
    if isinstance(value, list):
        return [without(member, names) for member in value]
    return value


def read_payloads(address: str) -> dict[str, Any]:
    """What SDKs are sent, by the keys of the environments."""
    found = {}
    with requests.Session() as session:
        session.headers["Authorization"] = TOKEN
        for project in session.get(f"{address}/api/v2/projects?limit=100", timeout=30).json()["items"]:
            path = f"{address}/api/v2/projects/{project['key']}/environments?limit=100"
            for environment in session.get(path, timeout=30).json()["items"]:
                headers = {"Authorization": environment["apiKey"]}
                answer = requests.get(f"{address}/sdk/latest-all", headers=headers, timeout=30)
                assert answer.status_code == 200
                found[f"{project['key']}/{environment['key']}"] = answer.json()
    return found


def read_history(address: str, before: int) -> list[dict[str, Any]]:
    """The entries of the audit log earlier than `before` (Unix ms), newest first."""
    found: list[dict[str, Any]] = []
    path = f"/api/v2/auditlog?limit=20&before={before}"
    while path:
        answer = requests.get(address + path, headers={"Authorization": TOKEN}, timeout=30).json()
        found += answer["items"]
        path = answer["_links"].get("next", {}).get("href", "")
    return without(found, MAY_DIFFER["auditlog"].keys())  # type: ignore[no-any-return]  # a list as it was
