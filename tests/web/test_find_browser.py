"""How a browser is found, on machines that are made up: programs are a few lines of shell."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.find_browser import Machine, find_browser, main

RUNS = "echo Chromium 1.2.3"
LACKS_LIBRARIES = "exit 127"


class Place:
    """A folder of programs. Each notes that it was called, and how."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notes = folder / "notes"
        self.notes.touch()

    def has(self, name: str, script: str) -> str:
        program = self.folder / name
        program.write_text(f"#!/bin/sh\necho {name} $* >> {self.notes}\n{script}\n")
        program.chmod(0o755)
        return str(program)

    def downloads(self, script: str) -> str:
        """A Python whose Playwright keeps its browser in this folder, and gets it by `script`."""
        own = self.folder / "downloaded"
        return self.has("python", f'if [ "$1" = -c ]; then echo {own}; exit 0; fi\n{script}')

    def writes(self, name: str, script: str) -> str:
        """Lines that make another program."""
        program = self.folder / name
        return f"printf '#!/bin/sh\\n{script}\\n' > {program}; /bin/chmod 755 {program}"

    def machine(self, *, is_root: bool = True) -> Machine:
        return Machine({"PATH": str(self.folder)}, str(self.folder / "python"), is_root=is_root)

    def called(self) -> list[str]:
        return [line.partition(" ")[0] for line in self.notes.read_text().splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_find_browser__one_is_there__is_taken(place: Place, name: str) -> None:
    program = place.has(name, RUNS)
    place.has("apt-get", "")
    assert find_browser(place.machine()) == program
    assert place.called() == [name]


def test_find_browser__one_that_does_not_run__is_passed_over(place: Place) -> None:
    place.has("chromium", LACKS_LIBRARIES)
    program = place.has("google-chrome", RUNS)
    assert find_browser(place.machine()) == program


def test_find_browser__none_there__downloads_playwrights(place: Place) -> None:
    place.downloads(place.writes("downloaded", RUNS))
    place.has("apt-get", "")
    found = find_browser(place.machine())
    assert found == str(place.folder / "downloaded")
    assert "python -m playwright install chromium" in place.notes.read_text()
    assert "apt-get" not in place.called()


def test_find_browser__downloaded_before__downloads_nothing(place: Place) -> None:
    place.downloads("exit 1")
    program = place.has("downloaded", RUNS)
    assert find_browser(place.machine()) == program
    assert place.called() == ["python", "downloaded"]


@pytest.mark.parametrize("download", ["exit 1", "lacks libraries"])
def test_find_browser__download_failed__installs_debians(place: Place, download: str) -> None:
    failing = download.startswith("exit")
    place.downloads(download if failing else place.writes("downloaded", LACKS_LIBRARIES))
    made = place.writes("chromium", RUNS)
    place.has("apt-get", f'if [ "$1" = install ]; then {made}; fi')
    assert find_browser(place.machine()) == str(place.folder / "chromium")
    asked = [line for line in place.notes.read_text().splitlines() if line.startswith("apt-get")]
    assert asked == ["apt-get update", "apt-get install -y --no-install-recommends chromium"]


def test_find_browser__not_root__installs_nothing(place: Place) -> None:
    place.downloads("exit 1")
    place.has("apt-get", place.writes("chromium", RUNS))
    assert find_browser(place.machine(is_root=False)) is None
    assert "apt-get" not in place.called()


@pytest.mark.parametrize("apt", ["exit 100", RUNS])
def test_find_browser__everything_fails__is_none(place: Place, apt: str) -> None:
    place.downloads("exit 1")
    place.has("apt-get", apt)
    assert find_browser(place.machine()) is None


def test_run__takes_too_long__is_ended_with_what_it_started(place: Place) -> None:
    program = place.has("slow", f"(/bin/sleep 2; echo late >> {place.notes}) &\n/bin/sleep 60")
    begun = time.monotonic()
    assert place.machine().run([program], 1) is None
    assert time.monotonic() - begun < 20
    time.sleep(2)
    assert "late" not in place.notes.read_text()


def test_main__everything_fails__ends_with_one_line_that_says_so(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(place.machine(is_root=False)) == 1
    told = capsys.readouterr()
    assert told.out == ""
    [line] = told.err.splitlines()
    assert line.startswith("No browser to test the interface with")


def test_main__as_the_makefile_runs_it__prints_the_path(place: Place) -> None:
    program = place.has("chromium", RUNS)
    command = [sys.executable, str(Path(__file__).parents[2] / "scripts" / "find_browser.py")]
    surroundings = {"PATH": str(place.folder)}
    found = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=True)
    assert (found.stdout.strip(), found.stderr) == (program, "")
