"""Requests made from our own OpenAPI document, good ones and bad ones: none may make the server fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.python.asgi import get_client
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.world import OPERATIONS, World, a_world
from conftest import Api
from daybreak.app import Daybreak, build
from daybreak.areas.people.intake import create_service_token
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.rest.routing import Route
from daybreak.settings import Settings

NOW = 1_782_909_000_000
CASES = 6

# What a request may be answered with is part of the document, so good and bad ones are held to it alike.
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@dataclass(frozen=True)
class Described:
    """A server whose things may be changed and deleted on the way, and its own document."""

    schema: Any
    client: Any
    token: str
    world: World


def started_often(app: Daybreak) -> Any:
    """The same server, but starting and stopping it does nothing: schemathesis does so more than once."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await app(scope, receive, send)
            return
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})

    return answer


@pytest.fixture(scope="module")
def described(
    template: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Described]:
    clock = FixedClock(NOW)
    with template(tmp_path_factory.mktemp("described")) as url:
        database = Database(url)
        app = build(Settings(database_url=url), database, clock)
        with database.writing() as db:
            token = create_service_token(db, clock.now(), name="schemathesis", role="admin")
        world = a_world(Api(app, database, clock, token), database, clock.at)
        schema = schemathesis.openapi.from_asgi("/api/v2/openapi.json", started_often(app))
        with get_client(schema.app) as client:
            yield Described(schema, client, token, world)
        database.close()


def bounded(strategy: Any, check: Callable[[Any], None]) -> None:
    """Checks the same few cases each time; failing ones are not made smaller: that takes minutes."""
    limits = settings(
        max_examples=CASES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    limits(given(case=strategy)(check))()


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value
)
@pytest.mark.parametrize("route", OPERATIONS.values(), ids=lambda route: route.operation)
def test_operation__anything_like_the_document__is_answered_as_it_says(
    route: Route, mode: GenerationMode, described: Described
) -> None:
    operation = described.schema[route.path][route.method]

    def check(case: Any) -> None:
        response = case.call(session=described.client, headers={"Authorization": described.token})
        case.validate_response(response, checks=CHECKS)

    def check_what_is_there(case: Any) -> None:
        aim(case, described.world, route)
        check(case)

    bounded(operation.as_strategy(generation_mode=mode), check)
    # What is not deleted stays there for the others.
    if mode is GenerationMode.POSITIVE and route.method != "DELETE":
        bounded(operation.as_strategy(generation_mode=mode), check_what_is_there)


def aim(case: Any, world: World, route: Route) -> None:
    """Invented keys name nothing; with these the request gets further. It fits the document as before."""
    case.path_parameters = world.names_in(route)
    for part in (case.query, case.body):
        if isinstance(part, dict):
            part |= {name: world.names[name] for name in part.keys() & world.names.keys()}
