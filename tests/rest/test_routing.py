"""The list of routes, and how one is found."""

from typing import Any

import pytest

from daybreak.platform.errors import MethodNotAllowed, NotFound
from daybreak.rest.routing import Route, Router, snake_case


def _route(method: str, path: str, operation: str = "", **more: Any) -> Route:
    return Route(
        method=method, path=path, run=dict, operation=operation or path, tag="T", summary="S", **more
    )


ROUTER = Router(
    [
        _route("GET", "/boxes"),
        _route("GET", "/boxes/{boxKey}"),
        _route("GET", "/boxes/special"),
        _route("POST", "/boxes/special", "postSpecial"),
        _route("GET", "/boxes/special/lids/{lidID}"),
        _route("GET", "/boxes/{boxKey}/lids"),
        _route("GET", "/boxes/{boxKey}/lids/{lidID}/hinges"),
    ]
)


@pytest.mark.parametrize(
    ("path", "operation", "values"),
    [
        (b"/boxes", "/boxes", {}),
        (b"/boxes/", "/boxes", {}),
        (b"/boxes/a%2Fb%20c", "/boxes/{boxKey}", {"box_key": "a/b c"}),
        (b"/boxes/special", "/boxes/special", {}),
        (b"/boxes/special/lids", "/boxes/{boxKey}/lids", {"box_key": "special"}),
        (b"/boxes/special/lids/1", "/boxes/special/lids/{lidID}", {"lid_id": "1"}),
        (
            b"/boxes/special/lids/1/hinges",
            "/boxes/{boxKey}/lids/{lidID}/hinges",
            {"box_key": "special", "lid_id": "1"},
        ),
    ],
)
def test_match__literal_before_parameter_and_both_tried__finds_the_route(
    path: bytes, operation: str, values: dict[str, str]
) -> None:
    route, found = ROUTER.match("GET", path)
    assert (route.operation, dict(found)) == (operation, values)


@pytest.mark.parametrize(
    "path", [b"/", b"/lids", b"/boxes/a/none", b"/boxes//lids", b"/boxes/special/lids/1/x"]
)
def test_match__no_such_path__is_not_found(path: bytes) -> None:
    with pytest.raises(NotFound):
        ROUTER.match("GET", path)


def test_match__verb_of_none__names_those_of_the_path() -> None:
    with pytest.raises(MethodNotAllowed) as refused:
        ROUTER.match("DELETE", b"/boxes/special")
    assert refused.value.possible == ("GET", "HEAD", "OPTIONS", "POST")


@pytest.mark.parametrize(
    "routes",
    [
        [_route("GET", "/boxes", "same"), _route("GET", "/lids", "same")],
        [_route("GET", "/boxes/{boxKey}", "one"), _route("GET", "/boxes/{key}", "other")],
    ],
)
def test_router__same_operation_or_same_path_twice__is_refused(routes: list[Route]) -> None:
    with pytest.raises(ValueError, match=r"same|twice"):
        Router(routes)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (_route("GET", "/a"), False),
        (_route("POST", "/a"), True),
        (_route("POST", "/a", writes=False), False),
        (_route("GET", "/a", writes=True), True),
    ],
)
def test_route__verb_and_declaration__tell_whether_it_writes(route: Route, expected: bool) -> None:  # noqa: FBT001 - a case of a table
    assert route.changes is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("projectKey", "project_key"),
        ("deploymentID", "deployment_id"),
        ("SDKKey", "sdk_key"),
        ("key", "key"),
        ("resourceIDOrKey", "resource_id_or_key"),
    ],
)
def test_snake_case__parameter_of_a_path__is_spelled_as_ours(name: str, expected: str) -> None:
    assert snake_case(name) == expected
