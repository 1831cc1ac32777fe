"""Scans of branches through HTTP: what a scanner sends, in the order it does so, and what is refused."""

from typing import Any
from urllib.parse import quote

import pytest

from areas.flags.code_seeds import (
    MAIN,
    REPOSITORIES,
    SHOP,
    SYNCED,
    a_hunk,
    a_repository,
    a_scan,
    an_extinction,
    scanned,
    shown,
)
from areas.flags.seeds import a_flag, a_project
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import count_statements, list_audit

EXTINCTIONS = "/api/v2/code-refs/extinctions"
TASKS = f"{SHOP}/branch-delete-tasks"


def test_scanner__first_and_second_run__find_what_they_need(api: Any) -> None:
    """The requests of the vendor's scanner, one after the other."""
    a_project(api)
    for key in ("dark-mode", "old-till"):
        a_flag(api, key)
    template = "https://git.example/shop/blob/${sha}/${filePath}"
    parameters = {
        "type": "custom",
        "name": "shop",
        "sourceLink": "",
        "commitUrlTemplate": "",
        "hunkUrlTemplate": template,
        "defaultBranch": "main",
    }
    assert (api.get(SHOP).status_code, api.get(SHOP).json()["code"]) == (404, "not_found")
    assert api.post(REPOSITORIES, json=parameters).status_code == 200
    [environment] = api.get("/api/v2/projects/web/environments", limit=1).json()["items"]
    page = api.get("/api/v2/flags/web", env=environment["key"], limit=100).json()
    assert page["totalCount"] == len(page["items"]) == 2
    assert api.get("/api/v2/flags/web", filter="state:archived", limit=100).json()["totalCount"] == 0
    hunk = a_hunk("dark-mode", 10, aliases=["darkMode"], contentHash="ab12")
    scan = a_scan(("src/a.py", [hunk]), updateSequenceId=1, commitTime=SYNCED, name="feature/x #1")
    branch = f"{SHOP}/branches/{quote('feature/x #1', safe='')}"
    assert api.put(branch, json=scan).status_code == 200
    assert api.post(f"{branch}/extinction-events", json=[an_extinction("old-till")]).status_code == 200
    listed = api.get(f"{SHOP}/branches").json()
    assert [(each["name"], each["updateSequenceId"]) for each in listed["items"]] == [("feature/x #1", 1)]

    assert api.get(SHOP).json()["enabled"] is True
    assert api.patch(SHOP, json={"defaultBranch": "trunk"}).status_code == 200
    again = api.put(branch, json=scan)
    assert (again.status_code, again.json()["code"]) == (409, "updateSequenceId_conflict")
    found = api.get(listed["items"][0]["_links"]["self"]["href"]).json()
    assert found["references"] == [{"path": "src/a.py", "hunks": [hunk]}]
    assert api.post(TASKS, json=["feature/x #1", "never-seen"]).status_code == 200
    assert api.get(f"{SHOP}/branches").json()["items"] == []


def test_putBranch__second_scan__replaces_all_references(api: Any, database: Database) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark", 3), a_hunk("light", 9)]), ("b.py", [a_hunk("dark")]))

    scanned(api, ("b.py", [a_hunk("gone")]), head="beef")

    branch = api.get(MAIN).json()
    assert (branch["head"], shown(branch)) == ("beef", {"b.py": ["gone"]})
    created, updated = list_audit(database, "code-reference-branch")
    assert (created.address, updated.actions) == (
        "code-reference-repository/shop",
        ["updateCodeRefsRepositoryBranches"],
    )
    assert "references" not in updated.current_version


def test_putBranch__same_findings__leaves_the_rows_alone(api: Any, database: Database) -> None:
    a_repository(api)
    files = [(f"{number}.py", [a_hunk("dark")]) for number in range(50)]
    scanned(api, *files)
    same = count_statements(database, lambda: scanned(api, *files))

    assert same < count_statements(database, lambda: scanned(api, ("a.py", [a_hunk("dark")])))
    assert shown(api.get(MAIN).json()) == {"a.py": ["dark"]}


