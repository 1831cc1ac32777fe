"""The URL of safety issues."""

from daybreak.areas.flags.feature_flags.resource import FEATURE_FLAG
from daybreak.areas.flags.migration_safety.operations import find_safety_issues
from daybreak.areas.flags.migration_safety.representation import SafetyIssueShape
from daybreak.areas.flags.migration_safety.requests import PlannedPatch
from daybreak.rest.routing import Route

ROUTES = [
    Route(
        method="POST",
        path="/api/v2/projects/{projectKey}/flags/{flagKey}/environments/{environmentKey}/migration-safety-issues",
        run=find_safety_issues,
        operation="postMigrationSafetyIssues",
        tag="Feature flags",
        summary="Tell what would be unsafe about a patch of a migration flag",
        action=FEATURE_FLAG.view_action,
        specifier="proj/*:env/*:flag/*",
        body=PlannedPatch,
        answer=tuple[SafetyIssueShape, ...],
        writes=False,
        may_be_empty=True,
    ),
]
