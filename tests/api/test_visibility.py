"""Lists show what policies allow: narrowed in the database, as `logic/policy` decides for each row."""

from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.areas.flags.code_references.resource import CODE_REPOSITORY
from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.segments.resource import SEGMENT
from daybreak.areas.insights.deployments.resource import DEPLOYMENT
from daybreak.areas.insights.groups.resource import INSIGHT_GROUP
from daybreak.areas.integrations.relay_configurations.resource import RELAY_CONFIGURATION
from daybreak.areas.integrations.webhooks.resource import WEBHOOK
from daybreak.areas.people.access_tokens.resource import ACCESS_TOKEN
from daybreak.areas.people.custom_roles.resource import CUSTOM_ROLE
from daybreak.areas.people.members.resource import MEMBER
from daybreak.areas.people.oauth_clients.resource import OAUTH_CLIENT
from daybreak.areas.people.teams.resource import TEAM
from daybreak.areas.projects.applications.resource import APPLICATION, APPLICATION_VERSION
from daybreak.areas.projects.environments.resource import ENVIRONMENT
from daybreak.areas.projects.projects.resource import PROJECT
from daybreak.logic.policy.decision import Policy, decide
from daybreak.logic.policy.statement import parse_statements
from daybreak.platform.clock import HOUR
from daybreak.platform.database import Database
from daybreak.rest.resource import Resource
from daybreak.rest.visibility import where_allowed
from statements import count_statements

LISTED: tuple[Resource[Any], ...] = (
    PROJECT,
    ENVIRONMENT,
    FEATURE_FLAG,
    SEGMENT,
    APPLICATION,
    APPLICATION_VERSION,
    DEPLOYMENT,
    INSIGHT_GROUP,
    CODE_REPOSITORY,
    WEBHOOK,
    RELAY_CONFIGURATION,
    ACCESS_TOKEN,
    CUSTOM_ROLE,
    MEMBER,
    OAUTH_CLIENT,
    TEAM,
)
KEYS = ("web", "Web", "a_b", "axb", "a.b")
TAGS: tuple[list[str], ...] = (["eu"], ["EU", "web"], ["eu-west", "a_b"], [])
TYPES = (
    "proj",
    "proj:env",
    "proj:env:flag",
    "proj:env:segment",
    "proj:env:deployment",
    "proj:env:insight-group",
    "application",
    "code-reference-repository",
    "webhook",
    "relay-proxy-config",
    "service-token",
    "member:token",
    "member",
    "role",
    "team",
    "oauth2-client",
)


def an_account(api: Any) -> None:
    """Some of everything, with keys and tags that are easily taken for each other."""

    def make(path: str, body: Any) -> Any:
        made = api.post(f"/api/v2/{path}", json=body)
        assert made.status_code in {200, 201}, made.text
        return made.json()

    for number, key in enumerate(KEYS):
        tags = TAGS[number % len(TAGS)]
        project = {"key": key, "name": key, "tags": tags, "environments": []}
        environments = [
            {"key": each, "name": each, "color": "417505", "tags": TAGS[n % 4], "critical": n % 2 == 0}
            for n, each in enumerate(KEYS[: number + 1])
        ]
        make("projects", {**project, "environments": environments})
        make("roles", {"key": f"role-{key}", "name": key, "policy": []})
        make("teams", {"key": key, "name": key})
        make("code-refs/repositories", {"name": f"{key}-{number}"})
        make("members", [{"email": f"{number}@example.com", "role": "reader"}])
        make("oauth/clients", {"name": key, "redirectUri": "https://board.example/"})
        make("webhooks", {"url": "https://hooks.example/", "sign": False, "on": True, "tags": tags})
        make("tokens", {"name": key, "role": "reader", "serviceToken": number % 2 == 0})
        policy = [{"effect": "allow", "resources": ["proj/*:env/*"], "actions": ["*"]}]
        make("account/relay-auto-configs", {"name": key, "policy": policy})
        for n, flag in enumerate(KEYS):
            make(f"flags/{key}", {"key": flag, "name": flag, "tags": TAGS[(n + number) % 4]})
            segment = {"key": flag, "name": flag, "tags": TAGS[n % 4]}
            make(f"segments/{key}/{key}", segment)
        told = {
            "projectKey": key,
            "environmentKey": key,
            "applicationKey": KEYS[-number],
            "version": "1",
            "eventType": "finished",
            "eventTime": api.now() - HOUR,
        }
        make("engineering-insights/deployment-events", told)
        group = {"key": key, "name": key, "projectKey": key, "environmentKey": KEYS[0]}
        make("engineering-insights/insights/group", group)


