"""Our routes against the official client: method, path, parameters and answers, one by one."""

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contract.coverage import (
    Operation,
    all_routes,
    implemented_operations,
    is_implemented,
    read_operations,
    report,
    shape,
)
from contract.models import Expected, client_operations
from daybreak.rest.routing import Route

DEVIATIONS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "deviations.toml").read_text())

# What this stage of the program promises.
GROUPS = (
    "Other",
    "Access tokens",
    "Account members",
    "Teams",
    "Teams (beta)",
    "Custom roles",
    "Projects",
    "Environments",
    "Tags",
    "Applications (beta)",
    "Audit log",
    "Code references",
    "Context settings",
    "Contexts",
    "Feature flags",
    "Feature flags (beta)",
    "Segments",
    "Flag links (beta)",
    "Flag triggers",
    "Follow flags",
    "Relay Proxy configurations",
    "User settings",
    "Users",
    "Users (beta)",
    "Webhooks",
    "OAuth2 Clients",
    "Insights charts (beta)",
    "Insights deployments (beta)",
    "Insights flag events (beta)",
    "Insights pull requests (beta)",
    "Insights repositories (beta)",
    "Insights scores (beta)",
)

IMPLEMENTED = implemented_operations()
# Those of the newest client.
CALLED = [operation for operation in IMPLEMENTED if operation.id not in DEVIATIONS["left_out"]]
BY_OPERATION = {route.operation: route for route in all_routes()}


def expected_by_client(operation: Operation) -> Expected:
    [found] = [
        expected
        for expected in client_operations()
        if (expected.method, shape(expected.path)) == (operation.method, shape(operation.path))
    ]
    return found


def parameters_of(route: Route) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(route.query)}


def parameters_unread(operation: Operation) -> set[str]:
    return set(expected_by_client(operation).parameters) - parameters_of(BY_OPERATION[operation.id])


def named(operation: Operation) -> str:
    return operation.id


def test_contract__promised_groups__are_whole() -> None:
    promised = [operation for operation in read_operations() if operation.group in GROUPS]
    assert [o.id for o in promised if not is_implemented(o, all_routes())] == []
    assert len(promised) == 176


def test_contract__client__calls_the_same_operations() -> None:
    """The client may be newer than the list; what the list names, the client must be able to call."""
    callable_ = {(expected.method, shape(expected.path)) for expected in client_operations()}
    left_out = {o.id for o in IMPLEMENTED if (o.method, shape(o.path)) not in callable_}
    assert left_out == set(DEVIATIONS["left_out"])


def test_routes__documented__are_of_the_contract_or_additions() -> None:
    known = {operation.id for operation in read_operations()}
    added = {route.operation for route in all_routes() if route.documented} - known
    assert added == set(DEVIATIONS["additions"])


def test_routes__operations_of_the_contract__lie_where_it_says() -> None:
    by_id = {operation.id: operation for operation in read_operations()}
    misplaced = [
        route.operation
        for route in all_routes()
        if route.operation in by_id and not is_implemented(by_id[route.operation], [route])
    ]
    assert misplaced == []


@pytest.mark.parametrize("operation", CALLED, ids=named)
def test_operation__clients_parameters__are_read_or_excused(operation: Operation) -> None:
    excused = set(DEVIATIONS["parameters"].get(operation.id, {}))
    assert parameters_unread(operation) == excused


@pytest.mark.parametrize("operation", CALLED, ids=named)
def test_operation__success__is_an_answer_the_client_knows(operation: Operation) -> None:
    assert BY_OPERATION[operation.id].status in expected_by_client(operation).answers


@pytest.mark.parametrize("operation", IMPLEMENTED, ids=named)
def test_operation__group__is_the_tag(operation: Operation) -> None:
    route = BY_OPERATION[operation.id]
    assert route.tag == operation.group
    assert route.beta == operation.group.endswith("(beta)")


def test_deviations__reasons__are_sentences() -> None:
    reasons = [*DEVIATIONS["additions"].values(), *DEVIATIONS["left_out"].values()]
    reasons += [reason for named in DEVIATIONS["parameters"].values() for reason in named.values()]
    assert all(len(reason.split()) >= 4 for reason in reasons)
    assert set(DEVIATIONS["parameters"]) <= set(BY_OPERATION)


def test_coverage__report__counts_and_names_what_is_missing() -> None:
    operations = [
        Operation("Tags", "GET", "/api/v2/tags", "getTags"),
        Operation("Teams", "GET", "/api/v2/teams", "getTeams"),
        Operation("Teams", "GET", "/api/v2/teams/{teamKey}", "getTeam"),
    ]
    routes = [
        BY_OPERATION["getTags"],
        Route(
            method="GET",
            path="/api/v2/teams/{key}",
            run=dict,
            operation="getTeam",
            tag="Teams",
            summary="Read a team",
        ),
    ]
    lines = [re.sub(" +", " ", line).strip() for line in report(operations, routes)]
    assert lines == ["2 / 3", "", "1 / 1 Tags", "1 / 2 Teams", "- getTeams"]
