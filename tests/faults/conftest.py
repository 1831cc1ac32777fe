"""What becomes of a server, and of those who use it, when something goes wrong: with figures."""

import gc
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Figure = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.getLogger("ldclient").setLevel(logging.CRITICAL)
    yield
    # The vendor's SDK leaves connections open: they go with the test that used it.
    gc.collect()


@pytest.fixture
def figure(request: Any) -> Figure:
    """Tells a line of the table of faults: what happened, and what it came to. Kept with `--figures FILE`."""
    place = request.config.getoption("--figures")

    def tell(what: str, measured: str) -> None:
        if place:
            with Path(place).open("a") as file:
                file.write(json.dumps([what, measured]) + "\n")

    return tell


@pytest.fixture
def data_directory(tmp_path: Path) -> str:
    return str(tmp_path)
