"""Routes are values in a list; a trie over path segments finds one in a few microseconds.

The list is also what the OpenAPI document, the table of actions and the contract tests are made from.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from daybreak.platform.access import Actor
from daybreak.platform.errors import MethodNotAllowed, NotFound
from daybreak.rest.call import NoQuery, Query

_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation: what it is called, what it takes, what it answers.

    `run` is called with the `Call`, the path's parameters by snake_case name, and `query` and `body` where
    the route has them. `action` names what a policy must allow, and `specifier` on what: each may be several
    words. A route without an action is open to every caller that is authenticated. `remembered` is the number
    of milliseconds of clock time for which equal requests get equal answers while nothing is written (0:
    never remembered). A route that answers nothing has status 204 where none is declared, or 200 where it is
    `bodiless`; one that `may_be_empty` answers 204 where there is nothing to tell. `largest_body` is the
    number of bytes that are read of its body, where that is another one than of all routes. A body of a route
    with a `largest_upload` (bytes) is handed over as a file, `upload`, however large. One that is `instant`
    waits for nothing, so it is answered even when every thread waits for something. What of a body takes long
    and needs no database is done in `prepare`, before the transaction begins that others wait for: it is
    called with the actor and the body, and `run` gets as `body` what it answers.
    """

    method: str
    path: str
    run: Callable[..., Any]
    operation: str
    tag: str
    summary: str
    action: str | None = None
    specifier: str = ""
    query: type[Query] = NoQuery
    body: Any = None
    answer: Any = None
    status: int = 200
    beta: bool = False
    public: bool = False
    writes: bool | None = None
    remembered: int = 0
    bodiless: bool = False
    raw_body: bool = False
    largest_upload: int = 0
    needs_database: bool = True
    instant: bool = False
    prepare: Callable[[Actor, Any], Any] | None = None
    documented: bool = True
    may_be_empty: bool = False
    largest_body: int | None = None

    @property
    def changes(self) -> bool:
        """Whether it needs a writing transaction."""
        return self.method != "GET" if self.writes is None else self.writes

    @property
    def status_of_nothing(self) -> int:
        """The status of a success that has nothing to tell."""
        return 204 if self.status == 200 and not self.bodiless else self.status

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names in the path, as the path spells them."""
        return tuple(re.findall(r"\{(\w+)\}", self.path))


def snake_case(name: str) -> str:
    """`deploymentID` -> `deployment_id`."""
    return _WORDS.sub("_", name).lower()


@dataclass(slots=True)
class _Node:
    literals: dict[str, "_Node"] = field(default_factory=dict)
    parameter: "_Node | None" = None
    routes: dict[str, tuple[Route, tuple[str, ...]]] = field(default_factory=dict)


class Router:
    """Matches method and raw path. Literal segments win over parameters; both are tried."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._root = _Node()
        operations: set[str] = set()
        for route in self.routes:
            if route.operation in operations:
                message = f"two routes are called {route.operation}"
                raise ValueError(message)
            operations.add(route.operation)
            self._add(route)

    def _add(self, route: Route) -> None:
        node = self._root
        for segment in route.path.strip("/").split("/"):
            if segment.startswith("{"):
                node.parameter = node.parameter or _Node()
                node = node.parameter
            else:
                node = node.literals.setdefault(segment, _Node())
        if route.method in node.routes:
            message = f"{route.method} {route.path} is routed twice"
            raise ValueError(message)
        node.routes[route.method] = (route, tuple(snake_case(name) for name in route.parameters))

    def match(self, method: str, raw_path: bytes) -> tuple[Route, Mapping[str, str]]:
        """The route and the decoded values of its path.

        Works on the raw path, because a value may contain an encoded slash.

        Raises:
            NotFound: no such path, or a path that is not UTF-8.
            MethodNotAllowed: the path exists with other verbs only.

        """
        segments = raw_path.strip(b"/").split(b"/")
        try:
            decoded = [unquote_to_bytes(segment).decode() for segment in segments]
        except UnicodeDecodeError:
            raise NotFound("The path is not valid UTF-8") from None
        found = _descend(self._root, decoded, 0, [])
        if found is None:
            _refuse_path()
        node, values = found
        entry = node.routes.get(method) or (node.routes.get("GET") if method == "HEAD" else None)
        if entry is None:
            possible = sorted({*node.routes, "OPTIONS", *({"HEAD"} if "GET" in node.routes else ())})
            raise MethodNotAllowed(
                f"{method} is not possible here; possible: {', '.join(possible)}", possible
            )
        route, names = entry
        return route, dict(zip(names, values, strict=True))


def _descend(
    node: _Node, segments: list[str], index: int, values: list[str]
) -> tuple[_Node, list[str]] | None:
    if index == len(segments):
        return (node, values) if node.routes else None
    segment = segments[index]
    literal = node.literals.get(segment)
    if literal is not None and (found := _descend(literal, segments, index + 1, values)):
        return found
    if node.parameter is not None and segment:
        return _descend(node.parameter, segments, index + 1, [*values, segment])
    return None


def _refuse_path() -> NoReturn:
    raise NotFound("Invalid resource identifier: there is nothing at this path")
