"""What tests ask for by name: a fresh database on either engine, a clock that stands still, and clients."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from contract.models import require_client_parses
from databases import fresh_postgresql_database, postgresql_server, sqlite_url
from daybreak.app import Daybreak, build
from daybreak.areas.people.intake import create_service_token
from daybreak.logic.policy.roles import ADMIN
from daybreak.platform.access import Actor
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.platform.schema import migrate
from daybreak.rest.call import Call
from daybreak.settings import Settings
from system.programs import WORKERS

# Wednesday, 2026-07-01 12:30:00 UTC: half an hour past the hour that scores end at.
NOW = 1_782_909_000_000

ENGINES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=ENGINES, help="run on one engine only")
    parser.addoption("--figures", help="file that the tests of faults write down in how long recovering took")
    parser.addoption(
        "--workers",
        type=int,
        choices=(1, 2),
        help="how many copies of the program share the work: default 1 on SQLite, 2 on PostgreSQL",
    )


def pytest_configure(config: pytest.Config) -> None:
    workers = config.getoption("--workers")
    if workers:
        WORKERS.update(dict.fromkeys(WORKERS, workers))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches a database runs on both engines."""
    if "engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        metafunc.parametrize("engine", [chosen] if chosen else ENGINES, scope="session")


@pytest.fixture(scope="session")
def template(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], Any]]:
    """A migrated database to copy: migrations run once per engine, not once per test."""
    if engine == "sqlite":
        folder = tmp_path_factory.mktemp("template")
        database = Database(sqlite_url(folder))
        migrate(database)
        database.close()
        [file] = folder.glob("*.sqlite3")
        content = file.read_bytes()

        @contextmanager
        def copy_file(place: Path) -> Iterator[str]:
            (place / file.name).write_bytes(content)
            yield sqlite_url(place)

        yield copy_file
        return
    with postgresql_server() as server, fresh_postgresql_database(server) as origin:
        database = Database(origin)
        migrate(database)
        database.close()

        @contextmanager
        def copy_database(place: Path) -> Iterator[str]:
            with fresh_postgresql_database(server, template=origin) as url:
                yield url

        yield copy_database


@pytest.fixture
def database_url(template: Callable[[Path], Any], tmp_path: Path) -> Iterator[str]:
    with template(tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        data_directory=str(tmp_path),
        github_webhook_secret="github-secret",
        gitlab_webhook_token="gitlab-token",
    )


@pytest.fixture
def app(settings: Settings, database: Database, clock: FixedClock) -> Daybreak:
    return build(settings, database, clock)


@pytest.fixture
def reading_app(
    app: Daybreak, engine: str, settings: Settings, database: Database, clock: FixedClock
) -> Iterator[Daybreak]:
    """Who answers what only reads: with two workers, as `serve --workers` runs them, another than writes.
    They share the database and a board, and nothing else.
    """
    if WORKERS[engine] == 1:
        yield app
        return
    other = Database(database.url, database.board)
    yield build(settings, other, clock)
    other.close()


class Api:
    """A caller of the API. Every successful answer must also be readable by the official client's models.

    What only reads is answered by `reading_app`, where there is one.
    """

    def __init__(
        self,
        app: Daybreak,
        database: Database,
        clock: FixedClock,
        token: str,
        session: str = "",
        reading_app: Daybreak | None = None,
    ) -> None:
        self._app = app
        self._reading_app = reading_app or app
        self._database = database
        self._clock = clock
        self.token = token
        self.session = session
        self._client = TestClient(app, raise_server_exceptions=False)
        self._reading_client = TestClient(self._reading_app, raise_server_exceptions=False)

    def request(self, method: str, path: str, **options: Any) -> httpx2.Response:
        headers = {"Authorization": self.token} if self.token else {}
        if self.session:
            # As a browser that shows a page of the server itself.
            headers |= {"Cookie": f"daybreak-session={self.session}", "Origin": "http://testserver"}
        headers |= options.pop("headers", {})
        client = self._reading_client if method == "GET" else self._client
        response = client.request(method, path, headers=headers, **options)
        require_client_parses(method, path, response)
        return response

    def get(self, path: str, **parameters: Any) -> httpx2.Response:
        return self.request("GET", path, params=parameters or None)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx2.Response:
        return self.request("POST", path, json=json, **options)

    def put(self, path: str, json: Any = None) -> httpx2.Response:
        return self.request("PUT", path, json=json)

    def patch(self, path: str, json: Any, **options: Any) -> httpx2.Response:
        return self.request("PATCH", path, json=json, **options)

    def delete(self, path: str) -> httpx2.Response:
        return self.request("DELETE", path)

    def as_role(self, role: str) -> "Api":
        """Another caller, with a service token of that role."""
        with self._database.writing() as db:
            token = create_service_token(db, self._clock.now(), name=f"a {role}", role=role)
        return self.as_token(token)

    def with_policy(self, statements: Sequence[Mapping[str, Any]]) -> "Api":
        """Another caller, with a service token that may do what the statements say."""
        body = {"name": "narrow", "serviceToken": True, "inlineRole": list(statements)}
        return self.as_token(self.post("/api/v2/tokens", json=body).json()["token"])

    def in_browser(self, session: str) -> "Api":
        """Somebody who is signed in."""
        return Api(self._app, self._database, self._clock, "", session, self._reading_app)

    def now(self) -> int:
        return self._clock.now()

    def as_token(self, token: str) -> "Api":
        return Api(self._app, self._database, self._clock, token, reading_app=self._reading_app)

    def as_nobody(self) -> "Api":
        return self.as_token("")


@pytest.fixture
def api(app: Daybreak, reading_app: Daybreak, database: Database, clock: FixedClock) -> Api:
    """An admin."""
    with database.writing() as db:
        token = create_service_token(db, clock.now(), name="the tests", role="admin")
    return Api(app, database, clock, token, reading_app=reading_app)


@pytest.fixture
def call_as_admin(database: Database, clock: FixedClock) -> Callable[[], Any]:
    """A writing transaction of an admin, opened by `with`."""

    @contextmanager
    def opened() -> Iterator[Call]:
        with database.writing() as db:
            yield Call(db, Actor("test", "test", "the tests", (ADMIN,), role="admin"), clock.now())

    return opened


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("DAYBREAK_"):
            monkeypatch.delenv(name)
