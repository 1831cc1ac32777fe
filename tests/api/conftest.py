"""The account that requests are made to."""

from typing import Any

import pytest

from api.world import World, a_world
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database
from daybreak.settings import Settings

LARGEST_BODY = 100_000


@pytest.fixture
def settings(database_url: str) -> Settings:
    """As everywhere, with a limit that a test can afford to pass."""
    return Settings(
        database_url=database_url,
        largest_body=LARGEST_BODY,
        github_webhook_secret="github-secret",
        gitlab_webhook_token="gitlab-token",
    )


@pytest.fixture
def world(api: Any, database: Database, clock: FixedClock) -> World:
    return a_world(api, database, clock.at)
