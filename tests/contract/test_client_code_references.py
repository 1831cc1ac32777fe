"""Code references through the official client, as test_client.py does it for everything else."""

from typing import Any

import launchdarkly_api
import pytest
from launchdarkly_api.exceptions import ConflictException, NotFoundException

from contract.official import OfficialClient, exercises
from contract.seeds import a_project

# Its constructors take names by which type checkers do not know their parameters.
vendor: Any = launchdarkly_api

SYNCED = 1_782_900_000_000


def a_scan(branch: str, flag_key: str, *, sequence: int) -> Any:
    hunk = vendor.HunkRep(
        starting_line_number=7, lines="x", proj_key="scanned", flag_key=flag_key, aliases=["alias"]
    )
    references = [vendor.ReferenceRep(path="src/a.py", hint="py", hunks=[hunk])]
    return vendor.PutBranch(
        name=branch,
        head="c0ffee",
        update_sequence_id=sequence,
        sync_time=SYNCED,
        commit_time=SYNCED,
        references=references,
    )


@exercises(
    "postRepository",
    "getRepositories",
    "getRepository",
    "patchRepository",
    "deleteRepository",
    "putBranch",
    "getBranches",
    "getBranch",
    "deleteBranches",
    "postExtinction",
    "getExtinctions",
    "getRootStatistic",
    "getStatistics",
)
def test_code_references__life_of_a_repository__is_told(official: OfficialClient, address: str) -> None:
    a_project(address, "scanned")
    code = vendor.CodeReferencesApi(official)
    made = code.post_repository(vendor.RepositoryPost(name="acme", type="github", default_branch="trunk"))
    assert (made.name, made.type, made.enabled) == ("acme", "github", True)
    moved = vendor.PatchOperation(op="replace", path="/defaultBranch", value="main")
    assert code.patch_repository("acme", [moved]).default_branch == "main"
    for branch in ("main", "feature/x"):
        code.put_branch("acme", branch, a_scan(branch, "dark", sequence=1))
    with pytest.raises(ConflictException):
        code.put_branch("acme", "main", a_scan("main", "dark", sequence=1))
    gone = vendor.Extinction(revision="c0", message="Gone", time=SYNCED, flag_key="old", proj_key="scanned")
    code.post_extinction("acme", "main", [gone])
    assert [branch.name for branch in code.get_branches("acme").items] == ["feature/x", "main"]
    branch = code.get_branch("acme", "feature/x", proj_key="scanned", flag_key="dark")
    assert [hunk.flag_key for reference in branch.references for hunk in reference.hunks] == ["dark"]
    [listed] = code.get_repositories(
        with_branches="1", with_references_for_default_branch="1", proj_key="scanned", flag_key="dark"
    ).items
    assert [branch.references is None for branch in listed.branches] == [True, False]
    told = code.get_extinctions(
        repo_name="acme", branch_name="main", proj_key="scanned", flag_key="old", var_from=1, to=SYNCED
    )
    assert [extinction.revision for extinction in told.items["old"]] == ["c0"]
    assert [link.href for link in code.get_root_statistic().projects] == [
        "/api/v2/code-refs/statistics/scanned"
    ]
    [counted] = code.get_statistics("scanned", flag_key="dark").flags["dark"]
    assert (counted.hunk_count, counted.file_count, counted.latest_commit_time) == (1, 1, SYNCED)
    code.delete_branches("acme", ["feature/x"])
    assert [branch.name for branch in code.get_branches("acme").items] == ["main"]
    code.delete_repository("acme")
    with pytest.raises(NotFoundException):
        code.get_repository("acme")
