"""The table of routes as an OpenAPI 3.1 document. What a body, a query and an answer may hold is told by the
structs that parse and make them, so that it is as true as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

import msgspec

from daybreak import __version__
from daybreak.platform.columns import Json
from daybreak.rest.call import NoQuery, Page
from daybreak.rest.errors import ErrorShape
from daybreak.rest.keys import KEY_PATTERN
from daybreak.rest.routing import Route
from daybreak.rest.versioning import VALID_VERSIONS

Schema = dict[str, Json]

_REFERENCE = "#/components/schemas/{name}"
_SECURITY = "accessToken"
_VERSION_PARAMETER = {"$ref": "#/components/parameters/apiVersion"}

_KEY: Schema = {"type": "string", "pattern": KEY_PATTERN, "minLength": 1, "maxLength": 256}
_TEXT: Schema = {"type": "string", "minLength": 1, "pattern": r"^[^\u0000]+$"}
# Ids that are not 24 hexadecimal digits name nothing: they are not found, like any unknown one.
_ID: Schema = {"type": "string", "pattern": "^[0-9a-f]{24}$"}
_PATH_SCHEMAS: Mapping[str, Schema] = {"projectKey": _KEY, "environmentKey": _KEY, "id": _ID}

_REFUSALS: Mapping[int, str] = {
    400: "The request makes no sense as it stands",
    401: "There is no credential, or one that is not known",
    403: "The caller has no right to do this",
    404: "Nothing has that name here",
    409: "The change collides with something that exists, or with another change",
    413: "The body is larger than this server reads",
    422: "The patch cannot be applied to this resource",
    429: "Too many requests: wait until the time in X-Ratelimit-Reset",
    503: "The server cannot answer now, and may in a moment",
}

_PATCHES: Mapping[str, Schema] = {
    "JsonPatch": {
        "description": "A JSON patch as in RFC 6902. Absent members may be replaced or removed.",
        "type": "array",
        "maxItems": 1000,
        "items": {
            "type": "object",
            "properties": {
                "op": {"enum": ["add", "remove", "replace", "move", "copy", "test"]},
                "path": {"type": "string", "pattern": "^(/.*)?$"},
                "from": {"type": "string", "pattern": "^(/.*)?$"},
                "value": {},
            },
            "required": ["op", "path"],
        },
    },
    "JsonPatchWithComment": {
        "description": "A JSON patch, and why it is made.",
        "type": "object",
        "properties": {
            "comment": {"type": "string"},
            "patch": {"$ref": "#/components/schemas/JsonPatch"},
        },
        "required": ["patch"],
    },
    "MergePatch": {
        "description": "A merge patch as in RFC 7386: the members to change; null removes one.",
        "type": "object",
    },
    "MergePatchWithComment": {
        "description": "A merge patch, and why it is made.",
        "type": "object",
        "properties": {"comment": {"type": "string"}, "merge": {"$ref": "#/components/schemas/MergePatch"}},
        "required": ["merge"],
    },
    "Patch": {
        "description": "The members that can be changed are those the resource is created with.",
        "anyOf": [
            {"$ref": "#/components/schemas/JsonPatch"},
            {"$ref": "#/components/schemas/JsonPatchWithComment"},
            {"$ref": "#/components/schemas/MergePatchWithComment"},
            {"$ref": "#/components/schemas/MergePatch"},
        ],
    },
}

_LINKS: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "properties": {"href": {"type": "string"}, "type": {"type": "string"}},
        "required": ["href", "type"],
    },
}


def represent_api(routes: Iterable[Route]) -> dict[str, Json]:
    """The whole document; the same for the same routes, whatever their order."""
    documented = sorted(
        (route for route in routes if route.documented), key=lambda route: (route.path, route.method)
    )
    schemas = _Schemas(documented)
    paths: dict[str, dict[str, Json]] = {}
    for route in documented:
        paths.setdefault(route.path, {})[route.method.lower()] = _represent_operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Daybreak",
            "version": __version__,
            "description": "Release intelligence and feature flags, by LaunchDarkly's REST API, version 2.",
        },
        "servers": [{"url": "/"}],
        "security": [{_SECURITY: []}],
        "tags": [{"name": tag} for tag in sorted({route.tag for route in documented})],
        "paths": paths,
        "components": {
            "securitySchemes": {
                _SECURITY: {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Authorization",
                    "description": "The secret of an access token, alone.",
                }
            },
            "parameters": {"apiVersion": _represent_version_parameter()},
            "responses": {
                str(status): _represent_refusal(meaning, schemas) for status, meaning in _REFUSALS.items()
            },
            "schemas": schemas.components,
        },
    }


class _Schemas:
    """The schemas of all structs at once, so that they share what they have in common."""

    def __init__(self, routes: Sequence[Route]) -> None:
        kinds: dict[Any, None] = {ErrorShape: None}
        for route in routes:
            kinds |= dict.fromkeys([_item_kind(route.answer), route.body, route.query])
        kinds.pop(None, None)
        schemas, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
        self._by_kind = dict(zip(kinds, schemas, strict=True))
        self._queries: dict[Any, Schema] = {}
        for query in dict.fromkeys(route.query for route in routes):
            name = self._by_kind[query]["$ref"].rpartition("/")[2]
            # Queries are no objects on the wire: their members become parameters.
            self._queries[query] = components.pop(name)
        self.components: Schema = {
            name: components.get(name) or _PATCHES.get(name) or _LINKS
            for name in sorted({*components, *_PATCHES, "Links"})
        }

    def of(self, kind: Any) -> Schema:
        """What a body or an answer looks like."""
        schema: Schema = self._by_kind[kind]
        return schema

    def of_query(self, kind: Any) -> Schema:
        """The struct of a query, as an object whose members are the parameters."""
        return self._queries[kind]


def _item_kind(answer: Any) -> Any:
    """`list[Item]` stands for a page of them."""
    if answer is Page:
        return dict[str, Any]
    return get_args(answer)[0] if get_origin(answer) is list else answer


def _represent_operation(route: Route, schemas: _Schemas) -> Schema:
    operation: Schema = {
        "operationId": route.operation,
        "tags": [route.tag],
        "summary": route.summary,
        "parameters": [
            *(_represent_path_parameter(name) for name in route.parameters),
            *_represent_query(schemas.of_query(route.query)),
            _VERSION_PARAMETER,
        ],
        "responses": _represent_responses(route, schemas),
    }
    if route.body is not None or (route.raw_body and route.method != "GET"):
        operation["requestBody"] = _represent_body(route, schemas)
    if route.action:
        operation["x-daybreak-action"] = route.action
        operation["x-daybreak-resource"] = route.specifier
    if route.beta:
        operation["x-daybreak-beta"] = True
    if route.public:
        # With the headers in hand, an operation may look for a credential itself.
        operation["security"] = [{_SECURITY: []}, {}] if route.raw_body else [{}]
    return operation


def _represent_path_parameter(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _PATH_SCHEMAS.get(name, _TEXT)}


def _represent_query(query: Schema) -> list[Schema]:
    required = query.get("required", ())
    return [
        _represent_query_parameter(name, schema, is_required=name in required)
        for name, schema in query.get("properties", {}).items()
    ]


def _represent_query_parameter(name: str, schema: Schema, *, is_required: bool) -> Schema:
    schema = _without_null(schema)
    parameter: Schema = {"name": name, "in": "query", "required": is_required}
    if "description" in schema:
        parameter["description"] = schema.pop("description")
    if schema.get("type") == "array":
        parameter |= {"style": "form", "explode": False}
    return parameter | {"schema": schema}


def _without_null(schema: Schema) -> Schema:
    """A query has no null: what may be absent is not required, that is all."""
    kept = dict(schema)
    if kept.get("default", 0) is None:
        del kept["default"]
    if "anyOf" in kept:
        others = [choice for choice in kept["anyOf"] if choice != {"type": "null"}]
        if len(others) == 1:
            del kept["anyOf"]
            return {**others[0], **kept}
        kept["anyOf"] = others
    return kept


def _represent_body(route: Route, schemas: _Schemas) -> Schema:
    schema: Schema = {}
    if route.body is Json and route.method == "PATCH":
        schema = {"$ref": "#/components/schemas/Patch"}
    elif route.body is not None:
        schema = schemas.of(route.body)
    return {"required": not route.raw_body, "content": {"application/json": {"schema": schema}}}


def _represent_responses(route: Route, schemas: _Schemas) -> Schema:
    success: Schema = {"description": route.summary}
    if route.answer is not None:
        success["content"] = {"application/json": {"schema": _represent_answer(route, schemas)}}
    status = route.status_of_nothing if route.answer is None else route.status
    responses: Schema = {str(status): success}
    if route.may_be_empty:
        responses["204"] = {"description": "There is nothing to tell"}
    if route.remembered:
        responses["304"] = {"description": "Nothing has changed since the answer named in If-None-Match"}
    responses |= {str(code): {"$ref": f"#/components/responses/{code}"} for code in _refusals(route)}
    return responses


def _represent_answer(route: Route, schemas: _Schemas) -> Schema:
    item = schemas.of(_item_kind(route.answer))
    if route.answer is not Page and get_origin(route.answer) is not list:
        return item
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": item},
            "totalCount": {"type": "integer", "minimum": 0},
            "_links": {"$ref": "#/components/schemas/Links"},
        },
        "required": ["items", "_links"],
    }


def _refusals(route: Route) -> list[int]:
    """What an operation may answer instead of what was asked for."""
    takes_body = route.body is not None or (route.raw_body and route.method != "GET")
    possible = {
        400: True,
        401: not route.public or route.raw_body,
        403: route.action is not None,
        404: bool(route.parameters) or route.query is not NoQuery or takes_body,
        409: route.changes,
        413: takes_body,
        422: route.body is Json and route.method == "PATCH",
        429: True,
        503: True,
    }
    return [status for status, is_possible in possible.items() if is_possible]


def _represent_version_parameter() -> Schema:
    return {
        "name": "LD-API-Version",
        "in": "header",
        "required": False,
        "description": "The version of the API; without it, the access token's own",
        "schema": {"enum": [*(str(version) for version in VALID_VERSIONS), "beta"]},
    }


def _represent_refusal(meaning: str, schemas: _Schemas) -> Schema:
    return {"description": meaning, "content": {"application/json": {"schema": schemas.of(ErrorShape)}}}
