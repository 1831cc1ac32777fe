"""Code reference repositories through HTTP: created, listed, changed, deleted and refused."""

from typing import Any

import pytest

from areas.flags.code_seeds import MAIN, REPOSITORIES, SHOP, a_hunk, a_repository, scanned, shown
from areas.insights.seeds import narrowed
from daybreak.platform.database import Database
from statements import count_statements, list_audit


def test_postRepository__name_alone__is_custom_and_enabled(api: Any, database: Database) -> None:
    made = a_repository(api, "Shop")

    assert made == made | {
        "name": "Shop",
        "type": "custom",
        "defaultBranch": "main",
        "sourceLink": "",
        "commitUrlTemplate": "",
        "hunkUrlTemplate": "",
        "enabled": True,
        "version": 1,
    }
    assert made["_links"]["self"]["href"] == f"{REPOSITORIES}/Shop"
    [entry] = list_audit(database, "code-reference-repository")
    assert (entry.address, entry.actions) == ("code-reference-repository/Shop", ["createCodeRefsRepository"])


def test_postRepository__default_branch_left_empty__is_main(api: Any) -> None:
    assert a_repository(api, defaultBranch="")["defaultBranch"] == "main"


def test_postRepository__name_in_other_letters__answers_409(api: Any) -> None:
    a_repository(api, "Shop")

    assert api.post(REPOSITORIES, json={"name": "shop"}).status_code == 409
    assert api.get(f"{REPOSITORIES}/SHOP").json()["name"] == "Shop"


@pytest.mark.parametrize(
    "given", [{}, {"name": ""}, {"name": "two words"}, {"name": "a//b"}, {"name": "a", "type": "svn"}]
)
def test_postRepository__impossible__answers_400(api: Any, given: dict[str, Any]) -> None:
    assert api.post(REPOSITORIES, json=given).status_code == 400
    assert api.get(REPOSITORIES).json()["items"] == []


def test_postRepository__reader_or_nobody__is_refused(api: Any) -> None:
    body = {"name": "shop"}
    assert api.as_role("reader").post(REPOSITORIES, json=body).status_code == 403
    assert api.as_nobody().post(REPOSITORIES, json=body).status_code == 401
    assert api.as_role("writer").post(REPOSITORIES, json=body).status_code == 200


def test_getRepositories__plain__has_no_branches(api: Any) -> None:
    for name in ("till", "Shop"):
        a_repository(api, name)
    scanned(api, ("a.py", [a_hunk("dark")]))

    page = api.get(REPOSITORIES).json()

    assert [item["name"] for item in page["items"]] == ["Shop", "till"]
    assert all("branches" not in item for item in page["items"])


def test_getRepositories__with_branches__shows_them_without_references(api: Any) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark")]))

    [item] = api.get(REPOSITORIES, withBranches="1").json()["items"]

    assert [branch["name"] for branch in item["branches"]] == ["main"]
    assert "references" not in item["branches"][0]


def test_getRepositories__with_references__shows_those_of_default_branches(api: Any) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark"), a_hunk("light", projKey="apps")]))
    scanned(api, ("b.py", [a_hunk("dark")]), path=f"{SHOP}/branches/side", name="side")

    [item] = api.get(REPOSITORIES, withReferencesForDefaultBranch="true").json()["items"]
    main, side = item["branches"]
    assert shown(main) == {"a.py": ["dark", "light"]}
    assert "references" not in side

    [item] = api.get(REPOSITORIES, withReferencesForDefaultBranch="true", projKey="web").json()["items"]
    assert shown(item["branches"][0]) == {"a.py": ["dark"]}
    [item] = api.get(REPOSITORIES, flagKey="light").json()["items"]
    assert shown(item["branches"][0]) == {"a.py": ["light"]}


