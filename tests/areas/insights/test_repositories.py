"""Repositories: which there are, and which projects they belong to."""

from typing import Any

from areas.insights.seeds import (
    REPOSITORIES,
    a_project,
    audit_verbs,
    counted_queries,
    narrowed,
)
from daybreak.platform.database import Database

ASSOCIATIONS = f"{REPOSITORIES}/projects"


def mapped(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"mappings": [{"repositoryKey": repository, "projectKey": key} for repository, key in pairs]}


def test_associateRepositoriesAndProjects__new_repository__is_added(api: Any, database: Database) -> None:
    a_project(api)
    response = api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web")))
    assert response.status_code == 200
    assert response.json()["items"] == [{"repositoryKey": "acme/shop", "projectKey": "web"}]
    assert response.json()["totalCount"] == 1
    [repository] = api.get(REPOSITORIES).json()["items"]
    assert repository == repository | {
        "key": "acme/shop",
        "type": "git",
        "url": "",
        "mainBranch": "",
        "version": 1,
    }
    assert audit_verbs(database, "repository") == ["associated the repository"]


def test_associateRepositoriesAndProjects__again__changes_nothing(api: Any, database: Database) -> None:
    a_project(api)
    for _ in range(2):
        assert api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web"))).status_code == 200
    assert api.get(REPOSITORIES).json()["totalCount"] == 1
    assert audit_verbs(database, "repository") == ["associated the repository"]


def test_associateRepositoriesAndProjects__unknown_project__stores_nothing(api: Any) -> None:
    a_project(api)
    body = mapped(("acme/shop", "web"), ("acme/shop", "nowhere"))
    assert api.put(ASSOCIATIONS, json=body).status_code == 404
    assert api.get(REPOSITORIES).json()["totalCount"] == 0


def test_associateRepositoriesAndProjects__invalid_body__is_refused(api: Any) -> None:
    a_project(api)
    bodies: list[Any] = [
        {},
        {"mappings": []},
        {"mappings": "acme/shop"},
        {"mappings": [{"repositoryKey": "acme/shop"}]},
        mapped(("", "web")),
        mapped(("acme//shop", "web")),
        mapped(("acme shop", "web")),
        mapped(("a" * 257, "web")),
        mapped(("acme/shop", "we b")),
        mapped(*[(f"acme/{n}", "web") for n in range(101)]),
    ]
    for body in bodies:
        assert api.put(ASSOCIATIONS, json=body).status_code == 400, body
    assert api.get(REPOSITORIES).json()["totalCount"] == 0


def test_associateRepositoriesAndProjects__reader_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    body = mapped(("acme/shop", "web"))
    assert api.as_role("reader").put(ASSOCIATIONS, json=body).status_code == 403
    assert api.as_nobody().put(ASSOCIATIONS, json=body).status_code == 401
    assert api.as_role("writer").put(ASSOCIATIONS, json=body).status_code == 200


def test_getInsightsRepositories__expanded__shows_the_projects_of_each(api: Any) -> None:
    for key in ("web", "apps"):
        a_project(api, key)
    api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web"), ("acme/shop", "apps"), ("acme/app", "apps")))
    page = api.get(REPOSITORIES, expand="projects").json()
    shown = {item["key"]: [project["key"] for project in item["projects"]["items"]] for item in page["items"]}
    assert shown == {"acme/app": ["apps"], "acme/shop": ["apps", "web"]}
    [project] = page["items"][0]["projects"]["items"]
    assert project["_links"]["self"]["href"] == "/api/v2/projects/apps"
    assert all("projects" not in item for item in api.get(REPOSITORIES).json()["items"])


def test_getInsightsRepositories__unknown_part_or_nobody__is_refused(api: Any) -> None:
    assert api.get(REPOSITORIES, expand="owners").status_code == 400
    assert api.as_nobody().get(REPOSITORIES).status_code == 401
    assert api.as_role("reader").get(REPOSITORIES).json()["totalCount"] == 0


def test_getInsightsRepositories__narrow_token__sees_what_it_may(api: Any) -> None:
    for key in ("web", "apps"):
        a_project(api, key)
    api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web"), ("acme/shop", "apps"), ("beta/app", "apps")))
    statements = [
        {"effect": "allow", "resources": ["repository/acme*"], "actions": ["viewRepository"]},
        {"effect": "allow", "resources": ["proj/web"], "actions": ["viewProject"]},
    ]
    narrow = narrowed(api, *statements)
    [repository] = narrow.get(REPOSITORIES, expand="projects").json()["items"]
    assert repository["key"] == "acme/shop"
    assert [project["key"] for project in repository["projects"]["items"]] == ["web"]


def test_getInsightsRepositories__twenty_instead_of_one__takes_as_many_queries(
    api: Any, database: Database
) -> None:
    a_project(api)
    counts = []
    for known in (1, 20):
        api.put(ASSOCIATIONS, json=mapped(*[(f"acme/{n}", "web") for n in range(known)]))
        with counted_queries(database) as statements:
            page = api.get(REPOSITORIES, expand="projects")
        assert page.json()["totalCount"] == known
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_deleteRepositoryProject__associated__takes_it_out(api: Any, database: Database) -> None:
    a_project(api)
    api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web")))
    assert api.delete(f"{REPOSITORIES}/acme%2Fshop/projects/web").status_code == 204
    [repository] = api.get(REPOSITORIES, expand="projects").json()["items"]
    assert repository["projects"]["totalCount"] == 0
    assert audit_verbs(database, "repository") == ["associated the repository", "dissociated the repository"]


def test_deleteRepositoryProject__not_associated__answers_404(api: Any) -> None:
    for key in ("web", "apps"):
        a_project(api, key)
    api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web")))
    for path in ("acme%2Fshop/projects/apps", "acme%2Fshop/projects/nowhere", "acme%2Fnone/projects/web"):
        assert api.delete(f"{REPOSITORIES}/{path}").status_code == 404, path


def test_deleteRepositoryProject__reader_or_nobody__is_refused(api: Any) -> None:
    a_project(api)
    api.put(ASSOCIATIONS, json=mapped(("acme/shop", "web")))
    path = f"{REPOSITORIES}/acme%2Fshop/projects/web"
    assert api.as_role("reader").delete(path).status_code == 403
    assert api.as_nobody().delete(path).status_code == 401
