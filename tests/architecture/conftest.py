"""The checkout is read once for all rules."""

import pytest

from architecture.sources import Source, list_sources


@pytest.fixture(scope="session")
def checkout() -> list[Source]:
    return list_sources()
