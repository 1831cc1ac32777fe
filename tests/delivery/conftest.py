"""A running server with one project."""

import gc
import logging
from collections.abc import Iterator

import pytest

from system.programs import Serving, serving


@pytest.fixture(autouse=True)
def quiet() -> None:
    logging.getLogger("ldclient").setLevel(logging.CRITICAL)


@pytest.fixture
def server(database_url: str) -> Iterator[Serving]:
    with serving(database_url) as running:
        assert running.post("/api/v2/projects", {"key": "web", "name": "Web"}).status_code == 201
        yield running


@pytest.fixture
def collected() -> Iterator[None]:
    """What the test leaves is gone before the next one begins."""
    yield
    gc.collect()
