"""Facts that make applications known."""

from collections.abc import Callable

import pytest

from daybreak.areas.projects.intake import ensure_application
from daybreak.platform.clock import FixedClock
from daybreak.platform.database import Database


@pytest.fixture
def known(database: Database, clock: FixedClock) -> Callable[..., None]:
    """`known("shop", "1.0")`: a fact that names an application and a version has arrived."""

    def arrive(
        key: str,
        version: str,
        name: str | None = None,
        kind: str | None = None,
        version_name: str | None = None,
    ) -> None:
        with database.writing() as db:
            ensure_application(db, key, name, kind, version, version_name, clock.at, clock.at)

    return arrive
