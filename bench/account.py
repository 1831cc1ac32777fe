"""A generated account: a million deployments, a million pull requests, 200 applications, 20 environments,
180 days.

One environment holds a quarter of it. The same seed gives the same rows. They are written straight into the
fact tables, as linking would have left them, because linking a million deployments is not what is measured
here.
"""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Column, Table

from daybreak.areas.insights.facts.tables import (
    changes,
    deployment_changes,
    deployments,
    environment_applications,
    repositories,
)
from daybreak.areas.projects.environments.tables import environments
from daybreak.areas.projects.projects.tables import projects
from daybreak.platform.clock import DAY, HOUR, MINUTE
from daybreak.platform.columns import JsonDocument
from daybreak.platform.database import Database
from daybreak.platform.identifiers import stable_id

DAYS = 180
APPLICATIONS = 200
ENVIRONMENTS = 20
BATCH = 20_000

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """What to make, and what of it to ask for. `now` is the last instant anything happened."""

    deployments: int
    pull_requests: int
    now: int

    project_key = "project-0"
    environment_key = "environment-0"
    application_key = "application-0"


def generate(database: Database, account: Account) -> None:
    """Fills an empty, migrated database."""
    draw = random.Random(20)
    if database.engine.dialect.name == "sqlite":
        # The one connection that will be used again and again: nobody needs these rows after a power cut.
        borrowed = database.engine.raw_connection()
        borrowed.cursor().execute("PRAGMA synchronous=OFF")
        borrowed.close()
    _load(database, projects, _projects(account))
    _load(database, environments, _environments(account))
    _load(database, repositories, [_repository(account)])
    _load(database, changes, _changes(account, draw))
    applications = [
        {
            "environment_id": _environment(number),
            "application_key": f"application-{n}",
            "kind": "server",
            "first_at": account.now - DAYS * DAY,
        }
        for number in range(ENVIRONMENTS)
        for n in range(APPLICATIONS)
    ]
    _load(database, environment_applications, applications)
    made: list[Row] = []
    _load(database, deployments, _remember(_deployments(account, draw), made))
    _load(database, deployment_changes, _links(account, made, draw))
    # What PostgreSQL does by itself after a while: index-only scans need to know which pages are settled.
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE")


def _environment(number: int) -> str:
    return stable_id("environment", str(number))


