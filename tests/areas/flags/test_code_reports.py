"""What code references say about flags, through HTTP and as other areas ask: extinctions and statistics."""

from typing import Any

import pytest

from areas.flags.code_seeds import (
    MAIN,
    REPOSITORIES,
    SHOP,
    SYNCED,
    a_hunk,
    a_repository,
    an_extinction,
    scanned,
)
from areas.flags.seeds import a_project
from areas.insights.seeds import narrowed
from daybreak.areas.flags.code_references.store import flag_keys_of, reference_counts
from daybreak.platform.database import Database
from statements import count_statements

EXTINCTIONS = "/api/v2/code-refs/extinctions"
STATISTICS = "/api/v2/code-refs/statistics"
TILL = f"{REPOSITORIES}/till/branches/trunk"


@pytest.fixture(autouse=True)
def code(api: Any) -> None:
    """Two repositories that mention flags of a project, one of them on a branch besides."""
    a_project(api)
    a_repository(api, "shop", type="github")
    a_repository(api, "till", defaultBranch="trunk")
    files = [("a.py", [a_hunk("dark", 1), a_hunk("dark", 9), a_hunk("light")]), ("b.py", [a_hunk("dark")])]
    scanned(api, *files, commitTime=SYNCED)
    scanned(api, ("side.py", [a_hunk("aside")]), path=f"{SHOP}/branches/side", name="side")
    scanned(api, ("a.py", [a_hunk("dark"), a_hunk("far", projKey="apps")]), path=TILL, name="trunk")


def test_getStatistics__project__counts_hunks_and_files_by_repository(api: Any) -> None:
    flags = api.get(f"{STATISTICS}/web").json()["flags"]

    counted = {
        key: [(each["name"], each["hunkCount"], each["fileCount"]) for each in of_flag]
        for key, of_flag in flags.items()
    }
    assert counted.keys() == {"dark", "light"}
    assert sorted(counted["dark"]) == [("shop", 3, 2), ("till", 1, 1)]
    assert counted["light"] == [("shop", 1, 1)]
    [light] = flags["light"]
    assert (light["type"], light["defaultBranch"], light["latestCommitTime"]) == ("github", "main", SYNCED)
    assert light["_links"]["self"]["href"] == SHOP


def test_getStatistics__one_flag__is_alone(api: Any) -> None:
    assert api.get(f"{STATISTICS}/web", flagKey="light").json()["flags"].keys() == {"light"}
    assert api.get(f"{STATISTICS}/web", flagKey="aside").json()["flags"] == {}


def test_getStatistics__default_branch_moved__counts_the_other_one(api: Any) -> None:
    assert api.patch(SHOP, json={"defaultBranch": "side"}).status_code == 200

    assert api.get(f"{STATISTICS}/web").json()["flags"].keys() == {"aside", "dark"}


def test_getStatistics__narrow_token__counts_what_it_may_see(api: Any) -> None:
    statements = [
        {"effect": "allow", "resources": ["proj/web"], "actions": ["viewProject"]},
        {"effect": "allow", "resources": ["code-reference-repository/till"], "actions": ["view*"]},
    ]

    flags = narrowed(api, *statements).get(f"{STATISTICS}/web").json()["flags"]

    assert [each["name"] for each in flags["dark"]] == ["till"]
    assert flags.keys() == {"dark"}
    assert narrowed(api, statements[1]).get(f"{STATISTICS}/web").status_code == 403


def test_getStatistics__unknown_project_or_nobody__is_refused(api: Any) -> None:
    assert api.get(f"{STATISTICS}/apps").status_code == 404
    assert api.as_nobody().get(f"{STATISTICS}/web").status_code == 401


def test_getStatistics__twenty_flags_instead_of_one__takes_as_many_queries(
    api: Any, database: Database
) -> None:
    counts = []
    for most in (1, 20):
        scanned(api, ("a.py", [a_hunk(f"flag-{number}") for number in range(most)]))
        counts.append(count_statements(database, lambda: api.get(f"{STATISTICS}/web")))
    assert counts[0] == counts[1]


def test_getRootStatistic__projects__are_those_that_exist(api: Any) -> None:
    root = api.get(STATISTICS).json()

    assert root["projects"] == [{"href": f"{STATISTICS}/web", "type": "application/json"}]
    assert root["self"]["href"] == STATISTICS
    assert api.post("/api/v2/projects", json={"key": "apps", "name": "Apps"}).status_code == 201
    assert len(api.get(STATISTICS).json()["projects"]) == 2
    assert api.as_nobody().get(STATISTICS).status_code == 401


def test_getRootStatistic__narrow_token__sees_no_project_it_may_not(api: Any) -> None:
    repositories = {"effect": "allow", "resources": ["code-reference-repository/*"], "actions": ["*"]}

    assert narrowed(api, repositories).get(STATISTICS).json()["projects"] == []


def test_getExtinctions__filters__narrow_the_list(api: Any) -> None:
    path = f"{SHOP}/branches/side"
    api.post(f"{MAIN}/extinction-events", json=[an_extinction("old", "a"), an_extinction("old", "b", time=5)])
    api.post(f"{TILL}/extinction-events", json=[an_extinction("far", projKey="apps", time=10)])
    api.post(f"{path}/extinction-events", json=[an_extinction("aside")])

    def found(**parameters: Any) -> dict[str, list[str]]:
        items = api.get(EXTINCTIONS, **parameters).json()["items"]
        return {key: [each["revision"] for each in told] for key, told in items.items()}

    assert found() == {"old": ["a", "b"], "far": ["c0ffee"]}
    assert found(repoName="SHOP") == {"old": ["a", "b"]}
    assert found(branchName="side") == {"aside": ["c0ffee"]}
    assert found(projKey="apps") == {"far": ["c0ffee"]}
    assert found(flagKey="old") == {"old": ["a", "b"]}
    assert found(**{"from": 5, "to": 10}) == {"far": ["c0ffee"], "old": ["b"]}
    assert found(repoName="none") == {}


def test_getExtinctions__branch_deleted__still_tells(api: Any) -> None:
    api.post(f"{MAIN}/extinction-events", json=[an_extinction("old")])

    assert api.post(f"{SHOP}/branch-delete-tasks", json=["main"]).status_code == 200

    assert api.get(EXTINCTIONS).json()["items"].keys() == {"old"}


@pytest.mark.parametrize("query", [{"from": 5}, {"to": 5}, {"from": 6, "to": 5}, {"from": "soon", "to": 5}])
def test_getExtinctions__half_or_false_span__answers_400(api: Any, query: dict[str, Any]) -> None:
    assert api.get(EXTINCTIONS, **query).status_code == 400


def test_getExtinctions__narrow_token_or_nobody__sees_nothing(api: Any) -> None:
    api.post(f"{MAIN}/extinction-events", json=[an_extinction("old")])
    till = {"effect": "allow", "resources": ["code-reference-repository/till"], "actions": ["*"]}

    assert narrowed(api, till).get(EXTINCTIONS).json()["items"] == {}
    assert api.as_nobody().get(EXTINCTIONS).status_code == 401


def test_queries__default_branches__count_files_and_name_flags(database: Database) -> None:
    with database.reading() as db:
        assert reference_counts(db, "web") == {"dark": 3, "light": 1}
        assert reference_counts(db, "none") == {}
        named = flag_keys_of(db, ["Shop", "till", "none"])
        in_web = flag_keys_of(db, ["till"], "web")

    assert named == {
        "Shop": frozenset({"dark", "light"}),
        "till": frozenset({"dark", "far"}),
        "none": frozenset(),
    }
    assert in_web == {"till": frozenset({"dark"})}
