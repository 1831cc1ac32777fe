"""What the program itself does with access tokens: the first one, last uses, expired secrets."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from areas.people.tokens import TOKENS, create_token, path_of
from conftest import Api
from daybreak.app import Daybreak
from daybreak.areas.people.access_tokens.tables import expiring_secrets, token_uses
from daybreak.areas.people.area import Sightings, jobs
from daybreak.areas.people.intake import create_first_token, create_service_token
from daybreak.platform.access import Actor
from daybreak.platform.clock import MINUTE, FixedClock
from daybreak.platform.database import Database, read_revision
from daybreak.platform.errors import InvalidRequest, ValidationFailed


def test_last_used__after_the_job_ran__is_shown(
    api: Any, reading_app: Daybreak, database: Database, clock: FixedClock
) -> None:
    token = create_token(api, role="reader")
    used_at = clock.at + MINUTE
    clock.advance(MINUTE)
    api.as_token(token["token"]).get(TOKENS)
    assert "lastUsed" not in api.get(path_of(token)).json()
    clock.advance(MINUTE)
    with database.reading() as db:
        revision = read_revision(db)
    [job] = [job for job in reading_app.jobs.list_due() if "seen" in job.name]
    assert reading_app.jobs.run(job)
    assert api.get(path_of(token)).json()["lastUsed"] == used_at
    with database.reading() as db:
        assert read_revision(db) == revision


def a_token(id: str) -> Actor:
    return Actor("service-token", id, "a token", ())


def test_write_uses__token_deleted_meanwhile__is_left_out(database: Database) -> None:
    use = Sightings()
    use(a_token("0123456789abcdef01234567"), 1)
    with database.writing() as db:
        use.write(db, 2)
    with database.reading() as db:
        assert db.rows(select(token_uses)) == []


def test_forget_expired_secrets__after_expiry__removes_them(
    api: Any, database: Database, clock: FixedClock
) -> None:
    token = create_token(api, role="reader")
    api.post(f"{path_of(token)}/reset?expiry={clock.at + MINUTE}")
    forget = jobs(Sightings())[1].run
    counts = []
    for now in (clock.at, clock.at + MINUTE):
        with database.writing() as db:
            forget(db, now)
            counts.append(len(db.rows(select(expiring_secrets))))
    assert counts == [1, 0]


def test_create_first_token__empty_database__makes_one_admin(
    database: Database, app: Daybreak, api_of: Callable[[str], Any]
) -> None:
    with database.writing() as db:
        secret = create_first_token(db, 1)
        assert create_first_token(db, 1) is None
    assert secret is not None
    [token] = api_of(secret).get(TOKENS).json()["items"]
    assert (token["role"], token["serviceToken"], token["token"]) == ("admin", True, secret[-4:])


def test_create_first_token__given_secret__is_taken(database: Database, api_of: Callable[[str], Any]) -> None:
    with database.writing() as db:
        assert create_first_token(db, 1, "given-by-hand") == "given-by-hand"
    assert api_of("given-by-hand").get(TOKENS).status_code == 200


@pytest.mark.parametrize("secret", ["two words", "tab\there", "ümlaut"])
def test_create_first_token__secret_no_header_carries__is_refused(database: Database, secret: str) -> None:
    with pytest.raises(InvalidRequest), database.writing() as db:
        create_first_token(db, 1, secret)


def test_create_service_token__unknown_role__is_refused(database: Database) -> None:
    with pytest.raises(ValidationFailed), database.writing() as db:
        create_service_token(db, 1, name="x", role="emperor")


@pytest.fixture
def api_of(app: Daybreak, database: Database, clock: FixedClock) -> Callable[[str], Any]:
    """A caller with a given secret, where there is no admin before it."""
    return lambda secret: Api(app, database, clock, secret)


def test_write_uses__later_use_known_from_another_process__stays(
    api: Any, database: Database, clock: FixedClock
) -> None:
    token = create_token(api, role="reader")
    for process, used_at in ((Sightings(), clock.at + 2), (Sightings(), clock.at + 1)):
        process(a_token(token["_id"]), used_at)
        with database.writing() as db:
            process.write(db, clock.at)

    assert api.get(path_of(token)).json()["lastUsed"] == clock.at + 2