def _project(number: int) -> str:
    return stable_id("project", str(number // 2))


def _projects(account: Account) -> Iterator[Row]:
    for number in range(ENVIRONMENTS // 2):
        yield {
            "id": stable_id("project", str(number)),
            "key": f"project-{number}",
            "name": f"Project {number}",
            "tags": [],
            "include_in_snippet_by_default": False,
            "default_client_side_availability": {},
            "naming_convention": None,
            "flag_defaults": {},
            "created_at": account.now - DAYS * DAY,
            "version": 1,
        }


def _environments(account: Account) -> Iterator[Row]:
    for number in range(ENVIRONMENTS):
        yield {
            "id": _environment(number),
            "project_id": _project(number),
            "key": f"environment-{number}",
            "name": f"Environment {number}",
            "color": "417505",
            "sdk_key": f"sdk-{number}",
            "mobile_key": f"mob-{number}",
            "default_ttl": 0,
            "secure_mode": False,
            "default_track_events": False,
            "require_comments": False,
            "confirm_changes": False,
            "critical": False,
            "tags": [],
            "created_at": account.now - DAYS * DAY,
            "version": 1,
        }


def _repository(account: Account) -> Row:
    return {
        "id": stable_id("repository"),
        "key": "bench/repository",
        "type": "git",
        "url": "",
        "main_branch": "main",
        "created_at": account.now,
        "version": 1,
    }


def _changes(account: Account, draw: random.Random) -> Iterator[Row]:
    for number in range(account.pull_requests):
        merged_at = account.now - draw.randrange(DAYS * DAY)
        first_commit_at = merged_at - int(draw.lognormvariate(17.5, 1.4))
        yield {
            "id": stable_id("change", str(number)),
            "repository_id": stable_id("repository"),
            "kind": "pullRequest",
            "external_id": str(number),
            "title": f"Change {number}",
            "author": f"author-{number % 500}",
            "is_bot": number % 5 == 0,
            "status": "merged",
            "first_commit_at": first_commit_at,
            "created_at": first_commit_at + HOUR,
            "ready_at": first_commit_at + 2 * HOUR,
            "merged_at": merged_at,
            "closed_at": merged_at,
            "listed_at": merged_at,
            "merge_sha": f"{number:040x}",
            "head_sha": f"{number + account.pull_requests:040x}",
            "files_changed": 3,
            "lines_added": 40,
            "lines_deleted": 12,
            "contributors": 1,
            "is_partial": False,
            "url": "",
        }


def _deployments(account: Account, draw: random.Random) -> Iterator[Row]:
    for number in range(account.deployments):
        # A quarter in the first environment, the rest spread evenly.
        place = 0 if number % 4 == 0 else 1 + number % (ENVIRONMENTS - 1)
        ended_at = account.now - draw.randrange(DAYS * DAY)
        has_failed = draw.random() < 0.1
        yield {
            "id": stable_id("deployment", str(number)),
            "project_id": _project(place),
            "environment_id": _environment(place),
            "application_key": f"application-{draw.randrange(APPLICATIONS)}",
            "kind": "server",
            "application_version": f"version-{number}",
            "version_name": f"version-{number}",
            "ordinal": 1,
            "status": "failed" if has_failed else "finished",
            "started_at": ended_at - 5 * MINUTE,
            "ended_at": ended_at,
            "at": ended_at,
            "metadata": {},
            "event_metadata": {},
            "is_archived": False,
            "is_counted": True,
            "failed_at": ended_at if has_failed else None,
            "failure_reason": "failed" if has_failed else None,
            "recovered_at": ended_at + HOUR if has_failed else None,
            "is_rework": False,
            "pull_requests": 2,
            "contributors": 2,
            "lines_added": 80,
            "lines_deleted": 24,
            "version": 1,
        }


def _remember(rows: Iterable[Row], kept: list[Row]) -> Iterator[Row]:
    for row in rows:
        names = ("id", "project_id", "environment_id", "application_key", "ended_at", "status")
        kept.append({name: row[name] for name in names})
        yield row


def _links(account: Account, made: list[Row], draw: random.Random) -> Iterator[Row]:
    for number, deployment in enumerate(made):
        if deployment["status"] == "failed":
            continue
        for change in {number % account.pull_requests, (number * 7 + 3) % account.pull_requests}:
            wait, deploy = draw.randrange(2 * DAY), 5 * MINUTE
            coding, review = int(draw.lognormvariate(17.0, 1.4)), int(draw.lognormvariate(16.0, 1.2))
            yield {
                "deployment_id": deployment["id"],
                "change_id": stable_id("change", str(change)),
                "project_id": deployment["project_id"],
                "environment_id": deployment["environment_id"],
                "application_key": deployment["application_key"],
                "ended_at": deployment["ended_at"],
                "is_bot": change % 5 == 0,
                "is_first": True,
                "is_partial": False,
                "is_clipped": False,
                "lead_ms": coding + review + wait + deploy,
                "coding_ms": coding,
                "review_ms": review,
                "wait_ms": wait,
                "deploy_ms": deploy,
            }


def _load(database: Database, table: Table, rows: Iterable[Row]) -> None:
    """Inserts in batches; a column that a row does not name is empty in its own way."""
    blank = {column.name: _blank(column) for column in table.columns}
    batch: list[Row] = []
    for row in rows:
        batch.append(blank | row)
        if len(batch) == BATCH:
            _flush(database, table, batch)
            batch = []
    _flush(database, table, batch)


def _blank(column: Column[Any]) -> Any:
    if isinstance(column.type, JsonDocument):
        return None if column.nullable else {}
    return None if column.nullable else column.type.python_type()


def _flush(database: Database, table: Table, batch: list[Row]) -> None:
    with database.writing() as db:
        driver = db.connection.connection.driver_connection
        if not isinstance(driver, psycopg.Connection):
            db.insert(table, batch)
            return
        # Row by row a million rows would take PostgreSQL minutes; COPY takes seconds.
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        documents = [isinstance(column.type, JsonDocument) for column in table.columns]
        with driver.cursor().copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in batch:
                values = zip(row.values(), documents, strict=True)
                copy.write_row([json.dumps(v) if d and v is not None else v for v, d in values])
