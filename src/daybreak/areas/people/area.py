"""What the people area plugs in."""

from threading import Lock

from daybreak.areas.people.access_tokens.routes import ROUTES as TOKEN_ROUTES
from daybreak.areas.people.access_tokens.store import forget_expired_secrets, save_uses
from daybreak.areas.people.custom_roles.routes import ROUTES as ROLE_ROUTES
from daybreak.areas.people.members.routes import member_routes
from daybreak.areas.people.members.store import Sighting, save_sightings
from daybreak.areas.people.oauth_clients.routes import ROUTES as OAUTH_ROUTES
from daybreak.areas.people.oauth_clients.store import forget_ended_grants
from daybreak.areas.people.sign_in.limits import WINDOW
from daybreak.areas.people.sign_in.links import LinkSender
from daybreak.areas.people.sign_in.store import forget_expired
from daybreak.areas.people.teams.changeable import ProjectsOfTeams, no_projects
from daybreak.areas.people.teams.routes import team_routes
from daybreak.platform.access import Actor
from daybreak.platform.clock import HOUR, MINUTE
from daybreak.platform.database import Transaction
from daybreak.platform.jobs import Job
from daybreak.platform.mail import Mail
from daybreak.rest.routing import Route


class Sightings:
    """Remembers when tokens and members were seen. Written down now and then: a write per request would cost
    too much.
    """

    def __init__(self) -> None:
        self._tokens: dict[str, int] = {}
        self._members: dict[str, Sighting] = {}
        self._lock = Lock()

    def __call__(self, actor: Actor, now: int) -> None:
        with self._lock:
            if actor.kind != "member":
                self._tokens[actor.id] = now
            if actor.person is not None:
                token_id = actor.id if actor.kind != "member" else ""
                self._members[actor.person.id] = Sighting(now, token_id)

    def write(self, db: Transaction, now: int) -> None:  # noqa: ARG002 - the signature of every job
        """Does not move the revision: nothing that is remembered depends on it."""
        with self._lock:
            tokens, self._tokens = self._tokens, {}
            members, self._members = self._members, {}
        if tokens:
            save_uses(db, tokens)
        if members:
            save_sightings(db, members)


def routes(*, public_url: str, mail: Mail, projects_of_teams: ProjectsOfTeams = no_projects) -> list[Route]:
    """`public_url` is where links to this server lead. Whoever keeps projects answers which of them teams may
    change something in.
    """
    return [
        *TOKEN_ROUTES,
        *ROLE_ROUTES,
        *OAUTH_ROUTES,
        *member_routes(LinkSender(public_url, mail)),
        *team_routes(projects_of_teams),
    ]


def forget_ended(db: Transaction, now: int) -> None:
    """Sessions, links and grants that have ended, and failures to sign in that count no more."""
    forget_expired(db, now, failures_before=now - WINDOW)
    forget_ended_grants(db, now)


def jobs(sightings: Sightings) -> list[Job]:
    return [
        Job("write down who was seen", MINUTE, sightings.write, runs_everywhere=True),
        Job("forget expired token secrets", MINUTE, forget_expired_secrets),
        Job("forget ended sessions", HOUR, forget_ended),
    ]
