"""The world's own requests are good ones: what is refused in the other tests is refused for its one fault."""

from typing import Any

import pytest

from api.bodies import BODIES, PATCHED
from api.world import OPERATIONS, World
from daybreak.platform.columns import Json


def test_world__bodies__are_there_for_every_operation_that_takes_one() -> None:
    assert set(BODIES) == {operation for operation, route in OPERATIONS.items() if route.body is not None}
    # Others take instructions and nothing else, in a body that is described.
    patches = {o: route for o, route in OPERATIONS.items() if route.method == "PATCH"}
    assert set(PATCHED) == {operation for operation, route in patches.items() if route.body is Json}


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_world__plain_request__succeeds(operation: str, api: Any, world: World) -> None:
    route = OPERATIONS[operation]
    request = world.sent(route, "as it should be")
    response = api.request(request.method, request.path, **request.options)
    assert response.status_code == (204 if route.method == "DELETE" else route.status), response.text
