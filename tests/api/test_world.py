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


# Nobody hands out what they may not do themselves: these need more than the action that is declared.
HANDING_OUT = {
    "createTriggerWorkflow",
    "patchMember",
    "patchMembers",
    "patchTeams",
    "postCustomRole",
    "postMemberLink",
    "postMemberTeams",
    "postMembers",
    "postRelayAutoConfig",
    "postTeam",
    "postTeamMembers",
    "postToken",
    "resetRelayAutoConfig",
    "resetToken",
}


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_world__plain_request_of_who_may_do_just_that__succeeds(
    operation: str, api: Any, world: World
) -> None:
    route = OPERATIONS[operation]
    request = world.sent(route, "as it should be")
    sees = {"effect": "allow", "resources": ["*"], "actions": ["view*"]}
    does = {"effect": "allow", "resources": route.specifier.split(), "actions": (route.action or "").split()}
    is_plain = route.action and operation not in HANDING_OUT
    caller = api.with_policy([sees, does]) if is_plain else api
    response = caller.request(request.method, request.path, **request.options)
    assert response.status_code == (204 if route.method == "DELETE" else route.status), response.text