def patterns(texts: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts, and what is made of them with stars."""
    cuts = st.tuples(st.sampled_from(texts), st.integers(0, 4), st.integers(0, 4))
    starred = cuts.map(lambda cut: f"{cut[0][: cut[1]]}*{cut[0][cut[2] :] if cut[2] > cut[1] else ''}")
    return st.one_of(st.just("*"), st.sampled_from(texts), starred)


def specifiers(ids: tuple[str, ...]) -> st.SearchStrategy[str]:
    keys = patterns((*KEYS, *ids, "role-web", "["))
    tags = st.lists(patterns(("eu", "EU", "eu-west", "web", "critical", "a_b")), max_size=2)
    segments = st.tuples(keys, tags).map(lambda pair: ";".join(filter(None, (pair[0], ",".join(pair[1])))))
    types = st.one_of(st.sampled_from(TYPES), st.just("*"), st.just("*:*"), st.just("proj:*:flag"))

    @st.composite
    def build(draw: st.DrawFn) -> str:
        return ":".join(f"{type_}/{draw(segments)}" for type_ in draw(types).split(":"))

    return st.one_of(st.just("*"), build())


def policies(ids: tuple[str, ...]) -> st.SearchStrategy[Policy]:
    actions = st.sampled_from([{"actions": ["view*"]}, {"notActions": ["update*"]}, {"actions": ["delete*"]}])
    named = st.lists(specifiers(ids), min_size=1, max_size=4)
    resources = st.one_of(
        named.map(lambda texts: {"resources": texts}), named.map(lambda texts: {"notResources": texts})
    )
    effects = st.sampled_from(["allow", "allow", "deny"]).map(lambda effect: {"effect": effect})
    statements = st.tuples(effects, resources, actions).map(lambda parts: parts[0] | parts[1] | parts[2])
    return st.lists(statements, max_size=4).map(lambda found: Policy("drawn", parse_statements(found)))


def test_lists__any_policies__show_what_is_decided_for_each(api: Any, database: Database) -> None:
    an_account(api)
    with database.reading() as db:
        rows = {
            resource.kind: list(
                zip(models := resource.store.list_where(db), resource.addresses(db, models), strict=True)
            )
            for resource in LISTED
        }
        assert all(len(found) >= len(KEYS) for kind, found in rows.items() if "application" not in kind)
        ids = tuple(
            resource.store.to_row(rows[resource.kind][0][0])["id"]
            for resource in (MEMBER, WEBHOOK, ACCESS_TOKEN, OAUTH_CLIENT, RELAY_CONFIGURATION)
        )
        groups = st.lists(st.lists(policies(ids), max_size=3), min_size=1, max_size=2)

        @settings(max_examples=300, deadline=None)
        @given(groups)
        def agrees(groups: list[list[Policy]]) -> None:
            for resource in LISTED:
                where = where_allowed(groups, resource.view_action, resource.located)
                shown = {resource.store.to_row(each)["id"] for each in resource.store.list_where(db, *where)}
                decided = {
                    resource.store.to_row(model)["id"]
                    for model, address in rows[resource.kind]
                    if all(decide(group, resource.view_action, address).allowed for group in groups)
                }
                assert shown == decided, resource.kind

        agrees()


def test_list__role_of_many_statements__asks_as_many_queries(api: Any, database: Database) -> None:
    an_account(api)
    counts = []
    for many in (1, 200):
        policy = [
            {"effect": "allow", "resources": [f"proj/web:env/*:flag/a{n}*;eu"], "actions": ["viewFlag"]}
            for n in range(many)
        ]
        policy.append({"effect": "allow", "resources": ["proj/web"], "actions": ["viewProject"]})
        caller = api.with_policy(policy)
        assert caller.get("/api/v2/flags/web").json()["totalCount"] == 0
        counts.append(count_statements(database, partial(caller.get, "/api/v2/flags/web")))
    assert counts[0] == counts[1]
