"""What becomes of a server when something goes wrong: the figures that the tests of faults write down."""

import json
import subprocess
import sys
from pathlib import Path

from bench.lines import Line, say

GOAL = "nothing accepted is lost, no SDK has a wrong value"


def measure_faults(place: Path) -> list[Line]:
    """Each line is a test that has passed. Raises CalledProcessError where one has failed."""
    say("faults …")
    figures = place / "figures"
    command = [sys.executable, "-m", "pytest", "tests/faults", "-p", "no:randomly", f"--figures={figures}"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    told = [json.loads(line) for line in figures.read_text().splitlines()]
    return [Line(what, measured, GOAL, is_met=True) for what, measured in told]
