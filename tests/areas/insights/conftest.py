"""Real histories as repositories, built once, and the import that tests ask of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from areas.insights.imports import invoke
from histories import LIBRARY, MONOREPO, rebuild


@pytest.fixture(scope="session")
def monorepo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rebuild(MONOREPO, tmp_path_factory.mktemp("histories") / "monorepo")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rebuild(LIBRARY, tmp_path_factory.mktemp("histories") / "library")


@pytest.fixture
def bring_in(database_url: str) -> Callable[..., dict[str, Any]]:
    """Imports, and returns what `--json` printed."""

    def run(path: Path, *arguments: str, application: str = "app") -> dict[str, Any]:
        result = invoke(database_url, path, "--application", application, "--json", *arguments)
        assert result.exit_code == 0, result.output
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    return run
