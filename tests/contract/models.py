"""What the official client expects of each operation, read from the client itself; every answer is checked
by it.
"""

import importlib
import inspect
import json
import pkgutil
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
import launchdarkly_api
import launchdarkly_api.api
from pydantic import ValidationError

_METHOD = re.compile(r"method='([A-Z]+)'")
_PATH = re.compile(r"resource_path='([^']+)'")
_QUERY = re.compile(r"_query_params\.append\(\('([^']+)'")
_ANSWER = re.compile(r"'(\d{3})': (None|\"[^\"]+\")")


@dataclass(frozen=True, slots=True)
class Expected:
    """One operation as the client calls it. `answers`: by status, the name of the model that parses it."""

    group: str
    name: str
    method: str
    path: str
    parameters: frozenset[str]
    answers: dict[int, str | None]


@cache
def client_operations() -> tuple[Expected, ...]:
    """All operations of the client's API classes."""
    found = []
    for module in pkgutil.iter_modules(launchdarkly_api.api.__path__):
        loaded = importlib.import_module(f"launchdarkly_api.api.{module.name}")
        for class_name, kind in inspect.getmembers(loaded, inspect.isclass):
            if class_name.endswith("Api") and kind.__module__ == loaded.__name__:
                found += _operations_of(class_name, kind)
    return tuple(found)


def _operations_of(group: str, kind: type) -> list[Expected]:
    operations = []
    for name, function in inspect.getmembers(kind, inspect.isfunction):
        if not name.endswith("_serialize"):
            continue
        plain = name.removeprefix("_").removesuffix("_serialize")
        source = inspect.getsource(function)
        method, path = _METHOD.search(source), _PATH.search(source)
        assert method is not None, f"{group}.{name} is not written as expected"
        assert path is not None, f"{group}.{name} is not written as expected"
        answers = inspect.getsource(getattr(kind, f"{plain}_with_http_info"))
        operations.append(
            Expected(
                group,
                plain,
                method[1],
                path[1],
                frozenset(_QUERY.findall(source)),
                {int(s): None if t == "None" else t.strip('"') for s, t in _ANSWER.findall(answers)},
            )
        )
    return operations


@cache
def _by_shape() -> dict[tuple[str, int], list[tuple[re.Pattern[str], Expected]]]:
    table: dict[tuple[str, int], list[tuple[re.Pattern[str], Expected]]] = {}
    for operation in client_operations():
        pattern = re.compile(re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(operation.path)) + "$")
        key = (operation.method, operation.path.count("/"))
        table.setdefault(key, []).append((pattern, operation))
    for entries in table.values():
        entries.sort(key=lambda entry: entry[1].path.count("{"))
    return table


def expected_of(method: str, path: str) -> Expected | None:
    """The client's operation behind a request, if it has one."""
    plain = path.split("?", 1)[0]
    for pattern, operation in _by_shape().get((method, plain.count("/")), ()):
        if pattern.match(plain):
            return operation
    return None


def require_client_parses(method: str, path: str, response: httpx2.Response) -> None:
    """Fails when the official client could not read this answer."""
    override = response.request.headers.get("X-HTTP-Method-Override")
    operation = expected_of(override or method, path)
    if operation is None or response.status_code == 304:
        return
    model_name = operation.answers.get(response.status_code)
    if response.status_code >= 400:
        body = response.json()
        assert {"code", "message", "id"} <= body.keys(), (
            f"{method} {path}: an error without its fields: {body}"
        )
        return
    assert response.status_code in operation.answers, (
        f"{method} {path} answered {response.status_code}; the client knows {sorted(operation.answers)}"
    )
    if model_name is None or model_name == "object":
        assert not response.content or json.loads(response.content) is not None
        return
    _parse(model_name, response)


def _parse(model_name: str, response: httpx2.Response) -> None:
    item_name = model_name.removeprefix("List[").removesuffix("]")
    model: Any = getattr(launchdarkly_api, item_name)
    try:
        for item in [response.json()] if item_name == model_name else response.json():
            model.from_dict(item)
    except ValidationError as error:
        message = f"the official client's {model_name} cannot read {response.text[:2000]}: {error}"
        raise AssertionError(message) from None
