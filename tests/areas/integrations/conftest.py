"""Receivers of webhooks, and a server that may post to them."""

from collections.abc import Iterator

import pytest

from areas.integrations.receivers import LOOPBACK, Deliverer, Receiver, receiving
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, webhook_networks=LOOPBACK)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def deliverer(database: Database, clock: FixedClock) -> Deliverer:
    return Deliverer(database, clock)
