"""Prints the path of a browser that the tests can drive: one that is installed, else one that can be.

python scripts/find_browser.py
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS_TO_TELL_ITS_VERSION = 30
SECONDS_TO_DOWNLOAD = 300
SECONDS_TO_INSTALL = 600

# A program of its own: Playwright would leave an event loop behind in this one.
WHERE_PLAYWRIGHT_HAS_ITS_OWN = """
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

Surroundings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Machine:
    """What the search depends on; tests make one up."""

    surroundings: Surroundings = field(default_factory=lambda: os.environ)
    python: str = sys.executable
    is_root: bool = field(default_factory=lambda: os.geteuid() == 0)

    def which(self, name: str) -> str | None:
        return shutil.which(name, path=self.surroundings.get("PATH", ""))

    def run(self, command: Sequence[str], seconds: int, **more: str) -> str | None:
        """What the command printed, or None where it failed or took too long."""
        try:
            process = subprocess.Popen(  # noqa: S603 - programs of this machine, by our own words
                command,
                env={**self.surroundings, **more},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
            )
        except OSError:
            return None
        with process:
            try:
                printed, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                return None
            finally:
                # Nothing that it has started stays behind, downloads above all.
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        return printed if process.returncode == 0 else None


def find_browser(machine: Machine) -> str | None:
    """The first that runs; what is not there yet is downloaded or installed only where nothing else is."""
    return next((found for way in WAYS for found in way(machine) if _runs(machine, found)), None)


def installed(machine: Machine) -> Iterator[str]:
    for name in NAMES:
        if found := machine.which(name):
            yield found


def downloaded(machine: Machine) -> Iterator[str]:
    """Playwright's own. It may lack libraries of the system, and does not run then."""
    asked = [machine.python, "-c", WHERE_PLAYWRIGHT_HAS_ITS_OWN]
    path = (machine.run(asked, SECONDS_TO_TELL_ITS_VERSION) or "").strip()
    if not path:
        return
    if not Path(path).exists():
        _tell("No browser to test with in PATH: downloading Playwright's")
        machine.run([machine.python, "-m", "playwright", "install", "chromium"], SECONDS_TO_DOWNLOAD)
    yield path


def packaged(machine: Machine) -> Iterator[str]:
    apt = machine.which("apt-get")
    if apt is None or not machine.is_root:
        return
    _tell("No browser to test with in PATH: installing Debian's")
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    machine.run([apt, "update"], SECONDS_TO_INSTALL, **quietly)
    command = [apt, "install", "-y", "--no-install-recommends", "chromium"]
    machine.run(command, SECONDS_TO_INSTALL, **quietly)
    yield from installed(machine)


WAYS: Sequence[Callable[[Machine], Iterator[str]]] = (installed, downloaded, packaged)


def _runs(machine: Machine, path: str) -> bool:
    return machine.run([path, "--version"], SECONDS_TO_TELL_ITS_VERSION) is not None


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main(machine: Machine) -> int:
    found = find_browser(machine)
    if found is None:
        _tell(
            "No browser to test the interface with: none of "
            f"{', '.join(NAMES)} is in PATH and runs, `python -m playwright install chromium` failed, "
            "and so did `apt-get install chromium` (as root)"
        )
        return 1
    sys.stdout.write(f"{found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Machine()))