def test_getRepositories__narrow_token__sees_what_it_may(api: Any) -> None:
    for name in ("shop", "till"):
        a_repository(api, name)
    view = {"effect": "allow", "resources": ["code-reference-repository/t*"], "actions": ["view*"]}
    narrow = narrowed(api, view)

    assert [item["name"] for item in narrow.get(REPOSITORIES).json()["items"]] == ["till"]
    assert narrow.get(SHOP).status_code == 403


def test_getRepositories__twenty_instead_of_one__takes_as_many_queries(api: Any, database: Database) -> None:
    counts = []
    for made in (range(1), range(1, 20)):
        for number in made:
            a_repository(api, f"shop-{number}")
            path = f"{REPOSITORIES}/shop-{number}/branches/main"
            scanned(api, ("a.py", [a_hunk("dark")]), path=path)
        counts.append(
            count_statements(database, lambda: api.get(REPOSITORIES, withReferencesForDefaultBranch="1"))
        )
    assert counts[0] == counts[1]


def test_getRepository__unknown_or_nobody__is_refused(api: Any) -> None:
    assert api.get(SHOP).json()["code"] == "not_found"
    assert api.as_nobody().get(SHOP).status_code == 401


def test_patchRepository__merge_patch_as_plain_json__changes_it(api: Any, database: Database) -> None:
    a_repository(api)

    response = api.patch(SHOP, json={"defaultBranch": "trunk", "type": "gitlab", "sourceLink": ""})

    changed = response.json()
    assert (response.status_code, changed["defaultBranch"], changed["version"]) == (200, "trunk", 2)
    [_, entry] = list_audit(database, "code-reference-repository")
    assert entry.actions == ["updateCodeRefsRepositoryConfiguration"]


def test_patchRepository__json_patch__renames_and_turns_off(api: Any) -> None:
    a_repository(api)
    patch = [
        {"op": "replace", "path": "/name", "value": "Store"},
        {"op": "replace", "path": "/enabled", "value": False},
    ]

    assert api.patch(SHOP, json=patch).status_code == 200

    assert api.get(SHOP).status_code == 404
    assert api.get(f"{REPOSITORIES}/store").json()["enabled"] is False


def test_patchRepository__name_of_another__answers_409(api: Any) -> None:
    for name in ("shop", "till"):
        a_repository(api, name)

    assert api.patch(SHOP, json={"name": "TILL"}).status_code == 409
    assert api.get(SHOP).json()["version"] == 1


@pytest.mark.parametrize("patch", [{"version": 7}, {"type": "svn"}, {"enabled": "no"}, {"name": None}])
def test_patchRepository__impossible__answers_400(api: Any, patch: Any) -> None:
    a_repository(api)

    assert api.patch(SHOP, json=patch).status_code == 400


def test_patchRepository__part_that_a_policy_lacks__answers_403(api: Any) -> None:
    a_repository(api)
    actions = ["viewCodeRefsRepository", "updateCodeRefsRepositoryConfiguration"]
    allowed = {"effect": "allow", "resources": ["code-reference-repository/shop"], "actions": actions}
    narrow = narrowed(api, allowed)

    assert narrow.patch(SHOP, json={"type": "github"}).status_code == 200
    assert narrow.patch(SHOP, json={"enabled": False}).status_code == 403
    assert api.as_role("reader").patch(SHOP, json={"type": "custom"}).status_code == 403
    assert api.patch(f"{REPOSITORIES}/none", json={"type": "custom"}).status_code == 404


def test_deleteRepository__scanned__takes_everything_along(api: Any, database: Database) -> None:
    a_repository(api)
    scanned(api, ("a.py", [a_hunk("dark")]))
    assert api.as_role("reader").delete(SHOP).status_code == 403

    assert api.delete(SHOP).status_code == 204

    assert [api.delete(SHOP).status_code, api.get(MAIN).status_code] == [404, 404]
    assert {entry.title_verb for entry in list_audit(database, "code-reference-repository")} == {
        "created the code-reference-repository",
        "deleted the code-reference-repository",
    }
    a_repository(api)
    assert api.get(f"{SHOP}/branches").json()["items"] == []
