"""The requests of the mix, spelled for the wire."""

import base64
import json
import random
import time
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from bench.delivery import FLAGS, SEMANTIC
from bench.payloads import OUTCOMES, summary_of
from bench.server import TOKEN

# How often each is asked, of a hundred.
SHARES = {"poll": 40, "values": 25, "events": 20, "list": 10, "scores": 5}
STATUSES: dict[str, Collection[int]] = {"poll": (200, 304), "events": (202,)}
# People that contexts are of.
PEOPLE = 50_000
FLAGS_OF_A_PAYLOAD = 10
EVALUATIONS_OF_A_PAYLOAD = FLAGS_OF_A_PAYLOAD * sum(each["count"] for each in OUTCOMES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to ask, and with which keys. `scores` is a path. So many changes were made before."""

    address: str
    sdk_key: str
    environment_id: str
    scores: str
    changes: int = 0

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or ""

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 80


def change_of(number: int) -> tuple[str, str]:
    """The kind of the instruction, and the flag's key. Each is turned off, and in the next round on again."""
    return "turnFlagOff" if number // FLAGS % 2 == 0 else "turnFlagOn", f"flag-{number % FLAGS}"


class Requests:
    """What is asked next. The same order in each run."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._draw = random.Random(7)
        self._kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
        self._numbers = count()
        self._changes = count(place.changes)

    def statuses(self, kind: str) -> Collection[int]:
        return STATUSES.get(kind, (200,))

    def next(self, etag: bytes) -> tuple[str, bytes]:
        """Its kind, and what goes over the wire. `etag` is of the connection's last poll."""
        kind = self._draw.choice(self._kinds)
        match kind:
            case "poll":
                known = {"If-None-Match": etag.decode()} if etag else {}
                return kind, self._sdk("GET", "/sdk/latest-all", known)
            case "values":
                return kind, self._spell("GET", self._path_of_values(), {})
            case "events":
                return kind, self._events()
            case "list":
                return kind, self._api("GET", f"/api/v2/flags/web?limit={FLAGS}")
            case _:
                return kind, self._api("GET", self._place.scores)

    def change(self) -> bytes:
        """Each flag is turned off, and in the next round on again."""
        kind, key = change_of(next(self._changes))
        body = {"environmentKey": "production", "instructions": [{"kind": kind}]}
        return self._api("PATCH", f"/api/v2/flags/web/{key}", json.dumps(body).encode(), SEMANTIC)

    def stream(self) -> bytes:
        return self._sdk("GET", "/all", {})

    def _path_of_values(self) -> str:
        person = {"kind": "user", "key": f"person-{self._draw.randrange(PEOPLE)}", "country": "ch"}
        encoded = base64.urlsafe_b64encode(json.dumps(person).encode()).decode().rstrip("=")
        return f"/sdk/evalx/{self._place.environment_id}/contexts/{encoded}"

    def _events(self) -> bytes:
        now, first = int(time.time() * 1000), self._draw.randrange(FLAGS)
        numbers = [(first + each) % FLAGS for each in range(FLAGS_OF_A_PAYLOAD)]
        person = {"kind": "user", "key": f"person-{self._draw.randrange(PEOPLE)}", "country": "ch"}
        body = json.dumps(
            [summary_of(numbers, now), {"kind": "identify", "creationDate": now, "context": person}]
        ).encode()
        # An SDK gives each payload an id of its own, by which one that comes twice is known.
        headers = {
            "Content-Type": "application/json",
            "X-LaunchDarkly-Event-Schema": "4",
            "X-LaunchDarkly-Payload-ID": f"payload-{next(self._numbers)}-{now}",
        }
        return self._sdk("POST", "/bulk", headers, body)

    def _sdk(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        return self._spell(method, path, {"Authorization": self._place.sdk_key, **headers}, body)

    def _api(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> bytes:
        headers = {"Authorization": TOKEN} | ({"Content-Type": content_type} if content_type else {})
        return self._spell(method, path, headers, body)

    def _spell(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
        length = {"Content-Length": str(len(body))} if body else {}
        named = {"Host": f"{self._place.host}:{self._place.port}", **headers, **length}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body
