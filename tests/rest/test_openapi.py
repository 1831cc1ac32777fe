"""The OpenAPI document: valid, the same every time, and saying what the routes and their structs say."""

import json
import re
from typing import Annotated, Any

import msgspec
import pytest
import schemathesis
from starlette.testclient import TestClient

from daybreak.app import Daybreak
from daybreak.platform.columns import Json
from daybreak.rest.call import Body, Page, Query, Shape
from daybreak.rest.keys import Key
from daybreak.rest.openapi import represent_api
from daybreak.rest.reference_page import represent_page
from daybreak.rest.routing import Route

WIDGETS = "/api/v2/widgets/{projectKey}"


class GadgetShape(Shape):
    """A gadget."""

    key: str
    size: int | None
    note: str | msgspec.UnsetType = msgspec.UNSET


class NewGadget(Body):
    key: Key
    size: Annotated[int, msgspec.Meta(ge=1, le=9)] = 3


class GadgetQuery(Query):
    project: str
    limit: Annotated[int, msgspec.Meta(ge=1, le=20, description="items of a page")] = 5
    since: int | None = None
    kinds: tuple[str, ...] = ()


def a_route(method: str = "GET", path: str = WIDGETS, **given: Any) -> Route:
    plain: dict[str, Any] = {
        "operation": f"{method.lower()}Gadgets",
        "tag": "Gadgets",
        "summary": f"{method} gadgets",
        "run": print,
    }
    return Route(method=method, path=path, **{**plain, **given})


def _operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = represent_api([route])["paths"][route.path][route.method.lower()]
    return found


def _named(operation: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in operation["parameters"] if one.get("name") == name]
    return dict(found)


def test_represent_api__query__becomes_parameters() -> None:
    operation = _operation(a_route(query=GadgetQuery))
    limit = _named(operation, "limit")
    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 20, "default": 5}
    assert (limit["required"], limit["in"], limit["description"]) == (False, "query", "items of a page")
    assert _named(operation, "since")["schema"] == {"type": "integer"}
    assert _named(operation, "project")["required"] is True
    assert (_named(operation, "kinds")["style"], _named(operation, "kinds")["explode"]) == ("form", False)
    assert _named(operation, "projectKey")["in"] == "path"
    assert "GadgetQuery" not in represent_api([a_route(query=GadgetQuery)])["components"]["schemas"]


def test_represent_api__body_and_answer__are_the_structs() -> None:
    needed = {"action": "make", "specifier": "widget/*"}
    document = represent_api([a_route("POST", body=NewGadget, answer=GadgetShape, status=201, **needed)])
    operation = document["paths"][WIDGETS]["post"]
    body = {"$ref": "#/components/schemas/NewGadget"}
    assert operation["requestBody"] == {"required": True, "content": {"application/json": {"schema": body}}}
    assert operation["responses"]["201"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/GadgetShape"
    }
    assert operation["x-daybreak-action"] == "make"
    assert operation["x-daybreak-resource"] == "widget/*"
    schemas = document["components"]["schemas"]
    assert schemas["GadgetShape"]["required"] == ["key", "size"]
    assert schemas["NewGadget"]["properties"]["size"]["maximum"] == 9
    assert schemas["NewGadget"]["properties"]["key"]["maxLength"] == 100


@pytest.mark.parametrize(
    ("answer", "items"),
    [(list[GadgetShape], {"$ref": "#/components/schemas/GadgetShape"}), (Page, {"type": "object"})],
)
def test_represent_api__page__holds_items(answer: Any, items: dict[str, Any]) -> None:
    response = _operation(a_route(answer=answer))["responses"]["200"]
    page = response["content"]["application/json"]["schema"]
    assert page["properties"]["items"] == {"type": "array", "items": items}
    assert page["required"] == ["items", "_links"]


@pytest.mark.parametrize(
    ("route", "refusals"),
    [
        (a_route(path="/api/v2/gadgets"), {400, 401, 429, 503}),
        (a_route(action="view"), {400, 401, 403, 404, 429, 503}),
        (a_route(path="/api/v2/gadgets", public=True), {400, 429, 503}),
        (a_route(path="/api/v2/gadgets", public=True, raw_body=True), {400, 401, 429, 503}),
        (a_route("POST", body=NewGadget), {400, 401, 404, 409, 413, 429, 503}),
        (a_route("POST", body=NewGadget, writes=False), {400, 401, 404, 413, 429, 503}),
        (a_route("PATCH", body=Json), {400, 401, 404, 409, 413, 422, 429, 503}),
        (a_route("DELETE", status=204), {400, 401, 404, 409, 429, 503}),
    ],
)  # fmt: skip
def test_represent_api__route__tells_how_it_may_refuse(route: Route, refusals: set[int]) -> None:
    told = {int(status) for status in _operation(route)["responses"]}
    assert {status for status in told if status >= 400} == refusals


