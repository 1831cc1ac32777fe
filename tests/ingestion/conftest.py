"""A sender of events to an environment with a flag."""

from typing import Any

import pytest

from areas.flags.seeds import a_flag, a_project
from daybreak.app import Daybreak
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from ingestion.sender import Sender


@pytest.fixture
def sender(api: Any, app: Daybreak, database: Database, clock: FixedClock) -> Sender:
    a_project(api)
    a_flag(api)
    environment = api.get("/api/v2/projects/web/environments/production").json()
    return Sender(app, database, clock, environment)
