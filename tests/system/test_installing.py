"""What people install: a wheel that runs by itself, and files of deployment that name what there is."""

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # its types are a package of their own
from click.testing import CliRunner

from databases import sqlite_url
from daybreak.cli.main import main
from daybreak.settings import Settings
from system.programs import TOKEN, serving

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FILES = [DEPLOY / "docker/Dockerfile", DEPLOY / "docker/compose.yaml", DEPLOY / "systemd/daybreak.service"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [file] = folder.glob("*.whl")
    return zipfile.ZipFile(file)


def test_wheel__unpacked_alone__serves_api_and_interface(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "installed")
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "PYTHONPATH": str(tmp_path / "installed")}
    where = [sys.executable, "-c", "import daybreak; print(daybreak.__file__)"]
    found = subprocess.run(where, env=os.environ | settings, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(tmp_path / "installed"))
    script = next(name for name in wheel.namelist() if re.search(r"/dist/assets/index-.*\.js$", name))
    with serving(sqlite_url(tmp_path), settings) as server:
        assert server.get("/api/v2/projects").status_code == 200
        assert server.get(script.removeprefix("daybreak/ui/dist")).content == wheel.read(script)


def test_wheel__files__are_the_programs_only(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"daybreak"}
    for needed in ("ui/dist/index.html", "ui/templates/base.html", "platform/migrations/env.py"):
        assert f"daybreak/{needed}" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".map")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_deployment__settings__are_those_of_the_program(file: Path) -> None:
    named = set(re.findall(r"DAYBREAK_[A-Z_]+[A-Z]", file.read_text()))
    assert named
    assert named <= {entry.metadata["variable"] for entry in fields(Settings)}


def test_compose__daybreak__runs_without_rights_and_with_real_options() -> None:
    services: dict[str, Any] = yaml.safe_load((DEPLOY / "docker/compose.yaml").read_text())["services"]
    daybreak = services["daybreak"]
    assert daybreak["read_only"] is True
    assert daybreak["cap_drop"] == ["ALL"]
    assert (ROOT / daybreak["build"]["dockerfile"]).exists()
    told = CliRunner().invoke(main, [*daybreak["command"], "--help"])
    assert told.exit_code == 0
    assert "USER 10001" in (DEPLOY / "docker/Dockerfile").read_text()
