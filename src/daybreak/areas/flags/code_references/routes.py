"""Every URL of code references."""

from daybreak.areas.flags.code_references import operations, reports, scans
from daybreak.areas.flags.code_references.operations import make_repository
from daybreak.areas.flags.code_references.representation import (
    EXTINCTIONS,
    REPOSITORIES,
    STATISTICS,
    BranchShape,
    CodeRepositoryShape,
    ExtinctionsShape,
    StatisticsRootShape,
    StatisticsShape,
)
from daybreak.areas.flags.code_references.requests import (
    BranchNames,
    ExtinctionsQuery,
    NewCodeRepository,
    NewExtinctions,
    ReferencesQuery,
    RepositoriesQuery,
    ScannedBranch,
    StatisticsQuery,
)
from daybreak.areas.flags.code_references.resource import CODE_REPOSITORY, VIEW
from daybreak.areas.flags.code_references.scans import UPDATE_BRANCHES
from daybreak.rest.crud import change_route, create_route, read_route, remove_route
from daybreak.rest.routing import Route

ONE = f"{REPOSITORIES}/{{repo}}"
BRANCHES = f"{ONE}/branches"
BRANCH = f"{BRANCHES}/{{branch}}"
# A scan of a large repository that uses many flags.
LARGEST_SCAN = 50_000_000

TAG = "Code references"

_REPOSITORIES = [
    Route(
        method="GET",
        path=REPOSITORIES,
        run=operations.list_repositories,
        operation="getRepositories",
        tag=TAG,
        summary="List code reference repositories",
        action=VIEW,
        specifier="code-reference-repository/*",
        query=RepositoriesQuery,
        answer=list[CodeRepositoryShape],
    ),
    create_route(
        CODE_REPOSITORY,
        REPOSITORIES,
        "postRepository",
        tag=TAG,
        answer=CodeRepositoryShape,
        body=NewCodeRepository,
        action="createCodeRefsRepository",
        make=make_repository,
        status=200,
    ),
    read_route(CODE_REPOSITORY, ONE, "getRepository", tag=TAG, answer=CodeRepositoryShape),
    change_route(CODE_REPOSITORY, ONE, "patchRepository", tag=TAG, answer=CodeRepositoryShape),
    remove_route(CODE_REPOSITORY, ONE, "deleteRepository", tag=TAG, action="deleteCodeRefsRepository"),
]

_BRANCHES = [
    Route(
        method="GET",
        path=BRANCHES,
        run=operations.list_repository_branches,
        operation="getBranches",
        tag=TAG,
        summary="List the branches of a repository that have been scanned",
        action=VIEW,
        specifier="code-reference-repository/*",
        answer=list[BranchShape],
    ),
    Route(
        method="GET",
        path=BRANCH,
        run=operations.read_branch,
        operation="getBranch",
        tag=TAG,
        summary="Read one branch with its references",
        action=VIEW,
        specifier="code-reference-repository/*",
        query=ReferencesQuery,
        answer=BranchShape,
    ),
    Route(
        method="PUT",
        path=BRANCH,
        run=scans.put_branch,
        operation="putBranch",
        tag=TAG,
        summary="Tell what a scan of a branch found, in place of the last scan",
        action=UPDATE_BRANCHES,
        specifier="code-reference-repository/*",
        body=ScannedBranch,
        bodiless=True,
        largest_body=LARGEST_SCAN,
    ),
    Route(
        method="POST",
        path=f"{ONE}/branch-delete-tasks",
        run=scans.delete_branches,
        operation="deleteBranches",
        tag=TAG,
        summary="Forget branches",
        action=UPDATE_BRANCHES,
        specifier="code-reference-repository/*",
        body=BranchNames,
        bodiless=True,
    ),
    Route(
        method="POST",
        path=f"{BRANCH}/extinction-events",
        run=scans.post_extinctions,
        operation="postExtinction",
        tag=TAG,
        summary="Tell which revisions removed the last mention of a flag",
        action=UPDATE_BRANCHES,
        specifier="code-reference-repository/*",
        body=NewExtinctions,
        bodiless=True,
    ),
]

_REPORTS = [
    Route(
        method="GET",
        path=EXTINCTIONS,
        run=reports.read_extinctions,
        operation="getExtinctions",
        tag=TAG,
        summary="List extinctions by flag",
        action=VIEW,
        specifier="code-reference-repository/*",
        query=ExtinctionsQuery,
        answer=ExtinctionsShape,
    ),
    Route(
        method="GET",
        path=STATISTICS,
        run=reports.read_statistics_root,
        operation="getRootStatistic",
        tag=TAG,
        summary="List the projects whose flags are mentioned in code",
        action=f"{reports.VIEW_PROJECT} {VIEW}",
        specifier="proj/* code-reference-repository/*",
        answer=StatisticsRootShape,
    ),
    Route(
        method="GET",
        path=f"{STATISTICS}/{{projectKey}}",
        run=reports.read_statistics,
        operation="getStatistics",
        tag=TAG,
        summary="Count where the flags of a project are mentioned in code",
        action=f"{reports.VIEW_PROJECT} {VIEW}",
        specifier="proj/* code-reference-repository/*",
        query=StatisticsQuery,
        answer=StatisticsShape,
    ),
]

ROUTES = [*_REPOSITORIES, *_BRANCHES, *_REPORTS]
