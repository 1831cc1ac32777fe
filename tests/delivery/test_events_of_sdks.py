"""What the vendor's SDK tells of evaluations reaches the flag's status, across a stop of the server."""

from typing import Any

from ldclient.context import Context
from sqlalchemy import select

from daybreak.areas.flags.evaluation_counts.tables import evaluation_counts, flag_applications
from daybreak.platform.database import Database
from delivery.programs_of_sdks import a_flag, becomes, sdk, sdk_key
from system.programs import Serving, serving

ANN = Context.builder("ann").set("email", "ann@acme.io").build()
STATUS = "/api/v2/flag-statuses/web/production/checkout"


def status(server: Serving) -> Any:
    return server.get(STATUS).json()


def count(database: Database) -> int:
    with database.reading() as db:
        return sum(row.evaluations for row in db.rows(select(evaluation_counts)))


def test_evaluations__flushed__reach_the_status_within_seconds(server: Serving) -> None:
    a_flag(server, isFlagOn=True)
    assert status(server)["name"] == "new"
    with sdk(server, sdk_key(server)) as client:
        assert client.variation("checkout", ANN, "none") is True
        client.flush()  # type: ignore[no-untyped-call]  # the SDK leaves it out
        assert becomes(lambda: status(server)["name"], "active", within=10)
    assert status(server)["default"] == "none"


def test_evaluations__server_stopped_at_once__are_all_counted(server: Serving, database: Database) -> None:
    a_flag(server, isFlagOn=True)
    application = {"id": "till", "version": "1.2"}
    with sdk(server, sdk_key(server), application=application) as client:
        for _ in range(1_000):
            client.variation("checkout", ANN, None)
    # The SDK sends when it is closed, and has been answered by now.
    assert server.stop() == 0
    assert count(database) == 1_000
    with database.reading() as db:
        [row] = db.rows(select(flag_applications))
    assert (row.application_key, row.version) == ("till", "1.2")


def test_evaluations__of_two_processes__add_up(
    server: Serving, database_url: str, database: Database
) -> None:
    a_flag(server, isFlagOn=True)
    key = sdk_key(server)
    with serving(database_url) as other:
        for process in (server, other):
            with sdk(process, key) as client:
                for _ in range(10):
                    client.variation("checkout", ANN, None)
        assert becomes(lambda: count(database), 20, within=10)
