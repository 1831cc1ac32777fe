"""The table of actions in the documentation is the one that the routes declare."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_table_of_actions__documentation__is_as_the_routes_have_it() -> None:
    command = [sys.executable, "scripts/table_of_actions.py"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "actions.md").read_text() == printed, "write it again with: make actions"
