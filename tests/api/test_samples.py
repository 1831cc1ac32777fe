"""What the other tests here spoil must be good before it is spoilt."""

import msgspec
import pytest

from api.samples import BODIES, PATCHES, ROUTES, sample_of
from api.world import World
from daybreak.rest.routing import Route

_METHODS = ("GET", "PATCH", "PUT", "POST", "DELETE")


def place_in_line(route: Route) -> tuple[int, bool, int]:
    """Each operation comes before those that take away what it needs."""
    is_of_project = route.path.startswith("/api/v2/projects/")
    return _METHODS.index(route.method), is_of_project, -len(route.parameters)


def test_samples__sent_by_an_admin__succeed(fresh_world: World) -> None:
    ordered = sorted(ROUTES, key=place_in_line)
    asked = {route: sample_of(fresh_world, route) for route in ordered}
    answers = {route.operation: fresh_world.send(sample) for route, sample in asked.items()}
    assert {name: answer for name, answer in answers.items() if answer.status >= 300} == {}


def test_samples__routes_with_bodies__all_have_one() -> None:
    with_body = {route.operation for route in ROUTES if route.body is not None}
    assert with_body == {*BODIES, *PATCHES}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_samples__structs__leave_no_field_out(route: Route) -> None:
    if route.operation in PATCHES:
        fields, sample = PATCHES[route.operation]
    elif isinstance(route.body, type):
        fields, sample = route.body, BODIES[route.operation]
    else:
        return
    missing = {field.encode_name for field in msgspec.structs.fields(fields)} - set(sample)
    # One of three says what a token may do.
    assert missing <= {"role", "customRoleIds"}
