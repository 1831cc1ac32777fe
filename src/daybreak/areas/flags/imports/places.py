"""The environments of a project here that came from another account: what comes for others has no place."""

from daybreak.areas.projects.queries import EnvironmentFact, ProjectFact, environments_in, project
from daybreak.platform.database import Transaction
from daybreak.platform.errors import NotFound
from daybreak.platform.origins import list_came


def find_carried_project(db: Transaction, source: str, project_key: str) -> ProjectFact | None:
    """None where none of that key came from there."""
    try:
        found = project(db, project_key)
    except NotFound:
        return None
    return found if list_came(db, source, "project", [found.id]) else None


def list_carried_environments(db: Transaction, source: str, parent: ProjectFact) -> list[EnvironmentFact]:
    """The oldest first."""
    found = environments_in(db, parent)
    came = list_came(db, source, "environment", [place.id for place in found])
    return [place for place in found if place.id in came]


def find_carried_environment(db: Transaction, source: str, place: tuple[str, str]) -> EnvironmentFact | None:
    """`place` are the keys of a project and an environment. None where that did not come from there."""
    project_key, environment_key = place
    parent = find_carried_project(db, source, project_key)
    places = [] if parent is None else list_carried_environments(db, source, parent)
    return next((each for each in places if each.key == environment_key), None)


def carried_environment_keys(db: Transaction, source: str, project_key: str) -> list[str]:
    """Of a project that came from there; none where it did not."""
    parent = find_carried_project(db, source, project_key)
    return [] if parent is None else [each.key for each in list_carried_environments(db, source, parent)]
