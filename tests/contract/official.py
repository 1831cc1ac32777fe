"""The official client, talking to a server over real HTTP, with a note of every operation that it called."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

from launchdarkly_api import ApiClient, Configuration

from contract.coverage import read_operations, shape

Test = TypeVar("Test", bound=Callable[..., None])

# operationId -> names of the tests that call it; filled while the tests are imported.
EXERCISED: dict[str, list[str]] = {}


def exercises(*operations: str) -> Callable[[Test], Test]:
    """Declares which operations a test calls; `OfficialClient.called` tells whether it did."""

    def note(test: Test) -> Test:
        for operation in operations:
            EXERCISED.setdefault(operation, []).append(test.__name__)
        return test

    return note


def declared_by(test: str) -> set[str]:
    return {operation for operation, tests in EXERCISED.items() if test in tests}


class OfficialClient(ApiClient):
    """Writes down what is called, by the contract's operationId."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(Configuration(host=address, api_key={"ApiKey": token}))
        self.called: set[str] = set()
        self._ids = {(o.method, shape(o.path)): o.id for o in read_operations()}

    def param_serialize(self, method: str, resource_path: str, *rest: Any, **more: Any) -> Any:
        self.called.add(self._ids[method, shape(resource_path)])
        return super().param_serialize(method, resource_path, *rest, **more)

    def call_left_out(self, method: str, path: str, body: Any = None, **names: str) -> Any:
        """What an older version of the client had a method for."""
        prepared = self.param_serialize(
            method,
            path,
            names,
            header_params={"Content-Type": "application/json", "LD-API-Version": "beta"},
            body=body,
            auth_settings=["ApiKey"],
        )
        answer = self.call_api(*prepared)
        text = answer.read()  # type: ignore[no-untyped-call]  # the client has no types here
        assert answer.status in {200, 204}, text
        return json.loads(text) if text else None

    def close(self) -> None:
        self.rest_client.pool_manager.clear()
