"""The clock is set back an hour under a running server: nothing waits until that hour is over again.

A clock that its test moves stands in for the machine's, which no test may touch.
"""

from typing import Any

import pytest
from starlette.testclient import TestClient

from areas.flags.seeds import a_flag, a_project
from areas.integrations.receivers import LOOPBACK, Deliverer, Receiver, a_webhook, on_tags, receiving
from daybreak.app import Daybreak, build
from daybreak.platform.clock import HOUR, FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings
from faults.conftest import Figure
from ingestion.sender import Sender, summary

FLAG = "/api/v2/flags/web/checkout"
SDK = "/sdk/flags"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(
        database_url=settings.database_url,
        data_directory=settings.data_directory,
        webhook_networks=LOOPBACK,
    )


def _turn(api: Any, *, on: bool) -> None:
    change = [{"op": "replace", "path": "/environments/production/on", "value": on}]
    assert api.patch(FLAG, change).status_code == 200


def test_clock__set_back_an_hour__delays_nothing(
    api: Any,
    app: Daybreak,
    settings: Settings,
    database: Database,
    clock: FixedClock,
    figure: Figure,
    engine: str,
) -> None:
    a_project(api)
    a_flag(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()
    sender = Sender(app, database, clock, environment)
    with receiving() as receiver:
        a_webhook(api, receiver.url, statements=[on_tags("proj/*:env/*:flag/*")])
        deliverer = Deliverer(database, clock)
        _use(api, settings, sender, deliverer, receiver, first=True)
        # A delivery that failed waits for its next attempt.
        receiver.statuses.append(500)
        _turn(api, on=True)
        deliverer.turn()
        posted = len(receiver.received)
        for job in app.jobs.list_due():
            app.jobs.run(job)

        clock.advance(-HOUR)

        deliverer.turn()
        assert len(receiver.received) == posted + 1
        _use(api, settings, sender, deliverer, receiver, first=False)
        names = {job.name for job in app.jobs.list_due()}
    # Whatever recurs within an hour is not kept waiting by when it ran in an hour that has not come yet.
    assert "trim the outbox" in names
    kinds = [entry["titleVerb"] for entry in api.get("/api/v2/auditlog?limit=20").json()["items"]]
    assert len(kinds) > 5
    figure(f"the clock set back an hour, {engine}", "writes, SDKs, counts, jobs and webhooks went on at once")


def _use(
    api: Any, settings: Settings, sender: Sender, deliverer: Deliverer, receiver: Receiver, *, first: bool
) -> None:
    """Turns the flag on and off: SDKs are told, evaluations are counted, the webhook hears of it."""
    for on in (first, not first):
        before, posted = sender.counted(), len(receiver.received)
        _turn(api, on=on)
        headers = {"Authorization": sender.environment["apiKey"]}
        # By a process that has just started: that of `app` follows nothing without its event loop.
        just_started = TestClient(build(settings, sender.database, sender.clock))
        assert just_started.get(f"{SDK}/checkout", headers=headers).json()["on"] is on
        assert sender.bulk(summary()).status_code == 202
        assert sender.counted() == before + 5
        deliverer.turn()
        assert len(receiver.received) == posted + 1
