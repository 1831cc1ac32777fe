"""The guide to roles, done as it says: its commands in a shell, and every attempt answered as it tells."""

import os
import re
import subprocess
from pathlib import Path

from databases import sqlite_url
from system.programs import TOKEN, serving

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"
EXAMPLE = re.compile(r"^```sh\n(.*?)^```$(?:\s*^```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


def test_roles_guide__done_as_written__answers_as_it_says(tmp_path: Path) -> None:
    definitions, *examples = EXAMPLE.findall(PAGE.read_text())
    told = 0
    with serving(sqlite_url(tmp_path)) as server:
        environment = os.environ | {"TOKEN": TOKEN, "ADDRESS": server.address}
        for commands, answers in examples:
            script = definitions[0] + commands
            done = subprocess.run(
                ["sh", "-euc", script],
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
            statuses = [line for line in done.stdout.splitlines() if re.fullmatch(r"\d{1,3}", line)]
            assert statuses == answers.split(), f"{commands}\n{done.stdout}\n{done.stderr}"
            told += len(statuses)
    assert told == 16
