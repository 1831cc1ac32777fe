"""A server of its own process, and the official client that talks to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.official import OfficialClient, declared_by
from contract.seeds import GITLAB_TOKEN
from system.programs import TOKEN, serving


@pytest.fixture(scope="module")
def address(template: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server for all flows; each has keys of its own."""
    given = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_GITLAB_WEBHOOK_TOKEN": GITLAB_TOKEN}
    with template(tmp_path_factory.mktemp("server")) as url, serving(url, given) as server:
        yield server.address


@pytest.fixture
def official(address: str, request: pytest.FixtureRequest) -> Iterator[OfficialClient]:
    """The client of an admin. In the end it must have called what the test declares, and nothing else."""
    client = OfficialClient(address, TOKEN)
    yield client
    client.close()
    assert client.called == declared_by(request.function.__name__)
