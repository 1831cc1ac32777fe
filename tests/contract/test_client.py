"""Every operation through the official client, over real HTTP, against a server in a process of its own."""

import json
import time
from typing import Any

import launchdarkly_api
import pytest
import requests
from launchdarkly_api.exceptions import NotFoundException

from contract.coverage import implemented_operations
from contract.official import EXERCISED, OfficialClient, exercises
from contract.seeds import a_merge_request, a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

DAY = 86_400_000


def replace(path: str, *, to: Any) -> Any:
    return vendor.PatchOperation(op="replace", path=path, value=to)


def now() -> int:
    return int(time.time() * 1000)


def test_client__all_flows_together__call_every_implemented_operation() -> None:
    assert set(EXERCISED) == {operation.id for operation in implemented_operations()}


@exercises("getRoot", "getCallerIdentity", "getIps", "getVersions", "getOpenapiSpec")
def test_other__admin__answers(official: OfficialClient) -> None:
    other = vendor.OtherApi(official)
    assert "projects" in other.get_root().links
    caller = other.get_caller_identity()
    assert (caller.auth_kind, caller.service_token) == ("token", True)
    assert other.get_ips().addresses == []
    assert other.get_versions().latest_version == 20240415
    assert json.loads(other.get_openapi_spec_with_http_info().raw_data)["openapi"] == "3.1.0"


@pytest.mark.filterwarnings(
    "ignore:POST .* is deprecated:DeprecationWarning"
)  # resetToken, in the newest client
@exercises("getTokens", "postToken", "getToken", "patchToken", "resetToken", "deleteToken")
def test_tokens__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    tokens = vendor.AccessTokensApi(official)
    statement = vendor.StatementPost(effect="allow", resources=["proj/*"], actions=["viewProject"])
    made = tokens.post_token(
        vendor.AccessTokenPost(name="deployer", service_token=True, inline_role=[statement])
    )
    renamed = tokens.patch_token(made.id, [replace("/name", to="releaser")])
    assert (renamed.name, renamed.token) == ("releaser", made.token[-4:])
    assert renamed.inline_role[0].resources == ["proj/*"]
    reset = tokens.reset_token(made.id, expiry=now() + DAY)
    assert reset.token != made.token
    for secret in (made.token, reset.token):
        answer = requests.get(f"{address}/api/v2/projects", headers={"Authorization": secret}, timeout=30)
        assert answer.status_code == 200
    assert tokens.get_token(made.id).name == "releaser"
    assert made.id in [token.id for token in tokens.get_tokens(show_all=True, limit=1000, offset=0).items]
    tokens.delete_token(made.id)
    with pytest.raises(NotFoundException):
        tokens.get_token(made.id)


@exercises("getProjects", "postProject", "getProject", "patchProject", "deleteProject")
def test_projects__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    # The last project of all cannot be deleted.
    a_project(address, "remaining")
    projects = vendor.ProjectsApi(official)
    staging = vendor.EnvironmentPost(key="staging", name="Staging", color="aabbcc", tags=["slow"])
    made = projects.post_project(
        vendor.ProjectPost(key="shop", name="Shop", tags=["money"], environments=[staging])
    )
    assert [environment.key for environment in made.environments] == ["staging"]
    renamed = projects.patch_project("shop", [replace("/name", to="Market")])
    assert renamed.name == "Market"
    listed = projects.get_projects(
        filter="query:market", sort="-name", expand="environments", limit=5, offset=0
    )
    assert [(project.key, project.environments.total_count) for project in listed.items] == [("shop", 1)]
    assert projects.get_project("shop", expand="environments").tags == ["money"]
    projects.delete_project("shop")
    with pytest.raises(NotFoundException):
        projects.get_project("shop")


@exercises("getFlagDefaultsByProject", "putFlagDefaultsByProject", "patchFlagDefaultsByProject")
def test_flag_defaults__put_and_patched__are_told(official: OfficialClient, address: str) -> None:
    a_project(address, "defaults")
    projects = vendor.ProjectsApi(official)
    boolean = vendor.BooleanFlagDefaults(
        true_display_name="On",
        false_display_name="Off",
        true_description="it is on",
        false_description="it is off",
        on_variation=0,
        off_variation=1,
    )
    availability = vendor.DefaultClientSideAvailability(using_mobile_key=True, using_environment_id=True)
    put = projects.put_flag_defaults_by_project(
        "defaults",
        vendor.UpsertFlagDefaultsPayload(
            tags=["new"],
            temporary=False,
            boolean_defaults=boolean,
            default_client_side_availability=availability,
        ),
    )
    assert put.boolean_defaults.true_display_name == "On"
    assert projects.patch_flag_defaults_by_project("defaults", [replace("/temporary", to=True)]).temporary
    assert projects.get_flag_defaults_by_project("defaults").tags == ["new"]


