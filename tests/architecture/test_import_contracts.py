"""The contracts of `.importlinter` hold, cover every area, and each can break."""

import configparser
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from architecture.sources import ROOT, Source

CONTRACTS = ROOT / ".importlinter"

# The smallest tree in which every contract holds.
TREE = [
    "__init__.py",
    "app.py",
    "settings.py",
    "logic/__init__.py",
    "platform/__init__.py",
    "platform/database.py",
    "connectors/__init__.py",
    "rest/__init__.py",
    "rest/call.py",
    "delivery/__init__.py",
    "ingestion/__init__.py",
    "sdk/__init__.py",
    "areas/__init__.py",
    *(
        f"areas/{area}/{name}"
        for area in ("account", "people", "projects", "flags", "insights", "integrations")
        for name in (
            "__init__.py",
            "area.py",
            "queries.py",
            "intake.py",
            "tags/__init__.py",
            "tags/tables.py",
        )
    ),
    "areas/projects/tags/model.py",
    "areas/projects/tags/store.py",
    "areas/projects/tags/routes.py",
]


# The contract that breaks, and the file that breaks it.
VIOLATIONS = [
    ("floors", "platform/planted.py", "import daybreak.rest.call\n"),
    ("floors", "logic/planted.py", "import daybreak.platform\n"),
    ("floors", "rest/planted.py", "import daybreak.connectors\n"),
    ("floors", "delivery/planted.py", "import daybreak.ingestion\n"),
    ("floors", "sdk/planted.py", "import daybreak.delivery\n"),
    ("floors", "services/__init__.py", ""),
    ("areas", "areas/people/planted.py", "import daybreak.areas.projects.queries\n"),
    ("areas", "areas/releases/__init__.py", ""),
    ("account", "areas/people/planted.py", "import daybreak.areas.account.tags.tables\n"),
    ("people", "areas/projects/planted.py", "import daybreak.areas.people.tags.tables\n"),
    ("projects", "areas/insights/planted.py", "import daybreak.areas.projects.tags.tables\n"),
    ("projects", "areas/insights/planted.py", "import daybreak.areas.projects.area\n"),
    ("flags", "areas/insights/planted.py", "import daybreak.areas.flags.tags.tables\n"),
    ("insights", "app.py", "import daybreak.areas.insights.tags.tables\n"),
    ("integrations", "app.py", "import daybreak.areas.integrations.tags.tables\n"),
    ("resource", "areas/projects/tags/model.py", "import daybreak.areas.projects.tags.store\n"),
    ("resource", "areas/projects/tags/store.py", "import daybreak.areas.projects.tags.routes\n"),
    ("logic", "logic/planted.py", "from random import random\n"),
    ("logic", "logic/planted.py", "import sqlalchemy\n"),
    ("platform", "platform/planted.py", "from starlette.requests import Request\n"),
    ("connectors", "connectors/planted.py", "from sqlalchemy import select\n"),
]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--config", CONTRACTS, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
    )


def _broken(report: str) -> set[str]:
    """Identifiers of the contracts that the report calls broken."""
    contracts = _read_contracts()
    lines = [line.removesuffix("BROKEN").strip() for line in report.splitlines() if line.endswith("BROKEN")]
    return {identifier for identifier, contract in contracts.items() if contract["name"] in lines}


def _read_contracts() -> dict[str, configparser.SectionProxy]:
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS)
    return {
        section.rpartition(":")[2]: parser[section]
        for section in parser.sections()
        if ":contract:" in section
    }


def _plant(folder: Path, files: dict[str, str]) -> None:
    for name in TREE:
        file = folder / "daybreak" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    for name, text in files.items():
        file = folder / "daybreak" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def test_contracts__product__are_kept() -> None:
    result = _lint(ROOT / "src")
    assert result.returncode == 0, result.stdout + result.stderr


def test_contracts__each_area__is_protected(checkout: Sequence[Source]) -> None:
    match = re.compile(r"src/daybreak/areas/(\w+)/")
    areas = {found.group(1) for file in checkout if (found := match.match(str(file.path)))}
    protected = {
        contract["protected_modules"].strip()
        for contract in _read_contracts().values()
        if contract["type"] == "protected"
    }
    assert protected == {f"daybreak.areas.{area}.*" for area in areas}


def test_contracts__permitted_imports__are_kept(tmp_path: Path) -> None:
    permitted = {
        "app.py": "import daybreak.areas.people.area\nimport daybreak.delivery\nimport daybreak.settings\n",
        "ingestion/writer.py": "import daybreak.areas.insights.intake\n",
        "areas/insights/tags/store.py": "import sqlalchemy\nimport daybreak.areas.projects.queries\n",
        "areas/projects/tags/routes.py": "import daybreak.areas.projects.tags.store\nimport daybreak.rest\n",
        "rest/call.py": "import starlette\nimport daybreak.platform.database\n",
        "platform/database.py": "import sqlalchemy\nimport daybreak.logic\n",
    }
    _plant(tmp_path, permitted)
    result = _lint(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("broken", "path", "text"), VIOLATIONS)
def test_contracts__planted_violation__is_broken(broken: str, path: str, text: str, tmp_path: Path) -> None:
    _plant(tmp_path, {path: text})
    result = _lint(tmp_path)
    assert result.returncode == 1
    assert _broken(result.stdout) == {broken}, result.stdout


def test_contracts__planted_violations__cover_every_contract() -> None:
    assert {broken for broken, _, _ in VIOLATIONS} == set(_read_contracts())
