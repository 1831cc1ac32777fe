"""What the interface knows of the API is what the API says of itself."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
WRITTEN = "src/api/generated.d.ts"


def test_types__interface__are_those_of_the_document(tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    dump = [sys.executable, "scripts/openapi_document.py"]
    document.write_bytes(subprocess.run(dump, cwd=ROOT, capture_output=True, check=True).stdout)
    # As `make types` has it, to another place.
    program, *options = shlex.split(json.loads((WEB / "package.json").read_text())["scripts"]["types"])
    options[options.index(WRITTEN)] = str(tmp_path / "types.d.ts")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [str(WEB / "node_modules" / ".bin" / program), *options, str(document)]
    made = subprocess.run(
        command, cwd=WEB, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "types.d.ts").read_text() == (WEB / WRITTEN).read_text(), "write it with: make types"