@exercises(
    "getEnvironmentsByProject",
    "postEnvironment",
    "getEnvironment",
    "patchEnvironment",
    "resetEnvironmentSDKKey",
    "resetEnvironmentMobileKey",
    "deleteEnvironment",
)
def test_environments__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "house")
    environments = vendor.EnvironmentsApi(official)
    source = vendor.SourceEnv(key="production")
    made = environments.post_environment(
        "house", vendor.EnvironmentPost(key="canary", name="Canary", color="ffff00", source=source)
    )
    assert environments.patch_environment("house", "canary", [replace("/critical", to=True)]).critical
    rotated = environments.reset_environment_sdk_key("house", "canary", expiry=now() + DAY)
    assert rotated.api_key != made.api_key
    again = environments.reset_environment_mobile_key("house", "canary")
    assert (again.api_key, again.mobile_key != made.mobile_key) == (rotated.api_key, True)
    assert environments.get_environment("house", "canary").color == "ffff00"
    listed = environments.get_environments_by_project(
        "house", filter="query:canary", sort="name", limit=5, offset=0
    )
    assert [environment.key for environment in listed.items] == ["canary"]
    environments.delete_environment("house", "canary")
    with pytest.raises(NotFoundException):
        environments.get_environment("house", "canary")


@exercises("getTags")
def test_tags__of_projects__are_listed(official: OfficialClient, address: str) -> None:
    a_project(address, "labelled")
    tags = vendor.TagsApi(official).get_tags(
        kind=["project", "flag"], pre="labelled", archived=False, limit=5
    )
    assert tags.items == ["labelled-tag"]


def an_event(**given: Any) -> Any:
    """Something finished, unless told otherwise."""
    plain = {
        "environmentKey": "production",
        "applicationKind": "server",
        "version": "1.0",
        "eventType": "finished",
        "deploymentMetadata": {"run": 7},
    }
    return vendor.PostDeploymentEventInput(**plain | given)


@exercises(
    "createDeploymentEvent",
    "getApplications",
    "getApplication",
    "patchApplication",
    "deleteApplication",
    "getApplicationVersions",
    "patchApplicationVersion",
    "deleteApplicationVersion",
)
def test_applications__made_by_an_event__live_and_end(official: OfficialClient, address: str) -> None:
    a_project(address, "apps")
    applications = vendor.ApplicationsBetaApi(official)
    event = an_event(projectKey="apps", applicationKey="till", applicationName="Till", versionName="One")
    vendor.InsightsDeploymentsBetaApi(official).create_deployment_event(event)
    assert applications.get_application("till", expand="flags").name == "Till"
    changed = applications.patch_application("till", [replace("/description", to="takes the money")])
    assert changed.description == "takes the money"
    found = applications.get_applications(
        filter='key equals "till"', sort="name", limit=5, offset=0, expand="flags"
    )
    assert [application.key for application in found.items] == ["till"]
    versions = applications.get_application_versions(
        "till", filter='name equals "One"', sort="-name", limit=5
    )
    assert [(version.key, version.auto_added) for version in versions.items] == [("1.0", True)]
    assert not applications.patch_application_version(
        "till", "1.0", [replace("/supported", to=False)]
    ).supported
    applications.delete_application_version("till", "1.0")
    applications.delete_application("till")
    with pytest.raises(NotFoundException):
        applications.get_application("till")


@exercises("getAuditLogEntries", "getAuditLogEntry", "postAuditLogEntries", "postAuditLogEntryCounts")
def test_audit_log__of_one_project__is_found(official: OfficialClient, address: str) -> None:
    began = now() - 1
    a_project(address, "watched")
    log = vendor.AuditLogApi(official)
    listed = log.get_audit_log_entries(
        after=began, before=now() + DAY, q="Watched", spec="proj/watched", limit=5
    )
    assert [entry.name for entry in listed.items] == ["Watched"]
    assert log.get_audit_log_entry(listed.items[0].id).current_version["key"] == "watched"
    statement = vendor.StatementPost(effect="allow", resources=["proj/watched"], actions=["*"])
    searched = log.post_audit_log_entries(after=began, statement_post=[statement])
    assert [entry.id for entry in searched.items] == [listed.items[0].id]
    counted = log.post_audit_log_entry_counts(began, [statement], before=now() + DAY, buckets=10)
    assert counted.total_count == 1
    token = listed.items[0].token.id
    assert log.get_audit_log_entries(token=token, q="Watched").items
    assert not log.get_audit_log_entries(member=token).items


@exercises("createDeploymentEvent", "getDeployments", "getDeployment", "updateDeployment")
def test_deployments__told_by_events__are_listed_and_archived(official: OfficialClient, address: str) -> None:
    a_project(address, "ships")
    deployments = vendor.InsightsDeploymentsBetaApi(official)
    begun, ended = now() - 600_000, now() - 300_000
    for kind, at in (("started", begun), ("finished", ended)):
        event = an_event(projectKey="ships", applicationKey="web", eventType=kind, eventTime=at)
        deployments.create_deployment_event(event)
    [found] = deployments.get_deployments(
        "ships",
        "production",
        application_key="web",
        limit=5,
        expand="pullRequests,flagReferences",
        var_from=begun - DAY,
        to=now(),
        kind="server",
        status="finished",
    ).items
    assert (found.duration_ms, found.metadata) == (300_000, {"run": 7})
    # What the client reads as a UUID it takes as text only.
    archived = deployments.update_deployment(str(found.id), [replace("/archived", to=True)])
    assert archived.archived
    assert deployments.get_deployment(str(found.id), expand="pullRequests").archived


