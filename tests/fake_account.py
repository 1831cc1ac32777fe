"""A fake of the vendor's API: it answers with documents of the vendor's shape, page by page, and in the ways
in which a real one fails.
"""

import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

TOKEN = "api-of-the-fake"
SDK_KEY = "sdk-of-the-fake-0001"


@dataclass(frozen=True)
class Fault:
    """How one request is answered in place of an answer; status 0 drops the connection."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class FakeAccount:
    """`lists` and `documents` are what it has, by their paths; `faults` are for the next requests, whatever
    they ask, and `refused` for paths. `asked` are the requests so far.
    """

    address: str = ""
    lists: dict[str, list[Any]] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    refused: dict[str, Fault] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    page: int = 2

    def answer(self, target: str, authorization: str) -> Fault:
        """What is answered is a fault, too, even if all is well."""
        self.asked.append(target)
        if self.faults:
            return self.faults.popleft()
        parts = urlsplit(target)
        if parts.path in self.refused:
            return self.refused[parts.path]
        if authorization != (SDK_KEY if parts.path.startswith("/sdk/") else TOKEN):
            return _answered(401, {"code": "unauthorized", "message": "Invalid access token"})
        if parts.path in self.documents:
            return _answered(200, self.documents[parts.path], self.headers)
        if parts.path in self.lists:
            return _answered(200, self._list(parts.path, parse_qs(parts.query)), self.headers)
        return _answered(404, {"code": "not_found", "message": "Invalid resource identifier"})

    def _list(self, path: str, query: dict[str, list[str]]) -> Any:
        """Pages are smaller than is asked for: nobody may count on their size."""
        offset = int(query.get("offset", ["0"])[0])
        items = self.lists[path]
        if "filter" in query and "state:archived" in query["filter"]:
            items = []
        shown = [_in_environments(item, query.get("env", [])) for item in items[offset : offset + self.page]]
        answer: dict[str, Any] = {"items": shown, "totalCount": len(items), "_links": {}}
        if offset + self.page < len(items):
            following = query | {"offset": [str(offset + self.page)]}
            href = f"{path}?{urlencode(following, doseq=True)}"
            answer["_links"]["next"] = {"href": href, "type": "application/json"}
        return answer


def _in_environments(item: Any, keys: list[str]) -> Any:
    if "environments" not in item or not isinstance(item["environments"], dict):
        return item
    shown = {key: value for key, value in item["environments"].items() if key in keys}
    return {**item, "environments": shown}


def _answered(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Fault:
    return Fault(status, json.dumps(value).encode(), headers or {})


@contextmanager
def fake_account() -> Iterator[FakeAccount]:
    """Listens on a free port until the block is left."""
    account = FakeAccount()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fault = account.answer(self.path, self.headers.get("Authorization", ""))
            if not fault.status:
                self.close_connection = True
                return
            self.send_response(fault.status)
            for name, value in {**fault.headers, "Content-Length": str(len(fault.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(fault.body)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - the name it has
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        account.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield account
        finally:
            server.shutdown()
            thread.join(timeout=10)
