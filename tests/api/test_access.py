"""Who may do what, for every operation of the table: nobody, strangers, readers, people of other projects."""

from typing import Any

from api.world import OPERATIONS, World
from daybreak.logic.policy.roles import ADMIN
from daybreak.logic.policy.statement import parse_statements, represent_statement
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.rest.routing import Route

GUARDED = sorted(operation for operation, route in OPERATIONS.items() if not route.public)
WRITING = sorted(operation for operation in GUARDED if OPERATIONS[operation].changes)
WITH_ACTION = sorted(operation for operation in GUARDED if OPERATIONS[operation].action)

# What an admin may hand out.
ALL_OF_ADMINS = [represent_statement(statement) for statement in ADMIN.statements]

# Lists of many projects show what the caller may see, and that is nothing of this world's project.
NARROWED = {
    "getTokens": '"first"',
    "getMembers": "bo@example.com",
    "getTeams": "crew",
    "getCustomRoles": "releasers",
    "getOAuthClients": "Release board",
    "getRelayProxyConfigs": "Relays at the edge",
    "getAllWebhooks": "hooks.example",
    "getProjects": '"web"',
    "getTags": "web-tag",
    "getApplications": "checkout",
    "getAuditLogEntries": "proj/web",
    "postAuditLogEntries": "proj/web",
    "getInsightGroups": "core",
    "getInsightsRepositories": "acme",
    "getApplicationVersions": "1.0",
    "getDeploymentFrequencyChart": '"total":1',
    "getDeployments": "checkout",
    "getEnvironmentsByProject": "production",
    "getFeatureFlags": "checkout-v2",
    "getRepositories": "storefront",
    "getExtinctions": "older-till",
    "getRootStatistic": "statistics/web",
    "getFeatureFlagStatuses": "checkout-v2",
    "getUserFlagSettings": "checkout-v2",
    "getExpiringFlagsForUser": "checkout-v2",
    "evaluateContextInstance": "checkout-v2",
    "getSegments": "beta",
    "getContextInstanceSegmentsMembershipByEnv": "beta",
    "getFollowersByProjEnv": "checkout-v2",
}


def ask(api: Any, world: World, route: Route) -> Any:
    request = world.sent(route, "as it should be")
    return api.request(request.method, request.path, **request.options)


def test_every_operation__no_token_or_a_wrong_one__answers_401(api: Any, world: World) -> None:
    before = world.contents()
    strangers = [
        "",
        "api-00000000-0000-0000-0000-000000000000",
        "nonsense",
        f"Bearer {api.token}",
        api.token[:-1],
    ]
    answers = {
        (operation, token): ask(api.as_token(token), world, OPERATIONS[operation]).status_code
        for operation in GUARDED
        for token in strangers
    }
    assert {who: status for who, status in answers.items() if status != 401} == {}
    assert world.contents() == before


def test_every_write__reader__answers_403(api: Any, world: World) -> None:
    reader = api.as_role("reader")
    before = world.contents()
    answers = {operation: ask(reader, world, OPERATIONS[operation]).status_code for operation in WRITING}
    assert {operation: status for operation, status in answers.items() if status != 403} == {}
    assert world.contents() == before


def test_every_write__refused__is_told_by_the_audit_log(api: Any, world: World, clock: FixedClock) -> None:
    reader = api.as_role("reader")
    for operation in WRITING:
        clock.advance(MINUTE)
        request = world.sent(OPERATIONS[operation], "as it should be")
        refusal = reader.request(request.method, request.path, **request.options).json()["message"]
        [entry, *_] = api.get("/api/v2/auditlog?limit=1").json()["items"]
        path = request.path.partition("?")[0]
        assert entry["_links"]["canonical"]["href"] == path, operation
        assert (entry["date"], entry["comment"], entry["accesses"]) == (clock.at, refusal, [])
        assert entry["title"].startswith("a reader was refused "), operation
        assert entry["token"]["name"] == "a reader"


def test_every_read__reader__succeeds(api: Any, world: World) -> None:
    reader = api.as_role("reader")
    reads = [operation for operation in GUARDED if operation not in WRITING]
    answers = {operation: ask(reader, world, OPERATIONS[operation]).status_code for operation in reads}
    assert {operation: status for operation, status in answers.items() if status != 200} == {}


def test_every_operation__table__says_what_must_be_allowed_on_what() -> None:
    without = {operation for operation in GUARDED if not OPERATIONS[operation].action}
    assert without == {"getAccount", "getIps", "getRoot", "getVersions"}
    for operation in WITH_ACTION:
        assert parse_statements([denial_of(OPERATIONS[operation])])


def denial_of(route: Route) -> dict[str, Any]:
    """The statement that takes away what the operation says it needs, and nothing else."""
    assert route.action
    return {"effect": "deny", "resources": route.specifier.split(), "actions": route.action.split()}


def test_every_operation__just_that_denied__answers_403_or_hides(api: Any, world: World) -> None:
    callers = {o: api.with_policy([*ALL_OF_ADMINS, denial_of(OPERATIONS[o])]) for o in WITH_ACTION}
    before = world.contents()
    answers = {operation: ask(caller, world, OPERATIONS[operation]) for operation, caller in callers.items()}
    refused = {operation for operation, response in answers.items() if response.status_code == 403}
    assert set(answers) - refused - {*NARROWED, COUNTED} == set()
    shown = {operation: answers[operation].text for operation in NARROWED}
    assert {operation for operation, word in NARROWED.items() if word in shown[operation]} == set()
    assert world.contents() == before


# Counts what the caller may see, so it answers everybody.
COUNTED = "postAuditLogEntryCounts"


def test_every_operation__policy_of_another_project__answers_403_or_hides(api: Any, world: World) -> None:
    everything = ["proj/elsewhere", "proj/elsewhere:*/*", "proj/elsewhere:env/*:*/*"]
    narrow = api.with_policy([{"effect": "allow", "resources": everything, "actions": ["*"]}])
    before = world.contents()
    answers = {operation: ask(narrow, world, OPERATIONS[operation]) for operation in WITH_ACTION}
    assert {
        operation: response.status_code
        for operation, response in answers.items()
        if response.status_code != (200 if operation in {*NARROWED, COUNTED} else 403)
    } == {}
    assert answers[COUNTED].json()["totalCount"] == 0
    to_admin = {operation: ask(api, world, OPERATIONS[operation]).text for operation in NARROWED}
    assert {operation for operation, word in NARROWED.items() if word not in to_admin[operation]} == set()
    shown = {operation: answers[operation].text for operation in NARROWED}
    assert {operation for operation, word in NARROWED.items() if word in shown[operation]} == set()
    assert world.contents() == before
