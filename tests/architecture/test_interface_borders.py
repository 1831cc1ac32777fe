"""What an import graph of Python cannot see: areas of the web interface know nothing of each other."""

import re
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "web" / "src"
SHARED = {"api", "parts", "rules", "shell", "texts"}
AREAS = {folder.name for folder in SOURCES.iterdir() if folder.is_dir()} - SHARED
# Pages are named in one place, and what all share stands below every area.
BELOW = {"parts": {"api", "parts", "texts"}, "rules": SHARED, "api": {"api", "texts"}, "texts": {"texts"}}
_IMPORTED = re.compile(r"""(?:from|import\()\s*["'](\.[^"']+)["']""")


def crossings(folder: str, file: Path, text: str) -> Iterator[str]:
    """Imports in a file of `folder` from where it may not import."""
    allowed = BELOW.get(folder, SHARED) | {folder}
    for path in _IMPORTED.findall(text):
        inside = (file.parent / path).resolve().relative_to(SOURCES.resolve())
        if len(inside.parts) > 1 and inside.parts[0] not in allowed:
            yield f"{file.name} imports {inside}"


def test_areas__of_the_interface__import_only_what_is_shared() -> None:
    assert {"flags", "insights", "account"} <= AREAS
    found = [
        crossing
        for folder in AREAS | set(BELOW)
        for file in (SOURCES / folder).rglob("*.ts*")
        for crossing in crossings(folder, file, file.read_text())
    ]
    assert found == []


def test_crossings__planted__are_found() -> None:
    file = SOURCES / "flags" / "targeting" / "made-up.ts"
    text = 'import { a } from "../../segments/model.ts";\nconst b = () => import("../../account/Page.tsx");'
    assert len(list(crossings("flags", file, text))) == 2
    assert list(crossings("flags", file, 'import { c } from "../../rules/model.ts";')) == []
