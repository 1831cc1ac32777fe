"""The door for the web interface: what `npm run build` made of `web/`, to those who are signed in.

Everything is read once, at start. So no path of a request ever reaches the file system.
"""

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from daybreak.ui.pages import go_to, page
from daybreak.ui.visitors import Visitors

DIST: Final = Path(__file__).parent / "dist"
INDEX: Final = "/index.html"
ASSETS: Final = "/assets/"

# The interface's own paths: it reads the rest of them itself.
_SECTION: Final = re.compile(r"/((projects|settings)(/.*)?)?", re.DOTALL)
# What `_site` of a flag names: `/{project}/{environment}/features/{flag}`. The API has its own addresses.
_FLAG: Final = re.compile(r"/(?!api/v\d/)[^/]+/[^/]+/features/[^/]+")

_MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
# Compressed already, each in its own way.
_DENSE: Final = {".ico", ".png", ".woff2"}
_WORTH_COMPRESSING: Final = 512

_HEADERS: Final = {
    # Components set styles of elements; scripts come from files only.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
# Names of assets change with what is in them.
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the built interface, as it goes over the wire."""

    content: bytes
    suffix: str

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES.get(self.suffix, "application/octet-stream")

    @property
    def tag(self) -> str:
        return f'"{sha256(self.content).hexdigest()[:32]}"'

    @property
    def is_compressible(self) -> bool:
        return self.suffix not in _DENSE and len(self.content) >= _WORTH_COMPRESSING


def read_files(dist: Path) -> Mapping[str, File]:
    """By path, as requests name it. Hidden files are notes of the build; without a build there are none."""
    return {
        f"/{found.relative_to(dist).as_posix()}": File(found.read_bytes(), found.suffix)
        for found in dist.rglob("*")
        if found.is_file() and not found.name.startswith(".")
    }


class Interface:
    """The web interface: one page that draws itself with what the public API answers."""

    def __init__(self, files: Mapping[str, File], visitors: Visitors) -> None:
        self._files = files
        self._visitors = visitors
        self._tags = {path: file.tag for path, file in files.items() if not path.startswith(ASSETS)}
        self._compressed: dict[str, bytes] = {}
        self._compressing = Lock()

    def handles(self, path: str) -> bool:
        return path in self._files or path.startswith(ASSETS) or _is_of_interface(path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self._respond(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        path: str = request.scope["path"]
        if request.method not in {"GET", "HEAD"}:
            return _refuse(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        if path == INDEX or _is_of_interface(path):
            return await self._show_index(request)
        if path not in self._files:
            return _refuse(HTTPStatus.NOT_FOUND, {"Cache-Control": "no-store"})
        return await self._send_asset(request, path) if path.startswith(ASSETS) else self._send(request, path)

    async def _show_index(self, request: Request) -> Response:
        if INDEX not in self._files:
            return page("unbuilt", HTTPStatus.SERVICE_UNAVAILABLE)
        if await self._visitors.find_member(request) is None:
            return go_to(f"/sign-in?next={quote(_address_of(request), safe='')}")
        return self._send(request, INDEX)

    def _send(self, request: Request, path: str) -> Response:
        """A file whose name stays when what is in it changes."""
        tag = self._tags[path]
        headers = {"Cache-Control": _ASK_AGAIN, "ETag": tag}
        if _has(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        file = self._files[path]
        return Response(file.content, headers=headers, media_type=file.media_type)

    async def _send_asset(self, request: Request, path: str) -> Response:
        file = self._files[path]
        headers = {"Cache-Control": _FOR_GOOD}
        if not file.is_compressible:
            return Response(file.content, headers=headers, media_type=file.media_type)
        headers["Vary"] = "Accept-Encoding"
        if not _accepts_gzip(request.headers.get("accept-encoding", "")):
            return Response(file.content, headers=headers, media_type=file.media_type)
        headers["Content-Encoding"] = "gzip"
        compressed = self._compressed.get(path)
        if compressed is None:
            compressed = await run_in_threadpool(self._compress, path)
        return Response(compressed, headers=headers, media_type=file.media_type)

    def _compress(self, path: str) -> bytes:
        """Once, for the first who asks: a start does not wait for it."""
        with self._compressing:
            if path not in self._compressed:
                self._compressed[path] = gzip.compress(self._files[path].content, mtime=0)
            return self._compressed[path]


def _is_of_interface(path: str) -> bool:
    return _SECTION.fullmatch(path) is not None or _FLAG.fullmatch(path) is not None


def _address_of(request: Request) -> str:
    query = request.url.query
    return quote(request.scope["path"]) + (f"?{query}" if query else "")


def _has(tag: str, asked: str) -> bool:
    """Whether a list of tags, as browsers send it, has this one."""
    given = {each.strip().removeprefix("W/") for each in asked.split(",")}
    return tag in given or "*" in given


def _accepts_gzip(encodings: str) -> bool:
    for each in encodings.lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";q=")
        if name == "gzip":
            return weight.strip("0.") != "" or weight == ""
    return False


def _refuse(status: HTTPStatus, headers: Mapping[str, str]) -> Response:
    return PlainTextResponse(status.phrase, status, headers)