def test_putBranch__nulls_for_empty_lists__are_taken(api: Any) -> None:
    a_repository(api)
    silent = {"startingLineNumber": 1, "aliases": None}
    references = [{"path": "a.py", "hint": "py", "hunks": [silent]}, {"path": "b.py", "hunks": None}]

    assert api.put(MAIN, json=a_scan() | {"references": references}).status_code == 200

    hunk = {"startingLineNumber": 1, "lines": "", "projKey": "", "flagKey": "", "aliases": []}
    assert api.get(MAIN).json()["references"] == [{"path": "a.py", "hint": "py", "hunks": [hunk]}]
    assert api.put(MAIN, json=a_scan() | {"references": None}).status_code == 200
    assert api.get(MAIN).json()["references"] == []


def test_putBranch__sequence__has_to_rise(api: Any) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("new")]), updateSequenceId=5)
    for stale in (4, 5):
        response = api.put(MAIN, json=a_scan(("a.py", [a_hunk("old")]), updateSequenceId=stale))
        assert (response.status_code, response.json()["code"]) == (409, "updateSequenceId_conflict")
    assert shown(api.get(MAIN).json()) == {"a.py": ["new"]}

    scanned(api, ("a.py", [a_hunk("newer")]), updateSequenceId=6)
    scanned(api, ("a.py", [a_hunk("unnumbered")]))

    assert shown(api.get(MAIN).json()) == {"a.py": ["unnumbered"]}
    assert api.put(MAIN, json=a_scan(updateSequenceId=6)).status_code == 409


@pytest.mark.parametrize(
    "given",
    [
        {"name": "other"},
        {"syncTime": "today"},
        {"head": None},
        {"updateSequenceId": -1},
        {"references": [{"hunks": []}]},
        {"references": [{"path": "a.py", "hunks": [{}]}]},
        {"references": [{"path": "a.py", "hunks": [a_hunk("dark", -1)]}]},
    ],
)
def test_putBranch__impossible__answers_400(api: Any, given: dict[str, Any]) -> None:
    a_repository(api)

    assert api.put(MAIN, json=a_scan() | given).status_code == 400
    assert api.get(MAIN).status_code == 404


def test_putBranch__reader_nobody_or_unknown_repository__is_refused(api: Any) -> None:
    assert api.put(MAIN, json=a_scan()).status_code == 404
    a_repository(api)
    assert api.as_role("reader").put(MAIN, json=a_scan()).status_code == 403
    assert api.as_nobody().put(MAIN, json=a_scan()).status_code == 401
    actions = ["viewCodeRefsRepository", "updateCodeRefsRepositoryBranches"]
    allowed = {"effect": "allow", "resources": ["code-reference-repository/sh*"], "actions": actions}
    assert narrowed(api, allowed).put(MAIN, json=a_scan()).status_code == 200


def test_putBranch__more_than_is_read__answers_413(api: Any) -> None:
    a_repository(api)

    response = api.put(MAIN, json=a_scan(("a.py", [a_hunk("dark", lines="x" * 51_000_000)])))

    assert (response.status_code, response.json()["code"]) == (413, "request_entity_too_large")


def test_getBranch__filters__narrow_the_references(api: Any) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark"), a_hunk("dark", projKey="apps")]), ("b.py", [a_hunk("unheard-of")]))

    assert shown(api.get(MAIN, flagKey="dark").json()) == {"a.py": ["dark", "dark"]}
    assert shown(api.get(MAIN, flagKey="dark", projKey="apps").json()) == {"a.py": ["dark"]}
    assert shown(api.get(MAIN, flagKey="unheard-of").json()) == {"b.py": ["unheard-of"]}
    assert shown(api.get(MAIN, projKey="nothing").json()) == {}


