"""Clients that read too slowly, come all at once, or are gone without a word: the others notice nothing."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from ldclient import Context

from databases import sqlite_url
from daybreak.cli.serve import LIVELY
from delivery.programs_of_sdks import becomes, instruct, sdk, sdk_key
from faults.conftest import Figure
from faults.crowd import gathered
from faults.test_kills import a_project, port_of
from system.programs import TOKEN, Serving, children_of, run_daybreak, serving

CONTEXT = Context.create("ann")
CROWD = 5_000
SLOW = 20


def resident_megabytes(process: int) -> float:
    """With its workers; what they share counts in each."""
    kilobytes = 0
    for each in (process, *children_of(process)):
        lines = Path(f"/proc/{each}/status").read_text().splitlines()
        [line] = [line for line in lines if line.startswith("VmRSS:")]
        kilobytes += int(line.split()[1])
    return kilobytes / 1024


def test_streams__5000_reconnecting_at_once__are_all_served(
    database_url: str, data_directory: str, figure: Figure, engine: str
) -> None:
    settings = {"DAYBREAK_BOOTSTRAP_TOKEN": TOKEN, "DAYBREAK_DATA_DIR": data_directory}
    with serving(database_url, settings) as server:
        a_project(server)
        key = sdk_key(server)
        with gathered(server.address, key, CROWD) as instants:
            first = next(instants)
            server.kill()
            with serving(database_url, settings, port_of(server)) as again:
                ready = time.monotonic()
                back = next(instants)
                assert again.get("/api/v2/flags/web/checkout").status_code == 200
                instruct(again, {"kind": "turnFlagOn"})
                changed = time.monotonic()
                heard = next(instants)
                memory = resident_megabytes(again.process.pid)
                assert run_daybreak(database_url, "doctor", **settings).returncode == 0
    assert first < ready < back < heard
    figure(
        f"{CROWD:,} streams reconnecting at once, {engine}",
        f"all served {back - ready:.1f} s after the server was ready, {memory:.0f} MB; "
        f"the next change at the last of them after {1000 * max(0, heard - changed):.0f} ms",
    )


def _open_without_reading(server: Serving, key: str) -> socket.socket:
    place = urlsplit(server.address)
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect((place.hostname, place.port))
    opened.sendall(f"GET /all HTTP/1.1\r\nHost: daybreak\r\nAuthorization: {key}\r\n\r\n".encode())
    return opened


def test_stream__read_too_slowly__is_cut_off_and_holds_up_nobody(
    database_url: str, figure: Figure, engine: str
) -> None:
    with serving(database_url) as server:
        a_project(server)
        words = {"key": "words", "name": "Words", "variations": [{"value": "x" * 60_000}, {"value": "y"}]}
        assert server.post("/api/v2/flags/web", words).status_code == 201
        key = sdk_key(server)
        with sdk(server, key) as client:
            slow = [_open_without_reading(server, key) for _ in range(SLOW)]
            before = resident_megabytes(server.process.pid)
            slowest = 0.0
            for number in range(200):
                turn = number % 2 == 0
                instruct(server, {"kind": "turnFlagOn" if turn else "turnFlagOff"}, key="words")
                changed = time.monotonic()
                expected = "x" if turn else "y"
                assert becomes(lambda: client.variation("words", CONTEXT, " ")[0], expected, within=5)
                slowest = max(slowest, time.monotonic() - changed)
            memory = resident_megabytes(server.process.pid) - before
            # Each was sent 12 MB, of which the kernel holds a part.
            cut = [_is_cut_off(each) for each in slow]
        assert all(cut)
        assert memory < 150
    figure(
        f"{SLOW} streams that nobody reads, {engine}",
        f"cut off; another SDK had each of 200 changes within {1000 * slowest:.0f} ms; "
        f"{max(0, memory):.0f} MB more memory at the end",
    )


def _is_cut_off(opened: socket.socket) -> bool:
    """Whether the server has closed it, behind what it had sent before."""
    opened.settimeout(10)
    try:
        while opened.recv(1 << 20):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        return True
    finally:
        opened.close()
    return True


def test_stream__client_gone_without_a_word__is_given_up(tmp_path: Path, figure: Figure) -> None:
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    network = ["unshare", "--net", *as_root, "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    ended = subprocess.run(
        [*network, sys.executable, "-m", "faults.half_open", sqlite_url(tmp_path)],
        cwd="tests",
        env=os.environ | {"PYTHONPATH": ":".join([str(Path.cwd() / "tests"), str(Path.cwd())])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    seconds, heard = json.loads(ended.stdout)
    assert seconds < 3 * LIVELY["TCP_USER_TIMEOUT"] / 1000
    figure(
        "a stream whose client is gone without a word",
        f"given up {seconds:.0f} s after the next change; another SDK had it after {1000 * heard:.0f} ms",
    )
