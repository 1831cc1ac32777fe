"""What tests of facts begin with: an environment, commits that need no git, events told to the facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from daybreak.areas.insights.facts.commits import CommitSighting, store_commits
from daybreak.areas.insights.facts.deployments import record_deployment_event
from daybreak.areas.insights.facts.placing import DeploymentEvent
from daybreak.areas.insights.facts.repositories import associate, ensure_repository
from daybreak.areas.insights.facts.scope import Scope
from daybreak.areas.insights.facts.tables import changes, deployment_changes, deployments
from daybreak.areas.projects.intake import ensure_project_and_environment
from daybreak.areas.projects.queries import environment
from daybreak.logic.linking.subjects import NO_REMARKS, Remarks
from daybreak.platform.clock import HOUR
from daybreak.platform.database import Transaction
from daybreak.rest.call import Call

START = 1_780_000_000_000


def sha(name: str) -> str:
    """A full SHA that shows what it was made of."""
    return name.encode().hex().ljust(40, "0")


def at(hours: float) -> int:
    return START + int(hours * HOUR)


@dataclass(frozen=True)
class Place:
    """An environment of a project with a repository."""

    call: Call
    repository_id: str = ""
    environment_key: str = "production"

    @property
    def db(self) -> Transaction:
        return self.call.db

    @property
    def scope(self) -> Scope:
        home = environment(self.db, "web", self.environment_key).home
        return Scope(home.project_id, home.environment_id, "app")

    def tell(self, version: str, hours: float, kind: str = "finished", **given: Any) -> str:
        """Records an event; the id of its deployment."""
        event = DeploymentEvent(
            **{"application_key": "app", "version": version, "type": kind, "at": at(hours), **given}
        )
        parent = environment(self.db, "web", self.environment_key)
        return record_deployment_event(self.db, parent, event, self.call.now)

    def commit(
        self,
        name: str,
        *parents: str,
        hours: float = 0,
        subject: str = "Work",
        author: str = "Ada",
        remarks: Remarks = NO_REMARKS,
        is_certain: bool = True,
        paths: Sequence[str] | None = None,
    ) -> None:
        sighting = CommitSighting(
            sha=sha(name),
            parents=tuple(sha(parent) for parent in parents),
            is_certain=is_certain,
            authored_at=at(hours),
            committed_at=at(hours),
            author=author,
            is_bot=author.endswith("[bot]"),
            subject=subject,
            remarks=remarks,
            paths=None if paths is None else tuple(paths),
        )
        store_commits(self.db, self.repository_id, [sighting])

    def deployed(self, *columns: str) -> list[tuple[Any, ...]]:
        """These columns of every deployment, in the order they happened."""
        statement = select(*(deployments.c[name] for name in columns))
        order = (deployments.c.at, deployments.c.started_at, deployments.c.ordinal)
        return [tuple(row) for row in self.db.rows(statement.order_by(*order))]

    def delivered(self) -> dict[str, list[str]]:
        """By version, the numbers of pull requests and the first letters of commits."""
        rows = self.db.rows(
            select(deployments.c.application_version, changes.c.kind, changes.c.external_id)
            .where(
                deployment_changes.c.deployment_id == deployments.c.id,
                deployment_changes.c.change_id == changes.c.id,
            )
            .order_by(deployments.c.at, changes.c.external_id)
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            name = row.external_id
            if row.kind == "commit":
                name = bytes.fromhex(name).rstrip(b"\0").decode()
            found.setdefault(_plain(row.application_version), []).append(name)
        return found


def _plain(version: str) -> str:
    """The name that a SHA was made of; other versions as they are."""
    if len(version) != 40:
        return version
    return bytes.fromhex(version).rstrip(b"\0").decode()


def a_place(call: Call, *, environment_key: str = "production", with_repository: bool = True) -> Place:
    ensure_project_and_environment(call, "web", environment_key)
    if not with_repository:
        return Place(call, environment_key=environment_key)
    id = ensure_repository(
        call.db, "acme/shop", "github", "https://github.example/acme/shop", "main", call.now
    )
    associate(call.db, id, environment(call.db, "web", environment_key).project.id)
    return Place(call, id, environment_key)


def a_line(place: Place, *subjects: str) -> None:
    """Commits a, b, c … of an hour each, one upon the other."""
    previous: tuple[str, ...] = ()
    for number, subject in enumerate(subjects):
        name = chr(ord("a") + number)
        place.commit(name, *previous, hours=number, subject=subject)
        previous = (name,)