def test_getBranch__unknown_nobody_or_stranger__is_refused(api: Any) -> None:
    a_repository(api)
    assert api.get(MAIN).status_code == 404
    scanned(api)
    assert api.as_nobody().get(MAIN).status_code == 401
    elsewhere = {"effect": "allow", "resources": ["code-reference-repository/till"], "actions": ["*"]}
    stranger = narrowed(api, elsewhere)
    answers = [stranger.get(path).status_code for path in (MAIN, f"{SHOP}/branches")]
    assert answers == [403, 403]


def test_getBranches__unknown_repository__answers_404(api: Any) -> None:
    assert api.get(f"{SHOP}/branches").status_code == 404
    assert api.as_nobody().get(f"{SHOP}/branches").status_code == 401


def test_getBranches__twenty_instead_of_one__takes_as_many_queries(api: Any, database: Database) -> None:
    a_repository(api)
    counts = []
    for made in (range(1), range(1, 20)):
        for number in made:
            scanned(api, path=f"{SHOP}/branches/{number}", name=str(number))
        counts.append(count_statements(database, lambda: api.get(f"{SHOP}/branches")))
    assert counts[0] == counts[1]


def test_deleteBranches__some__leaves_the_others(api: Any, database: Database) -> None:
    a_repository(api)
    for name in ("one", "two", "three"):
        scanned(api, ("a.py", [a_hunk("dark")]), path=f"{SHOP}/branches/{name}", name=name)

    response = api.post(TASKS, json=["one", "two", "two", "none"])

    assert (response.status_code, response.content) == (200, b"")
    assert [each["name"] for each in api.get(f"{SHOP}/branches").json()["items"]] == ["three"]
    deleted = [e for e in list_audit(database, "code-reference-branch") if e.title_verb.startswith("deleted")]
    assert [entry.name for entry in deleted] == ["one", "two"]


def test_deleteBranches__reader_nobody_unknown_or_nonsense__is_refused(api: Any) -> None:
    assert api.post(TASKS, json=["main"]).status_code == 404
    a_repository(api)
    assert api.as_role("reader").post(TASKS, json=["main"]).status_code == 403
    assert api.as_nobody().post(TASKS, json=["main"]).status_code == 401
    bodies: list[Any] = [{}, [7], [""]]
    assert [api.post(TASKS, json=body).status_code for body in bodies] == [400, 400, 400]


def test_postExtinction__told_twice__is_kept_once(api: Any, database: Database) -> None:
    a_repository(api)
    scanned(api)
    for told in (["old"], ["old", "older"]):
        body = [an_extinction(key) for key in told]
        response = api.post(f"{MAIN}/extinction-events", json=body)
        assert (response.status_code, response.content) == (200, b"")
    api.post(f"{MAIN}/extinction-events", json=[an_extinction("older")])

    kept = api.get(EXTINCTIONS).json()["items"]

    assert kept == {"old": [an_extinction("old")], "older": [an_extinction("older")]}
    entries = [e for e in list_audit(database, "code-reference-branch") if "extinctions" in e.title_verb]
    assert [len(entry.current_version["extinctions"]) for entry in entries] == [1, 1]


def test_postExtinction__reader_nobody_unknown_or_nonsense__is_refused(api: Any) -> None:
    path, body = f"{MAIN}/extinction-events", [an_extinction("old")]
    assert api.post(path, json=body).status_code == 404
    a_repository(api)
    assert api.post(path, json=body).status_code == 404
    scanned(api)
    assert api.as_role("reader").post(path, json=body).status_code == 403
    assert api.as_nobody().post(path, json=body).status_code == 401
    bodies: list[Any] = [{}, [{}], [7]]
    assert [api.post(path, json=bad).status_code for bad in bodies] == [400, 400, 400]
    assert api.get(EXTINCTIONS).json()["items"] == {}