@pytest.mark.parametrize(
    ("route", "security"),
    [
        (a_route(), None),
        (a_route(public=True), [{}]),
        (a_route(public=True, raw_body=True), [{"accessToken": []}, {}]),
    ],
)
def test_represent_api__public_route__needs_no_token(route: Route, security: Any) -> None:
    assert _operation(route).get("security") == security


def test_represent_api__patch__takes_every_form() -> None:
    document = represent_api([a_route("PATCH", body=Json)])
    schema = document["paths"][WIDGETS]["patch"]["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/Patch"}
    forms = document["components"]["schemas"]["Patch"]["anyOf"]
    assert {form["$ref"].rpartition("/")[2] for form in forms} == {
        "JsonPatch",
        "JsonPatchWithComment",
        "MergePatch",
        "MergePatchWithComment",
    }


def test_represent_api__odd_routes__are_told_as_they_are() -> None:
    raw = _operation(a_route("POST", raw_body=True))["requestBody"]
    assert raw == {"required": False, "content": {"application/json": {"schema": {}}}}
    assert _operation(a_route("DELETE"))["responses"]["204"] == {"description": "DELETE gadgets"}
    assert "200" in _operation(a_route("PUT", bodiless=True))["responses"]
    assert "304" in _operation(a_route(remembered=1, answer=GadgetShape))["responses"]
    assert "204" in _operation(a_route(may_be_empty=True, answer=GadgetShape))["responses"]
    assert _operation(a_route(beta=True))["x-daybreak-beta"] is True
    assert represent_api([a_route(documented=False)])["paths"] == {}


def test_represent_api__other_order__is_the_same_document() -> None:
    routes = [a_route("POST", body=NewGadget), a_route(query=GadgetQuery), a_route("DELETE", path="/a")]
    assert json.dumps(represent_api(routes)) == json.dumps(represent_api(routes[::-1]))


def test_represent_page__hostile_text__is_escaped() -> None:
    page = represent_page(represent_api([a_route(summary="<script>alert(1)</script>", tag='"><b>')])).html
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert" in page
    assert b"<b>" not in page


# The document of the whole program


@pytest.fixture
def document(app: Daybreak) -> dict[str, Any]:
    response = TestClient(app).get("/api/v2/openapi.json")
    read: dict[str, Any] = response.json()
    return read


def test_document__whole_program__is_loaded_and_valid(document: dict[str, Any]) -> None:
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    assert len(list(schema.get_all_operations())) == sum(
        len(methods) for methods in document["paths"].values()
    )


def test_document__references__all_lead_somewhere(document: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place: Any = document
        for part in reference.split("/"):
            assert part in place, reference
            place = place[part]


def test_document__every_route__is_in_it(app: Daybreak, document: dict[str, Any]) -> None:
    told = {
        operation["operationId"]: (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    routes = [route for route in app.endpoint.router.routes if route.documented]
    assert told == {route.operation: (route.method, route.path) for route in routes}


def test_document__path_parameters__are_all_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            described = [p["name"] for p in operation["parameters"] if p.get("in") == "path"]
            assert described == re.findall(r"\{(\w+)\}", path)


def test_document__limits__are_those_that_hold(api: Any, document: dict[str, Any]) -> None:
    """Each list is asked for the most and for one more."""
    for path, methods in document["paths"].items():
        [limit] = [p for p in methods.get("get", {}).get("parameters", ()) if p.get("name") == "limit"] or [
            {}
        ]
        if "{" in path or "maximum" not in limit.get("schema", {}):
            continue
        needed = [p for p in methods["get"]["parameters"] if p.get("required")]
        if needed:
            continue
        most = limit["schema"]["maximum"]
        assert api.get(path, limit=most).status_code == 200, path
        assert api.get(path, limit=most + 1).status_code == 400, path