@exercises(
    "getPullRequests",
    "associateRepositoriesAndProjects",
    "getInsightsRepositories",
    "deleteRepositoryProject",
)
def test_pull_requests__told_by_a_webhook__belong_to_the_project(
    official: OfficialClient, address: str
) -> None:
    a_project(address, "code")
    a_project(address, "other-code")
    a_merge_request(address, "code")
    requests_of = vendor.InsightsPullRequestsBetaApi(official).get_pull_requests
    repositories = vendor.InsightsRepositoriesBetaApi(official)
    # The client turns these milliseconds into a date-time.
    begun, ended = 1_780_000_000_000, 1_790_000_000_000
    given: Any = {"var_from": begun, "to": ended, "status": "merged", "query": "tills", "expand": "leadTime"}
    found = requests_of("code", limit=5, **given)
    assert [pull_request.title for pull_request in found.items] == ["Faster tills"]
    mapping = vendor.InsightsRepositoryProject(repository_key="acme/shop", project_key="other-code")
    repositories.associate_repositories_and_projects(
        vendor.InsightsRepositoryProjectMappings(mappings=[mapping])
    )
    assert len(requests_of("other-code", **given).items) == 1
    [repository] = repositories.get_insights_repositories(expand="projects").items
    assert {project.key for project in repository.projects.items} == {"code", "other-code"}
    repositories.delete_repository_project("acme/shop", "other-code")
    assert requests_of("other-code", **given).items == []


@exercises("createDeploymentEvent", "getInsightsScores", "getFlagEvents")
def test_scores__environment_with_a_deployment__have_eleven_keys(
    official: OfficialClient, address: str
) -> None:
    a_project(address, "scored")
    event = an_event(projectKey="scored", applicationKey="web-of-scored")
    vendor.InsightsDeploymentsBetaApi(official).create_deployment_event(event)
    scores = vendor.InsightsScoresBetaApi(official).get_insights_scores(
        "scored", "production", application_key="web-of-scored"
    )
    assert len(scores.scores.to_dict()) == 11
    events = vendor.InsightsFlagEventsBetaApi(official).get_flag_events(
        "scored",
        "production",
        query="dark",
        impact_size="small",
        has_experiments=True,
        var_global="include",
        expand="experiments",
        limit=5,
        var_from=now() - DAY,
        to=now(),
    )
    assert events.total_count == 0


@exercises(
    "createInsightGroup", "getInsightGroups", "getInsightGroup", "patchInsightGroup", "deleteInsightGroup"
)
def test_insight_groups__life_of_one__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "grouped")
    scores = vendor.InsightsScoresBetaApi(official)
    scores.create_insight_group(
        vendor.PostInsightGroupParams(
            key="core", name="Core", project_key="grouped", environment_key="production"
        )
    )
    assert scores.patch_insight_group("core", [replace("/name", to="The core")]).name == "The core"
    listed = scores.get_insight_groups(
        limit=5, offset=0, sort="name", query="core", expand="scores,environment,metadata"
    )
    assert [group.environment.key for group in listed.items] == ["production"]
    assert listed.metadata.count_by_indicator.total == 1
    assert scores.get_insight_group("core", expand="scores").scores.overall.indicator == "notCalculated"
    scores.delete_insight_group("core")
    with pytest.raises(NotFoundException):
        scores.get_insight_group("core")


@exercises(
    "getDeploymentFrequencyChart",
    "getLeadTimeChart",
    "getReleaseFrequencyChart",
    "getFlagStatusChart",
    "getStaleFlagsChart",
)
def test_charts__every_parameter__have_axes(official: OfficialClient, address: str) -> None:
    a_project(address, "drawn")
    charts = vendor.InsightsChartsBetaApi(official)
    span: Any = {"var_from": now() - DAY, "to": now(), "bucket_type": "hour", "bucket_ms": 3_600_000}
    place = ("drawn", "production")
    for chart in (
        charts.get_deployment_frequency_chart(*place, group_by="application", expand="metrics", **span),
        charts.get_lead_time_chart(*place, group_by="stage", expand="metrics,percentiles", **span),
        charts.get_release_frequency_chart(
            *place, has_experiments=True, var_global="exclude", group_by="impact", expand="metrics", **span
        ),
        charts.get_flag_status_chart(*place, application_key=None),
        charts.get_stale_flags_chart(*place, group_by="maintainer", maintainer_id="nobody", expand="metrics"),
    ):
        assert chart.metadata.x_axis.unit
