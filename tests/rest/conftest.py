"""A server of widgets on either engine."""

import pytest

from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from rest.server import Server, make_tables


@pytest.fixture
def server(database: Database, clock: FixedClock) -> Server:
    make_tables(database)
    return Server(database, clock)
