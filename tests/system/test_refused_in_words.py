"""What a person can mend is one line, whatever the command: no traceback, no password."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from databases import postgresql_server
from daybreak.settings import read_settings
from system.programs import run_daybreak, surroundings

GONE = "postgresql://me:hush@127.0.0.1:1/daybreak"

# What root may do with every file is taken away from it: then it is refused as anybody.
AS_ANYBODY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a command ended with."""
    assert done.returncode != 0
    assert (done.stderr.count("\n"), done.stderr[:7]) == (1, "Error: "), done.stderr
    assert "hush" not in done.stdout + done.stderr
    return done.stderr


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_open__server_that_refuses__is_quoted(command: str, server: str) -> None:
    assert "Connection refused" in refusal(run_daybreak(GONE, command))
    absent = server.replace("/postgres?", "/absent?").replace("postgres@", "postgres:hush@")
    assert 'database "absent" does not exist' in refusal(run_daybreak(absent, command))
    stranger = server.replace("postgres@", "stranger:hush@")
    assert 'role "stranger" does not exist' in refusal(run_daybreak(stranger, command))
    assert 'invalid connection option "foo"' in refusal(run_daybreak(f"{GONE}?foo=bar", command))


@pytest.mark.parametrize("command", ["serve", "migrate", "doctor"])
@pytest.mark.parametrize(
    "address",
    ["garbage-hush", "postgresql://me:hush", "sqlite://", "sqlite:///one.db?foo=hush", "sqlite+hush:///one"],
)
def test_open__address_that_makes_no_sense__says_what_does(address: str, command: str) -> None:
    for done in (run_daybreak(address, command), run_daybreak("", command, "--database", address)):
        assert "ddress is sqlite:///FILE" in refusal(done) or "SQLite's address is" in refusal(done)


@pytest.mark.parametrize("command", ["serve", "migrate", "link"])
def test_open__file_that_is_no_database__says_so(command: str, tmp_path: Path) -> None:
    (tmp_path / "one.db").write_bytes(b"no database" * 1_000)
    assert "file is not a database" in refusal(run_daybreak(f"sqlite:///{tmp_path / 'one.db'}", command))


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PORT", "70000", "takes a port, from 0 to 65535, not 70000"),
        ("PORT", "-1", "takes a port, from 0 to 65535, not -1"),
        ("LOG_LEVEL", "loud", "takes debug, info, warning or error, not 'loud'"),
        ("OTLP_ENDPOINT", "http://[hush", "is the address of a collector, such as http://127.0.0.1:4318"),
        ("OTLP_ENDPOINT", "http://here/?api-key=hush", "holds no name, password or key"),
        ("SMTP_URL", "smtp://me:hush/word@here", "takes an address such as smtp://"),
        ("SMTP_URL", "smtp://me:25/hush@here", "takes an address such as smtp://"),
        ("SMTP_URL", "mail.example:25", "takes an address such as smtp://"),
        ("LARGEST_BODY", "-1", "takes 1 or more, not -1"),
        ("LARGEST_BODY", "0", "takes 1 or more, not 0"),
        ("RATE_LIMIT_ACCOUNT", "-1", "takes 1 or more, not -1"),
        ("RATE_LIMIT_ROUTE", "0", "takes 1 or more, not 0"),
        ("RATE_LIMIT_ROUTE", "many", "takes a whole number, not 'many'"),
        ("KEEP_AUDIT_DAYS", "99999999999999", "takes 36,500 days at most"),
        ("KEEP_EVALUATIONS_DAYS", "36501", "takes 36,500 days at most"),
        ("PUBLIC_URL", "garbage", "takes an address that links can begin with"),
        ("PUBLIC_URL", "https://me:hush@here", "takes an address that links can begin with"),
        ("PUBLIC_URL", "https://here?a=b", "takes an address that links can begin with"),
    ],
)
def test_serve__setting_that_makes_no_sense__is_named(
    variable: str, value: str, words: str, tmp_path: Path
) -> None:
    settings = {f"DAYBREAK_{variable}": value}
    said = refusal(run_daybreak(f"sqlite:///{tmp_path / 'one.db'}", "serve", **settings))
    assert said.startswith(f"Error: DAYBREAK_{variable} {words}")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SMTP_URL", ""),
        ("SMTP_URL", "smtps://ann%40acme.example:a%2Fb@mail.example:465/"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "https://flags.example/below"),
        ("LOG_LEVEL", "INFO"),
        ("PORT", "0"),
        ("KEEP_AUDIT_DAYS", "36500"),
    ],
)
def test_settings__that_make_sense__are_taken(variable: str, value: str) -> None:
    field = variable.lower()
    assert str(getattr(read_settings({f"DAYBREAK_{variable}": value}), field)) == value


def run_as_anybody(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    within: Sequence[str] = AS_ANYBODY if os.geteuid() == 0 else ()
    return subprocess.run(
        [*within, sys.executable, "-m", "daybreak", *arguments],
        env=surroundings(url),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_open__folder_that_may_not_be_entered__says_so(tmp_path: Path) -> None:
    folder, target = tmp_path / "closed", f"sqlite:///{tmp_path / 'target.db'}"
    url = f"sqlite:///{folder / 'one.db'}"
    assert run_daybreak(url, "migrate").returncode == 0
    folder.chmod(0)
    try:
        kept = run_as_anybody(url, "backup", str(tmp_path / "a.backup"))
        copied = run_as_anybody(url, "copy", "--from", url, "--to", target)
        opened = [run_as_anybody(url, command) for command in ("migrate", "serve")]
        into = run_as_anybody(target, "backup", str(folder / "a.backup"))
        looked = run_as_anybody(url, "doctor")
    finally:
        folder.chmod(0o700)
    for done in (kept, copied, into):
        assert "Permission denied" in refusal(done)
    for done in opened:
        assert "unable to open database file" in refusal(done)
    assert (looked.returncode, looked.stderr) == (1, "")
    assert f"✗ {folder / 'one.db'} cannot be looked at: Permission denied." in looked.stdout
