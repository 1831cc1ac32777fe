"""Where what belongs to projects and environments stands in policies, as conditions on its rows."""

from functools import partial

from sqlalchemy import ColumnElement, select

from daybreak.areas.projects.environments.tables import environments
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.tags import has_tag
from daybreak.rest.visibility import Condition, Level

PROJECT_LEVEL = Level("proj", projects.c.key, partial(has_tag, "project", projects.c.id))
ENVIRONMENT_LEVEL = Level(
    "env",
    environments.c.key,
    partial(has_tag, "environment", environments.c.id),
    {"critical": environments.c.critical},
)


def in_project(project_id: ColumnElement[str]) -> Level:
    """The project that a column names by its id."""

    def reach(condition: Condition) -> Condition:
        return project_id.in_(select(projects.c.id).where(condition))

    return Level(PROJECT_LEVEL.type, PROJECT_LEVEL.key, PROJECT_LEVEL.tagged, reach=reach)


def in_environment(environment_id: ColumnElement[str]) -> tuple[Level, Level]:
    """The project and the environment that a column names by the latter's id."""

    def reach(condition: Condition) -> Condition:
        return environment_id.in_(select(environments.c.id).where(condition))

    of_project = in_project(environments.c.project_id)
    return (
        Level(
            of_project.type,
            of_project.key,
            of_project.tagged,
            reach=lambda condition: reach(of_project.reach(condition)),
        ),
        Level(
            ENVIRONMENT_LEVEL.type,
            ENVIRONMENT_LEVEL.key,
            ENVIRONMENT_LEVEL.tagged,
            ENVIRONMENT_LEVEL.marks,
            reach,
        ),
    )
