"""`daybreak import launchdarkly`, from one running server to another: all of it comes, once, unchanged."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from areas.flags.seeds import a_flag, instructed, production
from databases import sqlite_url
from daybreak.areas.flags.feature_flags.tables import feature_flags
from daybreak.platform.database import Database
from system.compared import read_account, read_history, read_payloads
from system.programs import TOKEN, Serving, run_daybreak, serving, surroundings
from system.rich_account import FILLERS, OWNER_EMAIL, Owner, fill


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server with a rich account. Tests do not change it."""
    settings = {
        "DAYBREAK_BOOTSTRAP_TOKEN": TOKEN,
        "DAYBREAK_OWNER_EMAIL": OWNER_EMAIL,
        "DAYBREAK_OWNER_PASSWORD": "correct horse battery",
    }
    with serving(sqlite_url(tmp_path_factory.mktemp("source")), settings) as running:
        owner = Owner(running)
        fill(owner)
        owner.close()
        yield running


@dataclass(frozen=True)
class Imported:
    printed: str
    report: dict[str, Any]

    def counts(self, outcome: str) -> dict[str, int]:
        """By kind, without those that have none."""
        return {
            kind: counts[outcome] for kind, counts in self.report["counts"].items() if counts.get(outcome)
        }

    def reasons(self, kind: str) -> dict[str, str]:
        return {note["key"]: note["reason"] for note in self.report["notes"] if note["kind"] == kind}


def bring_in(database_url: str, source: Serving, folder: Path, *options: str) -> Imported:
    file = folder / "report.json"
    done = run_daybreak(
        database_url,
        "import",
        "launchdarkly",
        "--host",
        source.address,
        "--report",
        str(file),
        *options,
        LAUNCHDARKLY_ACCESS_TOKEN=TOKEN,
    )
    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stdout + done.stderr + file.read_text()
    return Imported(done.stdout, json.loads(file.read_text()))


def test_import__rich_account__is_the_same_here(database_url: str, source: Serving, tmp_path: Path) -> None:
    before = int(time.time() * 1000)
    imported = bring_in(database_url, source, tmp_path)
    with serving(database_url) as target:
        there, here = read_account(source.address), read_account(target.address)
        assert there.keys() == here.keys()
        for path, expected in there.items():
            assert here[path] == expected, path
        # Even the versions: SDKs that come from there see none that is lower.
        assert read_payloads(target.address) == read_payloads(source.address)
        assert read_history(target.address, before) == read_history(source.address, before)
    assert imported.counts("refused") == {}
    assert imported.report["checked"]["environments"] == 6
    assert "is not served" not in imported.printed


def test_import__again__brings_nothing_new(database_url: str, source: Serving, tmp_path: Path) -> None:
    first = bring_in(database_url, source, tmp_path)
    again = bring_in(database_url, source, tmp_path)
    resources = {kind: number for kind, number in first.counts("new").items() if kind != "audit-log-entry"}
    assert again.counts("new") == {}
    assert again.counts("changed") == {}
    assert {kind: again.counts("unchanged")[kind] for kind in resources} == resources


def test_import__owner_there__is_an_admin_here(
    database_url: str, source: Serving, tmp_path: Path, api: Any
) -> None:
    imported = bring_in(database_url, source, tmp_path)
    reasons = [note["reason"] for note in imported.report["notes"] if note["key"] == OWNER_EMAIL]
    assert "owns the account there, and is an admin here: the owner here stays" in reasons
    members = api.get("/api/v2/members", limit=100).json()["items"]
    roles = {member["email"]: member["role"] for member in members}
    assert (roles[OWNER_EMAIL], list(roles.values()).count("owner")) == ("admin", 1)


OUTCOMES = ("new", "changed", "unchanged", "kept", "refused")


def test_import__changed_there__comes_and_what_changed_here_stays(
    database_url: str, tmp_path: Path, api: Any
) -> None:
    with serving(sqlite_url(tmp_path_of(tmp_path, "there"))) as source:
        owner = Owner(source)
        owner.ask("POST", "/projects", {"key": "web", "name": "Web"})
        for key in ("one", "two", "three", "four"):
            owner.ask("POST", "/flags/web", {"key": key, "name": key})
        bring_in(database_url, source, tmp_path)
        instructed(api, {"kind": "turnFlagOn"}, key="two")
        instructed(api, {"kind": "turnFlagOn"}, key="three")
        a_flag(api, "own", name="Made here")
        owner.instruct("/flags/web/one", {"kind": "turnFlagOn"})
        owner.instruct("/flags/web/three", {"kind": "updateName", "value": "Three"})
        owner.ask("POST", "/flags/web", {"key": "own", "name": "Made there"})
        again = bring_in(database_url, source, tmp_path)
        assert [again.counts(outcome).get("flag") for outcome in OUTCOMES] == [None, 1, 1, 1, 2]
        assert again.reasons("flag").keys() == {"web/two", "web/three", "web/own"}
        assert production(_read(api, "one"))["on"] is True
        assert (_read(api, "three")["name"], _read(api, "own")["name"]) == ("three", "Made here")
        all_of_it = bring_in(database_url, source, tmp_path, "--overwrite")
        owner.close()
    assert all_of_it.counts("changed")["flag"] == 3
    assert _read(api, "own")["name"] == "Made there"
    assert production(_read(api, "three"))["on"] is False


def tmp_path_of(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder


def _read(api: Any, key: str) -> dict[str, Any]:
    flag: dict[str, Any] = api.get(f"/api/v2/flags/web/{key}").json()
    return flag


def test_import__project_made_here__is_left_alone(
    database_url: str, source: Serving, tmp_path: Path, api: Any
) -> None:
    assert api.post("/api/v2/projects", {"key": "web", "name": "Mine"}).status_code == 201
    imported = bring_in(database_url, source, tmp_path)
    assert imported.counts("refused") == {"project": 1}
    assert imported.counts("new")["project"] == 1
    assert api.get("/api/v2/projects/web").json()["name"] == "Mine"
    assert api.get("/api/v2/flags/web").json()["totalCount"] == 0


def test_import__some_projects__brings_these_alone(
    database_url: str, source: Serving, tmp_path: Path, api: Any
) -> None:
    imported = bring_in(database_url, source, tmp_path, "--project", "app")
    assert imported.counts("new")["project"] == 1
    assert imported.counts("new")["flag"] == 1
    assert [each["key"] for each in api.get("/api/v2/projects").json()["items"]] == ["app"]


def test_import__killed_in_the_middle__goes_on_where_it_was(
    database_url: str, source: Serving, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "daybreak", "import", "launchdarkly", "--host", source.address],
        env=surroundings(database_url, LAUNCHDARKLY_ACCESS_TOKEN=TOKEN),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_for_flags(database_url)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    imported = bring_in(database_url, source, tmp_path)
    with serving(database_url) as target:
        assert read_payloads(target.address) == read_payloads(source.address)
    # Its counts are those of both runs.
    assert imported.counts("new")["project"] == 2
    assert imported.counts("new")["flag"] == FILLERS + 7


def _wait_for_flags(database_url: str) -> None:
    """Until the first page of flags is there."""
    database = Database(database_url)
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with database.reading() as db:
                if db.value(select(func.count()).select_from(feature_flags)):
                    return
            time.sleep(0.01)
    finally:
        database.close()
    message = "no flag came"
    raise AssertionError(message)
